// The core tasks where scripts don't run: forms and links alone. With script the same forms are the same forms.
import { readFile } from "node:fs/promises";
import { connect, PASSWORD, productLinks, register } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test("from signing up to a file of the list, by forms alone @plain", async ({ page, words, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled !== false, "the other specs are the walk with script");
  const email = await register(page, words);
  await connect(page, words);
  await expect(page.getByText(words.keyAccepted)).toBeVisible();

  await page.goto("/products");
  await page.getByRole("button", { name: words.synchronise }).first().click();
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(words.completed).first()).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 40_000 });

  await page.goto("/products");
  const title = (await productLinks(page).first().innerText()).trim().split("\n").at(-1) ?? "";
  await page.getByRole("searchbox").fill(title);
  await page.getByRole("button", { name: words.find }).click();
  await expect(page).toHaveURL(/search=/);
  await productLinks(page).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);

  await page.goto("/products");
  const csv = page.locator('a[href*="/exports/products.csv"]').first();
  const [file] = await Promise.all([page.waitForEvent("download"), csv.click()]);
  expect((await readFile(await file.path(), "utf8")).split("\n").length).toBeGreaterThan(200);

  await page.goto("/settings");
  await page.getByLabel(words.companyName, { exact: true }).fill("Тепло и свет");
  await page.getByRole("button", { name: words.save }).click();
  await expect(page.getByText(words.saved)).toBeVisible();
  await page.getByRole("button", { name: words.english }).first().click();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.getByRole("button", { name: "Sign out" }).first().click();
  await page.goto("/login");
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText("Тепло и свет").first()).toBeAttached();
});
