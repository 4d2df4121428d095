// Looking around: a full shop without registering.
import { checkPage } from "../support/check-page.ts";
import { enterDemo, productLinks } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test("the demo shop is full and says that it is one @plain", async ({ page, words }) => {
  await enterDemo(page, words);
  await expect(page.getByText(words.demoLabel).first()).toBeVisible();
  const rows = productLinks(page);
  expect(await rows.count()).toBeGreaterThan(40);
  await checkPage(page, "demo-products");

  await rows.first().click();
  await expect(page).toHaveURL(/\/products\/[0-9a-f-]{36}/);
  await page.goto(`${page.url().split("?")[0]}?days=365`);
  await expect(page.getByText(words.asTable)).toBeVisible();
  await page.getByText(words.asTable).click();
  await expect(page.getByRole("row").filter({ hasText: /\d/ })).not.toHaveCount(0);
  await checkPage(page, "demo-product");

  await page.goto("/syncs");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.syncs);
  await checkPage(page, "demo-syncs");
  await page.goto("/settings");
  await checkPage(page, "demo-settings");
});

test("the demo shop can be synchronised like any other @plain", async ({ page, words, javaScriptEnabled }) => {
  await enterDemo(page, words);
  await page.getByRole("button", { name: words.synchronise }).first().click();
  await expect(page).toHaveURL(/\/syncs\/[0-9a-f-]{36}/);
  await expect(async () => {
    if (javaScriptEnabled === false) {
      await page.reload();
    }
    await expect(page.getByText(words.completed).first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 25_000 });
});

test("what is shown lives in the address: sorting, page size, search @plain", async ({ page, words }) => {
  await enterDemo(page, words);
  await page.goto("/products?sort_by=cover&sort_order=asc&page_size=25");
  const first = await productLinks(page).first().innerText();
  await page.goto("/syncs");
  await page.goBack();
  await expect(productLinks(page).first()).toBeVisible();
  expect(await productLinks(page).first().innerText()).toBe(first);
  await page.goto("/products?search=%D0%BD%D0%B5%D1%82%20%D1%82%D0%B0%D0%BA%D0%BE%D0%B3%D0%BE");
  await expect(page.getByText(words.noneFound)).toBeVisible();
  await checkPage(page, "products-none");
});
