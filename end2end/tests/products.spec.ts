// The product table: filters in words, pages, columns, tags with undo, saved views; with and without script.
import { checkPage } from "../support/check-page.ts";
import { enterDemo } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const WORDS = {
  ru: {
    filters: /^Фильтры/,
    show: "Показать",
    out: "нет в наличии",
    removeOut: "Убрать: Остаток: нет в наличии",
    view: "Вид",
    choose: /^Выбрать:/,
    tags: "Метки",
    tagName: "Название метки",
    make: "Создать",
    made: "Метка создана.",
    putOn: "Поставить метку",
    undo: "Отменить",
    undone: "Изменение меток отменено.",
    saveView: "Сохранить вид",
    viewName: "Название вида",
    save: "Сохранить",
    saved: "Вид сохранён.",
    views: "Сохранённые виды",
    stock: "Остаток",
  },
  en: {
    filters: /^Filters/,
    show: "Show",
    out: "out of stock",
    removeOut: "Remove: Stock: out of stock",
    view: "View",
    choose: /^Choose:/,
    tags: "Tags",
    tagName: "Name of the tag",
    make: "Make",
    made: "The tag is made.",
    putOn: "Put the tag on",
    undo: "Undo",
    undone: "The change of tags is undone.",
    saveView: "Save the view",
    viewName: "Name of the view",
    save: "Save",
    saved: "The view is saved.",
    views: "Saved views",
    stock: "Stock",
  },
};

test("filters are chips in the address @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await enterDemo(page, words);
  await page.goto("/products");
  await page.locator(".filters summary").filter({ hasText: say.filters }).click();
  await page.locator('.filter-panel select[name="stock"]').selectOption({ label: say.out });
  await page.locator(".filter-panel").getByRole("button", { name: say.show }).click();
  await expect(page).toHaveURL(/stock=out/);
  const chip = page.getByRole("link", { name: say.removeOut });
  await expect(chip).toBeVisible();
  await checkPage(page, "products-filtered");
  await page.reload();
  await expect(chip).toBeVisible();
  await chip.click();
  await expect(page).not.toHaveURL(/stock=out/);
  await page.goBack();
  await expect(page.getByRole("link", { name: say.removeOut })).toBeVisible();
});

test("pages lead there and back @plain", async ({ page, words }) => {
  await enterDemo(page, words);
  await page.goto("/products?page_size=25&sort=product_name");
  const first = await page.locator(".product-title").first().textContent();
  await page.locator('.pager a[rel="next"]').click();
  await expect(page).toHaveURL(/page=2.*after=/);
  await expect(page.locator(".product-title").first()).not.toHaveText(first ?? "");
  await page.locator('.pager a[rel="prev"]').click();
  await expect(page.locator(".product-title").first()).toHaveText(first ?? "");
});

test("a tag goes on chosen products and is undone @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await enterDemo(page, words);
  await page.goto("/products");
  await page.getByRole("checkbox", { name: say.choose }).first().check();
  const bar = page.locator(".bulk");
  await expect(bar).toBeVisible();
  await bar.locator("summary").filter({ hasText: say.tags }).click();
  await bar.getByLabel(say.tagName).fill("Новинка");
  await bar.getByRole("button", { name: say.make }).click();
  await expect(page.getByText(say.made)).toBeVisible();
  await page.getByRole("checkbox", { name: say.choose }).first().check();
  await page.locator(".bulk").getByRole("button", { name: say.putOn }).click();
  await expect(page.locator(".products .tag")).toHaveText(["Новинка"]);
  await checkPage(page, "products-tagged");
  await page.getByRole("button", { name: say.undo }).click();
  await expect(page.getByText(say.undone)).toBeVisible();
  await expect(page.locator(".products .tag")).toHaveCount(0);
});

test("a saved view restores what was seen @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await enterDemo(page, words);
  await page.goto("/products?stock=has&sort=cover,-total_stock&cols=stock,cover");
  await page.locator(".views summary").click();
  await page.getByLabel(say.viewName).fill("Мой вид");
  await page.getByRole("button", { name: say.save, exact: true }).click();
  await expect(page.getByText(say.saved)).toBeVisible();
  await page.goto("/products");
  await page.getByRole("navigation", { name: say.views }).getByRole("link", { name: "Мой вид" }).click();
  await expect(page).toHaveURL(/stock=has&sort=cover,-total_stock&cols=stock,cover/);
});

test("rows are walked by keys", async ({ page, words, language }) => {
  const say = WORDS[language];
  await enterDemo(page, words);
  await page.goto("/products");
  const links = page.locator(".product-link");
  await expect(links.first()).toBeVisible();
  // The keys work as soon as the page does.
  await expect(async () => {
    await page.keyboard.press("j");
    await expect(links.nth(0)).toBeFocused({ timeout: 500 });
  }).toPass();
  await page.keyboard.press("j");
  await expect(links.nth(1)).toBeFocused();
  await page.keyboard.press("Space");
  await expect(page.getByRole("checkbox", { name: say.choose }).nth(1)).toBeChecked();
  await page.keyboard.press("k");
  await expect(links.nth(0)).toBeFocused();
});
