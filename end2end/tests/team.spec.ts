// A company as a team: inviting, changing companies, API keys, the log, and what can't be taken back.
import { randomUUID } from "node:crypto";
import { checkPage } from "../support/check-page.ts";
import { MORNING, PASSWORD, register, openRest } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const WORDS = {
  ru: {
    makeLink: "Создать ссылку",
    join: "Принять приглашение",
    gone: "Приглашение не действует",
    people: "Люди",
    remove: "Удалить из компании",
    removeConfirm: "Удалить",
    removed: /Человек удалён/,
    signInFirst: "Войти и вернуться сюда",
    change: "Сменить компанию",
    keyName: "Для чего",
    makeKey: "Создать ключ",
    keyMade: /больше мы его не покажем/,
    revoke: "Отозвать",
    revokeConfirm: "Отозвать ключ",
    revoked: "Ключ отозван.",
    log: "Журнал",
    check: "Проверить целостность",
    intact: /Журнал цел/,
    deleteCompany: "Удалить компанию",
    mismatch: /набрано не так/,
    deleted: "Компания удалена.",
  },
  en: {
    makeLink: "Create a link",
    join: "Accept the invitation",
    gone: "This invitation is no longer valid",
    people: "People",
    remove: "Remove from the company",
    removeConfirm: "Remove",
    removed: /The person is removed/,
    signInFirst: "Sign in and come back here",
    change: "Change company",
    keyName: "What it is for",
    makeKey: "Create a key",
    keyMade: /never shown again/,
    revoke: "Revoke",
    revokeConfirm: "Revoke the key",
    revoked: "The key is revoked.",
    log: "Log",
    check: "Check integrity",
    intact: /The log is intact/,
    deleteCompany: "Delete the company",
    mismatch: /not the company's name/,
    deleted: "The company is deleted.",
  },
};

test.use({ expectedConsole: [/status of (401|404|409|422)/] });

test("a person is invited, joins with a new account and is removed @plain", async ({ page, browser, words, language }) => {
  const say = WORDS[language];
  await register(page, words);
  await page.goto("/settings/team");
  await page.getByRole("button", { name: say.makeLink }).click();
  const link = (await page.locator(".once code").textContent()) ?? "";
  expect(link).toContain("/invite/");
  await checkPage(page, "team-invited");
  await page.goto("/settings/team");
  await expect(page.locator(".once")).toHaveCount(0);

  const guest = await browser.newContext();
  try {
    const theirs = await guest.newPage();
    const email = `boris.${randomUUID()}@example.com`;
    await theirs.goto(new URL(link).pathname);
    await theirs.locator("#email").fill(email);
    await theirs.locator("#password").fill(PASSWORD);
    await theirs.locator("form:has(#email) button").click();
    await expect(theirs).toHaveURL(MORNING);
    await theirs.goto(new URL(link).pathname);
    await expect(theirs.getByRole("alert").or(theirs.getByRole("status")).first()).toBeVisible();

    await page.goto("/settings/team");
    const row = page.locator(".person-row", { hasText: email });
    await expect(row).toBeVisible();
    await row.locator("summary", { hasText: say.remove }).click();
    await row.getByRole("button", { name: say.removeConfirm, exact: true }).click();
    await expect(page.getByText(say.removed)).toBeVisible();
    await theirs.goto("/products");
    await expect(theirs).toHaveURL(/\/login/);
  } finally {
    await guest.close();
  }
});

test("an invitation's page is for strangers, too", async ({ page, words, language }) => {
  const say = WORDS[language];
  await register(page, words);
  await page.goto("/settings/team");
  await page.getByRole("button", { name: say.makeLink }).click();
  const link = (await page.locator(".once code").textContent()) ?? "";
  await page.getByRole("button", { name: words.signOut }).first().click();
  await page.goto(new URL(link).pathname);
  await expect(page.getByRole("button", { name: say.join })).toBeVisible();
  await checkPage(page, "invite");
  await page.goto("/invite/no-such-token");
  await expect(page.getByText(say.gone)).toBeVisible();
  await checkPage(page, "invite-gone");
});

test("who has an account signs in, accepts, and changes companies @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  const boris = await register(page, words);
  await page.getByRole("button", { name: words.signOut }).first().click();
  await register(page, words);
  await page.goto("/settings/team");
  await page.getByRole("button", { name: say.makeLink }).click();
  const link = (await page.locator(".once code").textContent()) ?? "";
  await page.getByRole("button", { name: words.signOut }).first().click();

  await page.goto(new URL(link).pathname);
  await page.getByRole("button", { name: say.signInFirst }).click();
  await page.getByLabel(words.email).fill(boris);
  await page.getByLabel(words.password).fill(PASSWORD);
  await page.getByRole("button", { name: words.signIn }).click();
  await expect(page).toHaveURL(/\/invite\//);
  await page.getByRole("button", { name: say.join }).click();
  await expect(page).toHaveURL(MORNING);

  const companies = page.locator("details.companies");
  await companies.locator("summary").click();
  await expect(companies.getByRole("button")).toHaveCount(2);
  await checkPage(page, "companies");
  await companies.locator("button:enabled").click();
  await expect(page).toHaveURL(MORNING);
  await page.goto("/settings/team");
  await expect(page.locator(".person-row").first()).toContainText(boris);
});

test("an API key is shown once, listed and revoked @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await register(page, words);
  await page.goto("/settings/keys");
  await page.getByLabel(say.keyName).fill("1C");
  await page.getByRole("button", { name: say.makeKey }).click();
  await expect(page.getByText(say.keyMade)).toBeVisible();
  const key = (await page.locator(".once code").textContent()) ?? "";
  expect(key).toMatch(/^st_/);
  const asked = await page.request.get("/api/v1/tenants/me", { headers: { authorization: `Bearer ${key}` } });
  expect(asked.status()).toBe(200);
  await checkPage(page, "keys");
  await page.locator("summary", { hasText: say.revoke }).click();
  await page.getByRole("button", { name: say.revokeConfirm }).click();
  await expect(page.getByText(say.revoked)).toBeVisible();
  const refused = await page.request.get("/api/v1/tenants/me", { headers: { authorization: `Bearer ${key}` } });
  expect(refused.status()).toBe(401);
});

test("the log tells what was done and that it is intact @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  const email = await register(page, words);
  await openRest(page);
  await page.getByRole("link", { name: say.log }).click();
  await expect(page.locator("table.audit tbody tr")).not.toHaveCount(0);
  await expect(page.locator("table.audit")).toContainText(email);
  await page.getByRole("link", { name: say.check }).click();
  await expect(page.getByText(say.intact)).toBeVisible();
  await checkPage(page, "audit");
});

test("a company goes when its name is typed @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await register(page, words);
  await page.goto("/settings/danger");
  await checkPage(page, "danger");
  await page.locator("#name").fill("Дом");
  await page.getByRole("button", { name: say.deleteCompany }).click();
  await expect(page.getByText(say.mismatch)).toBeVisible();
  await page.locator("#name").fill("Дом и уют");
  await page.getByRole("button", { name: say.deleteCompany }).click();
  await expect(page).toHaveURL(/\/login/);
  await expect(page.getByText(say.deleted)).toBeVisible();
});
