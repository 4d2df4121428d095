// What arrives by itself, on every page, and what happens without a network.
import { checkPage } from "../support/check-page.ts";
import { enterDemo, startDemo } from "../support/people.ts";
import { settled } from "../support/steady.ts";
import { expect, test } from "../support/test.ts";
import type { Page } from "@playwright/test";

const WORDS = {
  ru: {
    news: /Пришли новые данные/,
    show: "Показать",
    offline: /Нет связи/,
    offlinePage: /Страница откроется/,
    noAnswer: /Нет связи с сервером/,
    note: "Заметка",
    cancel: "Остановить синхронизацию",
    cancelled: "Остановлена",
    leave: "Удалить демо",
    gone: /Демо-магазин удалён/,
  },
  en: {
    news: /New data has come/,
    show: "Show",
    offline: /No connection/,
    offlinePage: /This page opens when/,
    noAnswer: /can.t be reached/,
    note: "Note",
    cancel: "Cancel the sync",
    cancelled: "Cancelled",
    leave: "Remove the demo",
    gone: /The demo shop is gone/,
  },
};

test.use({ expectedConsole: [/net::ERR_(INTERNET_DISCONNECTED|FAILED|NETWORK_CHANGED|INCOMPLETE_CHUNKED)/] });

/** Somebody else starts a sync: this page is told by the stream alone. */
async function syncElsewhere(page: Page): Promise<void> {
  const answer = await page.context().request.post("/api/fn/syncs/start", {
    form: {},
    headers: { accept: "application/json", "sec-fetch-site": "same-origin" },
  });
  expect(answer.status()).toBe(200);
}

/** Until the stream is open. */
async function listening(page: Page, open: () => Promise<unknown>): Promise<void> {
  const stream = page.waitForResponse((response) => response.url().endsWith("/api/v1/events"));
  await open();
  await stream;
  await settled(page);
}

test("a sync that was started elsewhere is seen going on, and its data comes by itself", async ({ page, words }) => {
  await startDemo(page, words);
  await listening(page, () => page.goto("/warehouses"));
  const renewed = page.waitForResponse((response) => response.url().includes("/api/fn/today/warehouses"));
  await syncElsewhere(page);
  await expect(page.locator(".account-reading").first()).toBeAttached();
  await renewed;
  await expect(page.locator(".account-reading")).toHaveCount(0);
});

test("who is typing is offered the new data, and loses nothing", async ({ page, words, language }) => {
  const say = WORDS[language];
  await enterDemo(page, words);
  await listening(page, () => page.goto("/products"));
  const search = page.getByRole("searchbox");
  await search.fill("круж");
  await page.evaluate(() => scrollTo(0, 300));
  const scrolled = await page.evaluate(() => scrollY);
  await syncElsewhere(page);
  await expect(page.getByText(say.news)).toBeVisible({ timeout: 20_000 });
  await expect(search).toHaveValue("круж");
  expect(await page.evaluate(() => scrollY)).toBe(scrolled);
  // What sticks to the upper edge would cover what is half under it.
  await page.evaluate(() => scrollTo(0, 0));
  await checkPage(page, "live-news");
  const renewed = page.waitForResponse((response) => response.url().includes("/api/fn/products/"));
  await page.getByRole("button", { name: say.show, exact: true }).click();
  await renewed;
  await expect(page.getByText(say.news)).toHaveCount(0);
  await expect(search).toHaveValue("круж");
});

test("without a network the page stays, says so, and goes on when it is back", async ({ page, words, language }) => {
  const say = WORDS[language];
  await startDemo(page, words);
  await listening(page, () => page.goto("/products"));
  const search = page.getByRole("searchbox");
  await search.fill("термос");
  await page.context().setOffline(true);
  await expect(page.getByText(say.offline)).toBeVisible();
  await checkPage(page, "live-offline");
  await page.locator('.nav a[href="/orders"]').first().click();
  await expect(page.getByText(say.offlinePage)).toBeVisible();
  await expect(page).toHaveURL(/\/products$/);
  await expect(search).toHaveValue("термос");
  await page.context().setOffline(false);
  await expect(page.getByText(say.offlinePage)).toHaveCount(0, { timeout: 20_000 });
  await page.locator('.nav a[href="/orders"]').first().click();
  await expect(page).toHaveURL(/\/orders$/);
});

test("an action that can't reach the server says so, and what was typed stays", async ({ page, words, language }) => {
  const say = WORDS[language];
  await startDemo(page, words);
  await page.goto("/settings");
  await settled(page);
  await page.route("**/api/fn/tenants/**", (route) => (route.request().method() === "POST" ? route.abort() : route.continue()));
  const name = page.getByLabel(words.companyName, { exact: true });
  await name.fill("Тепло и свет");
  await page.getByRole("button", { name: words.save }).click();
  await expect(page.getByText(say.noAnswer).first()).toBeVisible();
  await expect(name).toHaveValue("Тепло и свет");
  await page.unroute("**/api/fn/tenants/**");
  await page.getByRole("button", { name: words.save }).click();
  await expect(page.getByText(words.saved)).toBeVisible();
});

test("a demo is removed in a click @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await startDemo(page, words);
  await page.getByRole("button", { name: say.leave }).click();
  await expect(page).toHaveURL(/\/login/);
  await expect(page.getByText(say.gone)).toBeVisible();
  await page.goto("/products");
  await expect(page).toHaveURL(/\/login/);
});
