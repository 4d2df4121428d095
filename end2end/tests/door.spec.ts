// The pages before signing in: complete without scripts.
import { checkPage } from "../support/check-page.ts";
import { expect, test } from "../support/test.ts";

test("the first page leads to the demo, to signing in and to registering @plain", async ({ page, words }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByRole("button", { name: words.demo })).toBeVisible();
  await expect(page.getByRole("link", { name: words.signIn }).first()).toBeVisible();
  await checkPage(page, "landing");
});

test("signing in asks for e-mail and password @plain", async ({ page, words }) => {
  await page.goto("/login");
  await expect(page.getByLabel(words.email)).toBeVisible();
  await expect(page.getByLabel(words.password)).toBeVisible();
  await expect(page.getByRole("button", { name: words.signIn })).toBeVisible();
  await checkPage(page, "login");
});

test("registering asks for a company, too @plain", async ({ page, words }) => {
  await page.goto("/register");
  await expect(page.getByLabel(words.company)).toBeVisible();
  await expect(page.getByRole("button", { name: words.register })).toBeVisible();
  await checkPage(page, "register");
});

test("a page that is not there says so with status 404 @plain", async ({ page, request }) => {
  const answer = await request.get("/nowhere", { headers: { accept: "text/html" } });
  expect(answer.status()).toBe(404);
  expect(await answer.text()).toContain("<h1");
  await page.goto("/login");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("the front pages load no module", async ({ page }) => {
  const modules: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith(".wasm")) {
      modules.push(request.url());
    }
  });
  await page.goto("/login", { waitUntil: "networkidle" });
  expect(modules).toEqual([]);
});
