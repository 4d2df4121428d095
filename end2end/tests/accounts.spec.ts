// Signing in and out, and what happens when it goes wrong.
import { checkPage } from "../support/check-page.ts";
import { MORNING, PASSWORD, register } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test.use({ expectedConsole: [/status of (401|409|422)/] });

test("a person signs out and in again; the address is kept, the password is not @plain", async ({ page, words }) => {
  const email = await register(page, words);
  await page.getByRole("button", { name: words.signOut }).first().click();
  await expect(page).not.toHaveURL(/products/);

  await page.goto("/login");
  await page.getByLabel(words.email).fill(email);
  await page.getByLabel(words.password).fill("not the password");
  await page.getByRole("button", { name: words.signIn }).click();
  await expect(page.getByText(words.wrongPassword)).toBeVisible();
  expect(page.url()).not.toContain("not%20the");
  expect(page.url()).not.toContain("not+the");
  await expect(page.getByLabel(words.email)).toHaveValue(email);
  await expect(page.getByLabel(words.password)).toHaveValue("");
  await checkPage(page, "login-wrong");

  await page.getByLabel(words.password).fill(PASSWORD);
  await page.getByRole("button", { name: words.signIn }).click();
  await expect(page).toHaveURL(MORNING);
});

test("a short password is refused beside its field, before anything is created", async ({ page, words }) => {
  await page.goto("/register");
  await page.getByLabel(words.email).fill("boris@example.com");
  await page.getByLabel(words.company).fill("Дом и уют");
  const password = page.getByLabel(words.password);
  await password.evaluate((input: HTMLInputElement) => input.removeAttribute("minlength"));
  await password.fill("short");
  await page.getByRole("button", { name: words.register }).click();
  await expect(page.locator(".mistake")).toContainText(words.tooShort);
  await expect(page).toHaveURL(/\/register/);
  await checkPage(page, "register-mistake");
});

test("the owner renames the company, with or without script @plain", async ({ page, words }) => {
  await register(page, words);
  await page.goto("/settings");
  await page.getByLabel(words.companyName, { exact: true }).fill("Тепло и свет");
  await page.getByRole("button", { name: words.save }).click();
  await expect(page.getByText(words.saved)).toBeVisible();
  await page.goto("/products");
  await expect(page.getByText("Тепло и свет").first()).toBeAttached();
});

test("pages of the signed-in lead a stranger to the door @plain", async ({ page }) => {
  for (const path of ["/products", "/syncs", "/settings"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/login/);
  }
});
