// The operators' area: for whom the command line made one, with a code; for others it is not there.
import { execFileSync } from "node:child_process";
import { checkPage } from "../support/check-page.ts";
import { setUpFactor } from "../support/factor.ts";
import { openRest, PASSWORD, register } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test.use({ expectedConsole: [/status of (401|404)/] });

const WORDS = {
  ru: {
    area: "Оператор",
    pages: ["Компании", "Очередь", "Непрочитанное", "Журнал"],
    queue: "Дольше всех ждёт обработчика",
    plan: "Тариф",
    setPlan: "Сменить тариф",
    suspend: "Приостановить",
    confirm: "Приостановить компанию",
    resume: "Вернуть к работе",
    search: "Поиск",
    show: "Показать",
    factor: "Оператор входит с кодом",
    looked: "Оператор смотрел данные",
  },
  en: {
    area: "Operator",
    pages: ["Companies", "Queue", "Unread rows", "Log"],
    queue: "Longest wait for a worker",
    plan: "Plan",
    setPlan: "Set plan",
    suspend: "Suspend",
    confirm: "Suspend the company",
    resume: "Let it work again",
    search: "Search",
    show: "Show",
    factor: "Operators sign in with a code",
    looked: "Operator looked at data",
  },
};

/** What only somebody at the machine can do. */
function makeOperator(email: string): void {
  const { STOCK_TRACKER: program, STOCK_TRACKER_DATA: data } = process.env;
  if (!program || !data) {
    throw new Error("run `cargo xtask e2e`: it says where the program and its data are");
  }
  execFileSync(program, ["operators", "add", email], { env: { DATA_DIR: data }, cwd: data });
}

test("an operator sees the installation and works on it @plain", async ({ page, words, language, browser, baseURL }) => {
  const say = WORDS[language];
  // Somebody's company, to be worked on.
  const elsewhere = await browser.newContext({ baseURL, locale: language === "ru" ? "ru-RU" : "en-GB" });
  const theirs = await register(await elsewhere.newPage(), words);
  await elsewhere.close();

  const email = await register(page, words);
  const nowhere = await page.goto("/operator");
  expect(nowhere?.status(), "an owner finds nothing here").toBe(404);
  const codes = await setUpFactor(page, words);
  makeOperator(email);

  await page.context().clearCookies();
  await page.goto("/login");
  await page.getByLabel(words.email).fill(email);
  await page.getByLabel(words.password).fill(PASSWORD);
  await page.getByRole("button", { name: words.signIn }).click();
  await expect(page).toHaveURL(/\/login\/code/);
  await page.locator("main input[name=code]").fill(codes[0] ?? "");
  await page.getByRole("button", { name: words.signIn }).click();
  await expect(page).not.toHaveURL(/\/login/);

  await openRest(page);
  await page.getByRole("link", { name: say.area, exact: true }).locator("visible=true").first().click();
  await expect(page).toHaveURL(/\/operator$/);
  await expect(page.getByText(say.queue)).toBeVisible();
  await checkPage(page, "operator");
  const area = page.getByRole("navigation", { name: say.area });
  for (const name of say.pages) {
    await area.getByRole("link", { name, exact: true }).click();
    await expect(area.getByRole("link", { name, exact: true })).toHaveAttribute("aria-current", "page");
    await checkPage(page, `operator-${say.pages.indexOf(name)}`);
  }

  await area.getByRole("link", { name: say.pages[0] ?? "", exact: true }).click();
  await page.getByLabel(say.search).fill(theirs);
  await page.getByRole("button", { name: say.show }).click();
  await expect(page).toHaveURL(/search=/);
  await expect(page.locator("tbody tr")).toHaveCount(1);
  await page.locator("tbody th a").click();
  await expect(page).toHaveURL(/\/operator\/tenants\/[0-9a-f-]+/);
  await checkPage(page, "operator-company");
  await page.getByLabel(say.plan).selectOption("enterprise");
  await page.getByRole("button", { name: say.setPlan }).click();
  await expect(page.getByLabel(say.plan)).toHaveValue("enterprise");
  await page.locator("summary", { hasText: say.suspend }).click();
  await page.getByRole("button", { name: say.confirm }).click();
  await page.getByRole("button", { name: say.resume }).click();
  await expect(page.locator("summary", { hasText: say.suspend })).toBeVisible();

  await area.getByRole("link", { name: say.pages[3] ?? "", exact: true }).click();
  await expect(page.locator("tbody")).toContainText(say.looked);
  await expect(page.locator("tbody")).toContainText(email);
});
