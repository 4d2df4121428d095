// A second factor, as somebody with an authenticator sets it up.
import { createHmac } from "node:crypto";
import { expect, type Page } from "@playwright/test";
import { PASSWORD } from "./people.ts";
import type { Words } from "./words.ts";

/** RFC 6238, as an authenticator computes it. */
export function totp(secret: string, at: number): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac("sha1", key).update(step).digest();
  const word = hash.readUInt32BE((hash[19] ?? 0) & 0xf) & 0x7fffffff;
  return String(word % 1_000_000).padStart(6, "0");
}

/** Sets a factor up for whoever is signed in; the recovery codes. */
export async function setUpFactor(page: Page, words: Words): Promise<string[]> {
  await page.goto("/settings/profile/second-factor");
  await page.getByLabel(words.password, { exact: true }).fill(PASSWORD);
  await page.locator("main form button").first().click();
  await expect(page.locator(".qr svg")).toBeVisible();
  const secret = (await page.locator(".secret code").innerText()).replaceAll(" ", "");
  await page.locator("main input[name=code]").fill(totp(secret, Date.now()));
  await page.locator("main form:has(input[name=code]) button").first().click();
  await expect(page.locator(".codes code").first()).toBeVisible();
  return page.locator(".codes code").allInnerTexts();
}
