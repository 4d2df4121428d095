// A person's own account: password, sign-ins, second factor; all of it without script, too.
import type { Page } from "@playwright/test";
import { checkPage } from "../support/check-page.ts";
import { totp } from "../support/factor.ts";
import { MORNING, PASSWORD, register } from "../support/people.ts";
import { expect, test, type Settings } from "../support/test.ts";

type Language = Settings["language"];

test.use({ expectedConsole: [/status of (401|404|409|422)/] });

const NEW = "lodka u prichala 4";

/** The words of these pages; the catalogue is app/src/text/profile.rs. */
const TEXT = {
  ru: {
    current: "Текущий пароль",
    renewed: "Новый пароль",
    change: "Изменить пароль",
    changed: /Пароль изменён/,
    notIt: /Пароль не подходит/,
    setUp: "Настроить",
    manage: "Изменить",
    go: "Продолжить",
    code: "Код из приложения",
    on: "Включить вход по коду",
    codesTitle: "Коды восстановления",
    saved: "Коды сохранены",
    codePage: "Код для входа",
    wrongCode: /Код не подошёл/,
    switchOff: "Отключить вход по коду",
    off: "Отключить",
    either: "Код из приложения или код восстановления",
    passwordOnly: /достаточно пароля/,
    thisOne: "Это устройство",
    endOthers: "Завершить все остальные",
    endOthersDo: "Завершить остальные входы",
    ended: /вход завершён/,
    forgot: "Забыли пароль?",
    send: "Прислать ссылку",
    sent: /письмо уже в пути/,
    save: "Сохранить пароль",
    over: /Ссылка устарела/,
    confirmMail: "Подтвердить почту",
    signOut: "Выйти",
  },
  en: {
    current: "Current password",
    renewed: "New password",
    change: "Change the password",
    changed: /The password is changed/,
    notIt: /This is not the password/,
    setUp: "Set up",
    manage: "Change",
    go: "Continue",
    code: "Code from the app",
    on: "Switch on",
    codesTitle: "Recovery codes",
    saved: "I have saved the codes",
    codePage: "Sign-in code",
    wrongCode: /The code is wrong/,
    switchOff: "Switch off two-step sign-in",
    off: "Switch off",
    either: "Code from the app, or a recovery code",
    passwordOnly: /password alone is enough/,
    thisOne: "This device",
    endOthers: "End all others",
    endOthersDo: "End the other sign-ins",
    ended: /the sign-in is over/,
    forgot: "Forgot your password?",
    send: "Send the link",
    sent: /a letter is on its way/,
    save: "Save the password",
    over: /The link is too old/,
    confirmMail: "Confirm the e-mail",
    signOut: "Sign out",
  },
} satisfies Record<Language, Record<string, string | RegExp>>;

async function signIn(page: Page, words: { email: string; password: string; signIn: string }, email: string, password: string) {
  await page.goto("/login");
  await page.getByLabel(words.email).fill(email);
  await page.getByLabel(words.password).fill(password);
  await page.getByRole("button", { name: words.signIn }).click();
}

test("the password is changed by who knows it @plain", async ({ page, words, language }) => {
  const text = TEXT[language];
  const email = await register(page, words);
  await page.goto("/settings/profile");
  await expect(page.locator("main").getByText(email).first()).toBeVisible();
  await checkPage(page, "profile");
  await page.getByLabel(text.current).fill("not the password");
  await page.getByLabel(text.renewed).fill(NEW);
  await page.getByRole("button", { name: text.change, exact: true }).click();
  await expect(page.getByText(text.notIt)).toBeVisible();
  await expect(page.getByLabel(text.current)).toHaveValue("");

  await page.getByLabel(text.current).fill(PASSWORD);
  await page.getByLabel(text.renewed).fill(NEW);
  await page.getByRole("button", { name: text.change, exact: true }).click();
  await expect(page.getByText(text.changed)).toBeVisible();
  await page.getByRole("button", { name: text.signOut }).first().click();
  await signIn(page, words, email, PASSWORD);
  await expect(page.getByText(words.wrongPassword)).toBeVisible();
  await signIn(page, words, email, NEW);
  await expect(page).toHaveURL(MORNING);
});

