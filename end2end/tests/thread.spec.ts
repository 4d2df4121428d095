// The main job from end to end: register, connect a shop, synchronise it, see it.
import { checkPage } from "../support/check-page.ts";
import { personalKey } from "../support/keys.ts";
import { connect, productLinks, register } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test("a seller registers, connects a shop, watches the sync and finds a product @plain", async ({ page, words, javaScriptEnabled }) => {
  await register(page, words);
  await page.goto("/products");
  await expect(page.getByText(words.emptyProducts)).toBeVisible();
  await checkPage(page, "products-empty");

  await connect(page, words);
  await expect(page.getByText(words.keyAccepted)).toBeVisible();
  await expect(page.getByText(words.personal, { exact: true })).toBeVisible();
  await checkPage(page, "settings");

  await page.goto("/products");
  await page.getByRole("button", { name: words.synchronise }).first().click();
  await expect(page).toHaveURL(/\/syncs\/[0-9a-f-]{36}/);
  await expect(async () => {
    if (javaScriptEnabled === false) {
      await page.reload();
    }
    await expect(page.getByText(words.completed).first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 25_000 });
  await checkPage(page, "sync");

  await page.goto("/products");
  const rows = productLinks(page);
  await expect(rows.first()).toBeVisible();
  const title = (await rows.first().innerText()).trim().split("\n").at(-1) ?? "";
  const address = await rows.first().getAttribute("href");
  await checkPage(page, "products");

  await page.getByRole("searchbox").fill(title.split(" ")[0] ?? title);
  await page.getByRole("button", { name: words.find }).click();
  await expect(page).toHaveURL(/search=/);
  await expect(page.locator(`a[href^="${address}"]`).first()).toBeVisible();

  await page.goto(address ?? "");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page.getByText(words.byWarehouse)).toBeVisible();
  await expect(page.getByText(words.history, { exact: true })).toBeVisible();
  await checkPage(page, "product");
});

test("a key that lacks a permission says which, before the first sync @plain", async ({ page, words }) => {
  await register(page, words);
  await connect(page, words, personalKey({ withoutOrders: true }));
  await expect(page.getByText(words.missingPermission)).toBeVisible();
  await checkPage(page, "settings-permission");
});

test("text that is no key is told from a key @plain", async ({ page, words }) => {
  await register(page, words);
  await connect(page, words, "not a key at all");
  await expect(page.getByText(words.keyMalformed)).toBeVisible();
});
