// The product table as it is handled: rows that arrive while one scrolls, what stays ticked out of sight, columns that are
// drawn wider. A phone has cards and pages instead.
import { checkPage } from "../support/check-page.ts";
import { enterDemo } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test.skip(({ viewport }) => (viewport?.width ?? 0) < 768, "a phone has cards and pages");

test("rows arrive as one scrolls, and what is ticked stays ticked", async ({ page, words }) => {
  await enterDemo(page, words);
  await page.goto("/products?page_size=25&sort=product_name&density=dense");
  const flow = page.locator(".table-flow.endless");
  const rows = flow.locator("tbody tr[aria-rowindex]");
  await expect(rows).toHaveCount(25);
  await rows.nth(1).locator(".pick").check();
  await expect(page.locator(".bulk")).toBeVisible();
  await expect(async () => {
    await flow.evaluate((box) => box.scrollTo(0, box.scrollHeight));
    expect(await rows.count()).toBeGreaterThan(25);
  }).toPass();
  await expect(rows.nth(25)).toHaveAttribute("aria-rowindex", "27");
  await expect(page.locator(".bulk")).toBeVisible();
  await expect(page.locator(".pager .num")).toContainText(/^1–(50|[78]\d|1\d\d)/);
  await checkPage(page, "products-scrolled");
  // Not one row comes twice.
  const links = await rows.locator(".product-link").evaluateAll((all) => all.map((a) => a.getAttribute("href")));
  expect(new Set(links).size).toBe(links.length);
});

test("a column is drawn with the keys and stays as it is", async ({ page, words }) => {
  await enterDemo(page, words);
  await page.goto("/products");
  const head = page.locator("thead .col-stock");
  const grip = head.locator(".grip");
  const width = async () => (await head.boundingBox())?.width ?? 0;
  const before = await width();
  await expect(async () => {
    await grip.focus();
    await page.keyboard.press("ArrowRight");
    expect(await width()).toBeGreaterThan(before + 8);
  }).toPass();
  await page.keyboard.press("ArrowRight");
  const drawn = await width();
  await checkPage(page, "products-drawn");
  await page.reload();
  expect(Math.abs((await width()) - drawn)).toBeLessThan(2);
  await expect(async () => {
    await grip.focus();
    await page.keyboard.press("Home");
    expect(Math.abs((await width()) - before)).toBeLessThan(2);
  }).toPass();
});
