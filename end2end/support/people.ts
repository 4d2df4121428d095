// People who use the product, as far as a spec needs one.
import { randomUUID } from "node:crypto";
import { expect, type Locator, type Page } from "@playwright/test";
import { personalKey } from "./keys.ts";
import type { Words } from "./words.ts";

export const PASSWORD = "verstka pod dozhdem 7";

/** Registers a new company through the form and lands where its first shop is connected. */
export async function register(page: Page, words: Words): Promise<string> {
  const email = `anna.${randomUUID()}@example.com`;
  await page.goto("/register");
  await page.getByLabel(words.email).fill(email);
  await page.getByLabel(words.password).fill(PASSWORD);
  await page.getByLabel(words.company).fill("Дом и уют");
  await page.getByRole("button", { name: words.register }).click();
  await expect(page).toHaveURL(/\/settings/);
  return email;
}

/** The first page of whoever is signed in. */
export const MORNING = /^https?:\/\/[^/]+\/$/;

/** Starts a demo shop from the first page and lands on its morning. */
export async function startDemo(page: Page, words: Words): Promise<void> {
  await page.goto("/");
  await page.getByRole("button", { name: words.demo }).first().click();
  await expect(page.locator(".today-tiles")).toBeVisible();
  await expect(page).toHaveURL(MORNING);
}

/** The same, and goes to its products. */
export async function enterDemo(page: Page, words: Words): Promise<void> {
  await startDemo(page, words);
  await page.goto("/products");
}

/** Pastes a key on the settings page. */
export async function connect(page: Page, words: Words, key = personalKey()): Promise<void> {
  await page.goto("/settings");
  await page.getByLabel(words.key, { exact: true }).fill(key);
  await page.getByRole("button", { name: words.connect }).click();
}

/** The products of the table, each a link to its page. */
export function productLinks(page: Page): Locator {
  return page.locator("a.product-link");
}

/** On a phone the bar holds five places; the others are behind the last of them. */
export async function openRest(page: Page): Promise<void> {
  const rest = page.locator(".nav-more summary");
  if (await rest.isVisible()) {
    await rest.click();
  }
}
