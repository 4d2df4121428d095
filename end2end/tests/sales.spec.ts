// Sales and returns, and the page where products of several shops are said to be one thing.
import { readFile } from "node:fs/promises";
import { checkPage } from "../support/check-page.ts";
import { enterDemo } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const WORDS = {
  ru: {
    sales: "Выкупы и возвраты",
    kind: "Что",
    returns: "Возвраты",
    show: "Показать",
    older: "Раньше",
    links: "Одно и то же в разных магазинах",
    oneShop: /У вас один магазин/,
    barcode: "Штрихкод",
  },
  en: {
    sales: "Sales and returns",
    kind: "Kind",
    returns: "Returns",
    show: "Show",
    older: "Older",
    links: "The same in several shops",
    oneShop: /You have one shop/,
    barcode: "Barcode",
  },
};

test("sales are listed with their age, filtered, read on and taken out as a file @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await enterDemo(page, words);
  // A demo knows what was ordered; what was sold comes with its first sync.
  await page.goto("/syncs");
  await page.getByRole("button", { name: words.synchronise, exact: true }).first().click();
  await expect(page).toHaveURL(/\/syncs\/[0-9a-f-]{36}/);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(words.completed).first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  await page.goto("/orders");
  await page.locator("#content").getByRole("link", { name: say.sales, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(say.sales);
  const rows = page.locator(".sales-table tbody tr");
  await expect(rows).toHaveCount(50);
  await expect(page.locator(".sources .age").first()).toBeVisible();
  await checkPage(page, "sales");

  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.locator('a[href^="/api/v1/exports/sales.csv"]').first().click(),
  ]);
  const csv = await readFile(await file.path(), "utf8");
  expect(csv.split("\r\n").length).toBeGreaterThan(50);

  const first = await rows.first().innerText();
  await page.getByRole("link", { name: say.older, exact: true }).click();
  await expect(page).toHaveURL(/cursor=/);
  await expect(rows.first()).not.toHaveText(first);

  await page.getByRole("combobox", { name: say.kind, exact: true }).selectOption({ label: say.returns });
  await page.getByRole("button", { name: say.show }).click();
  await expect(page).toHaveURL(/kind=return/);
  await expect(page.locator(".sales-table tbody tr.is-return").first()).toBeVisible();
  await expect(page.locator(".sales-table tbody tr:not(.is-return)")).toHaveCount(0);
});

test("with one shop there is nothing to link, and the page says so @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await enterDemo(page, words);
  await page.goto("/products");
  await page.getByRole("link", { name: say.links, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(say.links);
  await expect(page.getByText(say.oneShop)).toBeVisible();
  await checkPage(page, "links");
  await page.getByRole("navigation").getByRole("link", { name: say.barcode, exact: true }).click();
  await expect(page).toHaveURL(/by=barcode/);
});
