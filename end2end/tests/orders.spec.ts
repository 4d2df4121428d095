// Orders, files, the past, and what is said of a product.
import { readFile } from "node:fs/promises";
import { checkPage } from "../support/check-page.ts";
import { enterDemo, productLinks } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const WORDS = {
  ru: {
    orders: "Заказы",
    state: "Состояние",
    cancelled: "Отменённые",
    show: "Показать",
    older: "Раньше",
    newest: "К последним",
    compare: "Сравнить с прошлым периодом",
    before: "период до этого",
    change: "Изменить",
    lead: "Срок поставки",
    keep: "Сохранить",
    forProduct: "задано для товара",
    note: "Новая заметка",
    add: "Добавить",
    deleteNote: "Удалить заметку",
    past: /Данные на/,
    changes: "Что изменилось с тех пор",
    became: "Стало",
    ordersOf: "Все заказы этого товара",
  },
  en: {
    orders: "Orders",
    state: "State",
    cancelled: "Cancelled",
    show: "Show",
    older: "Older",
    newest: "To the newest",
    compare: "Compare with the period before",
    before: "the period before",
    change: "Change",
    lead: "Lead time",
    keep: "Save",
    forProduct: "set for this product",
    note: "New note",
    add: "Add",
    deleteNote: "Delete note",
    past: /^As of \d/,
    changes: "What changed since then",
    became: "Became",
    ordersOf: "All orders of this product",
  },
};

/** The content of what a link downloads. */
async function download(page: import("@playwright/test").Page, list: string, ending: string): Promise<Buffer> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(`a[href^="/api/v1/exports/${list}.${ending}"]`).first().click(),
  ]);
  return readFile(await file.path());
}

test("orders are listed, filtered, read on and taken out as a file @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await enterDemo(page, words);
  await page.goto("/orders");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(say.orders);
  const rows = page.locator(".orders-table tbody tr");
  await expect(rows).toHaveCount(50);
  await checkPage(page, "orders");
  const csv = (await download(page, "orders", "csv")).toString("utf8");
  expect(csv.split("\r\n").length).toBeGreaterThan(50);
  const book = await download(page, "orders", "xlsx");
  expect(book.subarray(0, 2).toString()).toBe("PK");

  const first = await rows.first().innerText();
  await page.getByRole("link", { name: say.older, exact: true }).click();
  await expect(page).toHaveURL(/cursor=/);
  await expect(rows.first()).not.toHaveText(first);
  await page.getByRole("link", { name: say.newest }).click();
  await expect(page).not.toHaveURL(/cursor=/);

  await page.getByLabel(say.state).selectOption({ label: say.cancelled });
  await page.getByRole("button", { name: say.show }).click();
  await expect(page).toHaveURL(/cancelled=true/);
  await expect(page.locator(".orders-table tbody tr.is-cancelled").first()).toBeVisible();
  await expect(page.locator(".orders-table tbody tr:not(.is-cancelled)")).toHaveCount(0);
});

test("a product compares its periods and keeps its terms and notes @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await enterDemo(page, words);
  const href = await productLinks(page).first().getAttribute("href");
  await page.goto(href ?? "");
  await page.getByRole("link", { name: say.compare }).click();
  await expect(page).toHaveURL(/compare=1/);
  await expect(page.locator(".key-before")).toBeVisible();
  await checkPage(page, "product-compared");

  await page.locator(".terms-form summary").click();
  await page.getByLabel(say.lead, { exact: true }).fill("9");
  await page.getByRole("button", { name: say.keep }).click();
  await expect(page.getByText(say.forProduct).first()).toBeVisible();

  await page.getByLabel(say.note).fill("Поставщик обещал к пятнице");
  await page.getByRole("button", { name: say.add, exact: true }).click();
  await expect(page.locator(".note-body")).toHaveText("Поставщик обещал к пятнице");
  await checkPage(page, "product-terms");
  await page.getByRole("button", { name: say.deleteNote }).click();
  await expect(page.locator(".note-body")).toHaveCount(0);

  await page.getByRole("link", { name: say.ordersOf }).click();
  await expect(page).toHaveURL(/\/orders\?.*product=/);
});

test("the past is shown as the past, and what changed since @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await enterDemo(page, words);
  await page.goto("/past");
  await expect(page.getByText(say.past)).toBeVisible();
  const rows = page.locator(".past-table tbody tr");
  await expect(rows).toHaveCount(50);
  await checkPage(page, "past");
  await rows.first().getByRole("link").click();
  await expect(page).toHaveURL(/\/products\/.*at=/);
  await expect(page.getByText(say.past)).toBeVisible();
  await checkPage(page, "product-past");
  await page.goto("/past");
  await page.getByRole("link", { name: say.changes }).click();
  await expect(page.getByRole("columnheader", { name: say.became })).toBeVisible();
  await checkPage(page, "past-changes");
});
