// Several shops: each with a key, a colour and an age of its own; the chip tells of all of them.
import { checkPage } from "../support/check-page.ts";
import { connect, register } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const WORDS = {
  ru: {
    connect: "Подключить",
    connected: /Магазин подключён/,
    change: "Название, цвет, расписание",
    name: "Название",
    colour: "Цвет",
    pink: "Розовый",
    save: "Сохранить",
    saved: "Сохранено.",
    remove: /^Удалить магазин/,
    forever: "Удалить навсегда",
    typeName: /введите название/,
    removed: "Магазин удалён.",
    two: /2.магазина/,
    all: "Магазины и возраст их данных",
    where: "Где взять ключ",
  },
  en: {
    connect: "Connect",
    connected: /Connected/,
    change: "Name, colour, schedule",
    name: "Name",
    colour: "Colour",
    pink: "Pink",
    save: "Save",
    saved: "Saved.",
    remove: /^Remove the shop/,
    forever: "Remove for good",
    typeName: /Type its name/,
    removed: "The shop is removed.",
    two: /2.shops/,
    all: "Shops and the age of their data",
    where: "Where to get a key",
  },
};

test("a second shop is connected, named, coloured, seen in the chip and removed @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await register(page, words);
  await connect(page, words);
  await expect(page.getByText(words.keyAccepted)).toBeVisible();
  await page.goto("/settings/shops");
  await page.locator("#connect-marketplace").selectOption("ozon");
  await page.locator("#connect-name").fill("Озон, склад на юге");
  await page.getByRole("button", { name: say.connect, exact: true }).click();
  await expect(page.getByText(say.connected)).toBeVisible();
  const shop = page.getByRole("region", { name: /Озон, склад на юге/ });
  await expect(shop).toBeVisible();
  await checkPage(page, "settings-shops");

  await shop.getByText(say.change).click();
  await shop.getByLabel(say.name, { exact: true }).fill("Юг");
  await shop.getByLabel(say.colour).selectOption({ label: say.pink });
  await shop.getByRole("button", { name: say.save, exact: true }).click();
  await expect(page.getByText(say.saved)).toBeVisible();
  const south = page.getByRole("region", { name: /Юг/ });
  await expect(south.locator(".shop-dot.pink").first()).toBeAttached();

  // The chip has both; its menu opens without script too.
  const chip = page.locator(".account-menu");
  await chip.locator("summary").click();
  await expect(chip.getByRole("list", { name: say.all }).getByRole("link")).toHaveCount(2);
  await expect(chip.getByRole("link", { name: /Юг/ })).toHaveAttribute("href", /\/products\?account=/);
  await checkPage(page, "shops-menu");
  await chip.locator("summary").click();

  await south.getByText(say.remove).click();
  await south.getByLabel(say.typeName).fill("Юг");
  await south.getByRole("button", { name: say.forever }).click();
  await expect(page.getByText(say.removed)).toBeVisible();
  await expect(page.locator(".account-menu")).toHaveCount(0);
});
