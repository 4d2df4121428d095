// A sync that somebody ends before its end.
import { checkPage } from "../support/check-page.ts";
import { personalKey } from "../support/keys.ts";
import { connect, register } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const WORDS = {
  ru: { cancel: "Остановить синхронизацию", cancelled: "Остановлена", waits: /просит подождать до/ },
  en: { cancel: "Cancel the sync", cancelled: "Cancelled", waits: /asks to wait until/ },
};

test("a sync that waits for the marketplace can be ended @plain", async ({ page, words, language, javaScriptEnabled }) => {
  const say = WORDS[language];
  await register(page, words);
  await connect(page, words, personalKey({ base: true }));
  await expect(page.getByText(words.keyAccepted)).toBeVisible();
  // With such a key orders are answered once in hours: a sync waits for them, the second one at the latest.
  const waits = page.getByText(say.waits).first();
  await expect(async () => {
    await page.goto("/syncs");
    await page.getByRole("button", { name: words.synchronise }).first().click();
    await expect(page).toHaveURL(/\/syncs\/[0-9a-f-]{36}/);
    await expect(async () => {
      if (javaScriptEnabled === false) {
        await page.reload();
      }
      await expect(waits).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 12_000 });
  }).toPass({ timeout: 60_000 });
  await checkPage(page, "sync-waits");

  await page.getByRole("button", { name: say.cancel }).click();
  await expect(page.getByText(say.cancelled, { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("button", { name: say.cancel })).toHaveCount(0);
  await checkPage(page, "sync-cancelled");
  await page.goto("/syncs");
  await expect(page.getByText(say.cancelled, { exact: true }).first()).toBeVisible();
});
