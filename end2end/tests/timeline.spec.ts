// The product's time line and pages as of a day; with and without script.
import { checkPage } from "../support/check-page.ts";
import { enterDemo } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const WORDS = {
  ru: { from: "С", until: "По", show: "Показать", compare: "Сравнить с прошлым периодом", figure: "Показатель", change: "Изменение", asOf: "На дату", day: "День", past: /Данные на/, table: "Те же дни таблицей" },
  en: { from: "From", until: "To", show: "Show", compare: "Compare with the period before", figure: "Figure", change: "Change", asOf: "As of a date", day: "Day", past: /^As of/, table: "The same days as a table" },
};

async function openProduct(page: import("@playwright/test").Page, words: Parameters<typeof enterDemo>[1]) {
  await enterDemo(page, words);
  await page.goto("/products?sort=-orders_28");
  const href = await page.locator(".product-link").first().getAttribute("href");
  await page.goto(href ?? "");
  return href ?? "";
}

test("a period is two dates, and has its numbers beside those before it @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await openProduct(page, words);
  const form = page.locator(".period-dates");
  const until = await form.locator('input[name="until"]').inputValue();
  const from = new Date(`${until}T00:00:00Z`);
  from.setUTCDate(from.getUTCDate() - 13);
  await form.locator('input[name="from"]').fill(from.toISOString().slice(0, 10));
  await form.getByRole("button", { name: say.show }).click();
  await expect(page).toHaveURL(/from=.*until=/);
  await page.getByRole("link", { name: say.compare }).click();
  await expect(page).toHaveURL(/days=14.*compare=1/);
  const sums = page.locator(".period-sums table");
  await expect(sums.getByRole("columnheader", { name: say.figure })).toBeVisible();
  await expect(sums.getByRole("columnheader", { name: say.change })).toBeVisible();
  await expect(sums.locator("tbody tr")).toHaveCount(7);
  await page.locator(".day-table summary").click();
  await expect(page.locator(".day-table tbody tr")).toHaveCount(14);
  await checkPage(page, "product-period");
});

test("a stretch of the chart is drawn, and looked at closer", async ({ page, words }) => {
  await openProduct(page, words);
  const plane = page.locator(".product-history .chart-plane");
  await expect(page.locator(".product-history .chart")).toHaveAttribute("role", "slider");
  await plane.scrollIntoViewIfNeeded();
  const box = await plane.boundingBox();
  if (!box) throw new Error("the chart is nowhere");
  await page.mouse.move(box.x + box.width * 0.4, box.y + 60);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 4 });
  await expect(page.locator(".chart-range")).toBeVisible();
  await page.mouse.up();
  await expect(page).toHaveURL(/days=\d+&until=/);
  await page.goBack();
  await expect(page).not.toHaveURL(/until=/);
});

test("the keyboard chooses a stretch too", async ({ page, words }) => {
  await openProduct(page, words);
  const chart = page.locator(".product-history .chart");
  await expect(chart).toHaveAttribute("role", "slider");
  await chart.focus();
  await page.keyboard.press("Shift+PageUp");
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(page.locator(".chart-zoom")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/days=9&until=/);
  await page.keyboard.press("Escape");
});

test("the morning, the list and the warehouses are seen as of a day @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await enterDemo(page, words);
  for (const path of ["/products", "/warehouses", "/"]) {
    await page.goto(path);
    await page.locator(".past-pick summary").click();
    const day = new Date();
    day.setUTCDate(day.getUTCDate() - 3);
    await page.locator(".past-pick").getByLabel(say.day).fill(day.toISOString().slice(0, 10));
    await page.locator(".past-pick").getByRole("button", { name: say.show }).click();
    await expect(page).toHaveURL(/at=/);
    await expect(page.locator(".past-banner")).toContainText(say.past);
    await checkPage(page, `as-of-${path.slice(1) || "today"}`);
    await page.locator(`.past-banner a[href="${path}"]`).click();
    await expect(page.locator(".past-banner")).toHaveCount(0);
  }
});
