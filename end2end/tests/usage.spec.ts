// What the plan allows and how much of it is used.
import { checkPage } from "../support/check-page.ts";
import { register } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

const WORDS = {
  ru: { usage: "Тариф", people: "Люди", onePerson: /^1\s+из/ },
  en: { usage: "Usage", people: "People", onePerson: /^1\s+of/ },
};

test("the plan tells how much room is left @plain", async ({ page, words, language }) => {
  const say = WORDS[language];
  await register(page, words);
  await page.getByRole("link", { name: say.usage, exact: true }).click();
  await expect(page).toHaveURL(/\/settings\/usage/);
  const meter = page.locator(".usage-meter", { hasText: say.people });
  await expect(meter.locator(".num")).toHaveText(say.onePerson);
  await expect(page.getByRole("link", { name: say.usage, exact: true })).toBeInViewport();
  await checkPage(page, "usage");
});
