// Fast hands: the palette and the keys that work everywhere.
import { checkPage } from "../support/check-page.ts";
import { enterDemo, productLinks } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const WORDS = {
  ru: { palette: "Найти страницу, действие или товар", keys: "Клавиши", syncs: "Синхронизации" },
  en: { palette: "Find a page, an action or a product", keys: "Keys", syncs: "Syncs" },
};

test("a product, a page and an action are a few letters away", async ({ page, words, language }) => {
  const say = WORDS[language];
  await enterDemo(page, words);
  const title = (await productLinks(page).first().innerText()).trim().split("\n").at(-1) ?? "";
  // The keys work as soon as the page does; before that they are the browser's own.
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("dialog", { name: say.palette })).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const field = page.getByRole("combobox", { name: say.palette });
  await expect(field).toBeFocused();
  await checkPage(page, "palette");

  await field.fill(title);
  const option = page.getByRole("option", { name: title }).first();
  await expect(option).toBeVisible();
  await expect(option).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/products\/[0-9a-f-]{36}$/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.keyboard.press("Control+k");
  await field.fill(say.syncs);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/syncs$/);

  await page.keyboard.press("Control+k");
  await expect(field).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});

test("single keys open pages, never while somebody types, and can be switched off", async ({ page, words, language }) => {
  const say = WORDS[language];
  await enterDemo(page, words);
  const sheet = page.getByRole("dialog", { name: say.keys });
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(sheet).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await checkPage(page, "keys");
  await page.keyboard.press("Escape");
  await expect(sheet).toHaveCount(0);

  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(page).toHaveURL(/\/syncs$/);
  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await expect(page).toHaveURL(/\/products$/);

  const search = page.getByRole("searchbox");
  await expect(async () => {
    await page.keyboard.press("/");
    await expect(search).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.type("g?");
  await expect(search).toHaveValue("g?");
  await expect(sheet).toHaveCount(0);

  await search.blur();
  await page.keyboard.press("?");
  await sheet.getByRole("checkbox").uncheck();
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.keyboard.press("g");
  await page.keyboard.press("s");
  await expect(sheet).toHaveCount(0);
  await expect(page).toHaveURL(/\/products$/);
});
