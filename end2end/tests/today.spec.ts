// The morning: what needs doing, each a way into the list behind it; the warehouses, the analytics, the rules.
import { checkPage } from "../support/check-page.ts";
import { connect, MORNING, register, startDemo } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const WORDS = {
  ru: {
    today: "Сегодня",
    wants: "Что нужно сделать",
    order: "Заказать сегодня",
    how: "Как посчитано",
    noService: /Уровень сервиса не указан/,
    warehouses: "Склады",
    analytics: "Аналитика",
    year: "год",
    asTable: "Те же дни таблицей",
    classes: "ABC и XYZ",
    empty: "Здесь будет видно, что делать сегодня",
    leadDays: "Срок поставки, дней",
    later: /со следующей синхронизации/,
    tooLong: /не больше 365/,
    more: "Ещё",
  },
  en: {
    today: "Today",
    wants: "What needs doing",
    order: "Order today",
    how: "How it is computed",
    noService: /No service level is stated/,
    warehouses: "Warehouses",
    analytics: "Analytics",
    year: "a year",
    asTable: "The same days as a table",
    classes: "ABC and XYZ",
    empty: "Here you will see what to do today",
    leadDays: "Lead time, days",
    later: /from the next sync/,
    tooLong: /at most 365/,
    more: "More",
  },
};

// A rule out of its bounds is refused on purpose.
test.use({ expectedConsole: [/status of 422/] });

test("the first page says what needs doing, and every figure opens its list @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await startDemo(page, words);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(say.today);
  const tiles = page.getByRole("navigation", { name: say.wants }).getByRole("link");
  await expect(tiles).toHaveCount(4);
  await checkPage(page, "today");

  const order = page.getByRole("region", { name: say.order });
  await order.getByText(say.how).click();
  await expect(order.getByText(say.noService)).toBeVisible();
  await checkPage(page, "today-how");

  const count = Number((await tiles.nth(1).locator("b").innerText()).replace(/\D/g, ""));
  expect(count).toBeGreaterThan(0);
  await tiles.nth(1).click();
  await expect(page).toHaveURL(/\/products\?to_order=1/);
  await page.goBack();
  await expect(page).toHaveURL(MORNING);
  await order.locator("a.today-row").first().click();
  await expect(page).toHaveURL(/\/products\/[0-9a-f-]{36}/);
});

test("the warehouses and the analytics are pages of their own @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await startDemo(page, words);
  await page.goto("/warehouses");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(say.warehouses);
  await expect(page.getByRole("rowheader").first()).toBeVisible();
  await checkPage(page, "warehouses");

  await page.goto("/analytics");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(say.analytics);
  await expect(page.getByRole("heading", { name: say.classes })).toBeVisible();
  await checkPage(page, "analytics");
  await page.getByRole("link", { name: say.year, exact: true }).click();
  await expect(page).toHaveURL(/\/analytics\?days=365/);
  await page.getByText(say.asTable).click();
  // The shop opened a year ago: its first day is not a whole one.
  const days = page.getByRole("row").filter({ hasText: /₽/ });
  await expect.poll(() => days.count()).toBeGreaterThan(360);
  await checkPage(page, "analytics-year");
});

test("the rules of orders are the company's @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await startDemo(page, words);
  await page.goto("/settings/orders");
  await page.getByLabel(say.leadDays).fill("366");
  await page.getByRole("button", { name: words.save }).click();
  await expect(page.getByText(say.tooLong).first()).toBeVisible();
  await page.getByLabel(say.leadDays).fill("30");
  await page.getByRole("button", { name: words.save }).click();
  await expect(page.getByText(say.later)).toBeVisible();
  await checkPage(page, "settings-orders");
  await page.goto("/settings/orders");
  await expect(page.getByLabel(say.leadDays)).toHaveValue("30");
});

test("before there is a shop the page says what to do next @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await register(page, words);
  await page.goto("/");
  await expect(page.getByRole("heading", { name: say.empty })).toBeVisible();
  await checkPage(page, "today-empty");
  await connect(page, words);
  await page.goto("/");
  await expect(page.getByRole("button", { name: words.synchronise }).first()).toBeVisible();
  await checkPage(page, "today-connected");
});

test("a phone's bar holds five, the rest is behind one of them @plain", async ({ page, words, language, viewport }) => {
  test.skip(viewport?.width !== 360, "a wide window has a rail");
  const say = WORDS[language];
  await startDemo(page, words);
  const bar = page.locator(".nav");
  await bar.getByText(say.more).click();
  await bar.getByRole("link", { name: say.warehouses }).click();
  await expect(page).toHaveURL(/\/warehouses/);
  await expect(bar.getByRole("link", { name: say.warehouses })).toBeHidden();
});