test("a second factor is set up, asked for and switched off @plain", async ({ page, words, language }) => {
  const text = TEXT[language];
  const email = await register(page, words);
  await page.goto("/settings/profile");
  await page.getByRole("link", { name: text.setUp }).click();
  await expect(page.getByRole("button", { name: text.go })).toBeVisible();
  await page.getByLabel(words.password, { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: text.go }).click();
  await expect(page.locator(".qr svg")).toBeVisible();
  await checkPage(page, "second-factor-setup");
  const secret = (await page.locator(".secret code").innerText()).replaceAll(" ", "");
  await page.getByLabel(text.code).fill(totp(secret, Date.now()));
  await page.getByRole("button", { name: text.on }).click();
  await expect(page.getByRole("heading", { name: text.codesTitle })).toBeVisible();
  const codes = await page.locator(".codes code").allInnerTexts();
  expect(new Set(codes).size).toBe(10);
  await checkPage(page, "recovery-codes");
  await page.getByRole("link", { name: text.saved }).click();
  await expect(page.getByRole("link", { name: text.manage, exact: true })).toBeVisible();

  await page.getByRole("button", { name: text.signOut }).first().click();
  await signIn(page, words, email, PASSWORD);
  await expect(page).toHaveURL(/\/login\/code/);
  await expect(page.getByRole("heading", { name: text.codePage })).toBeVisible();
  await checkPage(page, "login-code");
  await page.getByLabel(text.code).fill("000 000 0");
  await page.getByRole("button", { name: words.signIn }).click();
  await expect(page.getByText(text.wrongCode)).toBeVisible();
  // The code of this half minute was used up by the set-up: the phone is lost, a recovery code is at hand.
  await page.getByLabel(text.code).fill(codes[0] ?? "");
  await page.getByRole("button", { name: words.signIn }).click();
  await expect(page).toHaveURL(MORNING);

  await page.goto("/settings/profile/second-factor");
  await page.locator("summary", { hasText: text.switchOff }).click();
  const form = page.locator("details[open] form");
  await form.getByLabel(words.password).fill(PASSWORD);
  await form.getByLabel(text.either).fill(codes[1] ?? "");
  await checkPage(page, "second-factor-off");
  await form.getByRole("button", { name: text.off, exact: true }).click();
  await expect(page.getByRole("button", { name: text.go })).toBeVisible();
  await page.goto("/settings/profile");
  await expect(page.getByText(text.passwordOnly)).toBeVisible();
});

test("other sign-ins are ended from here @plain", async ({ page, words, language, browser }) => {
  const text = TEXT[language];
  const email = await register(page, words);
  const context = await browser.newContext({ javaScriptEnabled: false, locale: language });
  const phone = await context.newPage();
  await signIn(phone, words, email, PASSWORD);
  await expect(phone).toHaveURL(MORNING);

  await page.goto("/settings/profile");
  await expect(page.locator(".sign-ins li")).toHaveCount(2);
  await expect(page.getByText(text.thisOne)).toBeVisible();
  await page.locator("summary", { hasText: text.endOthers }).click();
  await page.getByRole("button", { name: text.endOthersDo }).click();
  await expect(page.getByText(text.ended)).toBeVisible();
  await expect(page.locator(".sign-ins li")).toHaveCount(1);
  await phone.goto("/settings");
  await expect(phone).toHaveURL(/\/login/);
  await context.close();
});

test("a forgotten password gets the same answer for every address @plain", async ({ page, words, language }) => {
  const text = TEXT[language];
  await page.goto("/login");
  await page.getByRole("link", { name: text.forgot }).click();
  await expect(page).toHaveURL(/\/forgot/);
  await checkPage(page, "forgot");
  await page.getByLabel(words.email).fill("nobody@example.com");
  await page.getByRole("button", { name: text.send }).click();
  await expect(page.getByText(text.sent)).toBeVisible();
});

test("a link that is over says so and leads to a new one @plain", async ({ page, language }) => {
  const text = TEXT[language];
  const token = "x".repeat(43);
  await page.goto(`/reset/${token}`);
  await checkPage(page, "reset");
  await page.getByLabel(text.renewed).fill(NEW);
  await page.getByRole("button", { name: text.save }).click();
  await expect(page.getByText(text.over)).toBeVisible();
  await page.locator("a[href='/forgot']").click();
  await expect(page).toHaveURL(/\/forgot/);

  await page.goto(`/verify/${token}`);
  await page.getByRole("button", { name: text.confirmMail }).click();
  await expect(page.getByText(text.over)).toBeVisible();
  await checkPage(page, "verify-over");
});
