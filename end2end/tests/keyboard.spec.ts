// The core tasks without a mouse: everything is reached by keys, in sight, and never under what lies over the page.
import { productLinks, startDemo } from "../support/people.ts";
import { settled } from "../support/steady.ts";
import { expect, test } from "../support/test.ts";
import type { Page } from "@playwright/test";

/** Where the keyboard is: what it is called, and whether one sees it. */
async function focus(page: Page): Promise<{ name: string; href: string; seen: boolean; marked: boolean; left: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) {
      return { name: "", href: "", seen: false, marked: false, left: true };
    }
    const { left, top, width, height } = element.getBoundingClientRect();
    // In a line that is wider than the window a part of a link is enough.
    const points = [left + 4, left + width / 2, left + width - 4];
    const hits = points.map((x) => document.elementFromPoint(x, top + Math.min(height, 40) / 2));
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return {
      name: (element.getAttribute("aria-label") ?? element.innerText ?? "").trim(),
      href: element.getAttribute("href") ?? "",
      seen: hits.some((at) => at !== null && (element.contains(at) || at.contains(element))),
      left: false,
      marked: (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none",
    };
  });
}

/** Goes on by Tab until something is found or the page is left; everything on the way is in sight and marked. */
async function tabTo(page: Page, found: (at: { name: string; href: string }) => boolean): Promise<boolean> {
  for (let presses = 0; presses < 200; presses += 1) {
    await page.keyboard.press("Tab");
    const at = await focus(page);
    if (at.left) {
      return false;
    }
    expect.soft(at.marked, `the focus is marked on ${at.name || at.href}`).toBe(true);
    expect.soft(at.seen, `nothing lies over ${at.name || at.href}`).toBe(true);
    if (found(at)) {
      return true;
    }
  }
  return false;
}

test("a product is found, looked at, and its shop synchronised by keys alone", async ({ page, words }) => {
  await startDemo(page, words);
  await settled(page);
  // Past the frame in one step.
  await page.keyboard.press("Tab");
  expect((await focus(page)).href).toBe("#content");
  await page.keyboard.press("Enter");
  await expect(page.locator("#content")).toBeFocused();

  await page.keyboard.press("g");
  await page.keyboard.press("p");
  await expect(page).toHaveURL(/\/products$/);
  await expect(productLinks(page).first()).toBeVisible();
  const title = (await productLinks(page).first().innerText()).trim().split("\n").at(-1) ?? "";
  await page.keyboard.press("/");
  await expect(page.getByRole("searchbox")).toBeFocused();
  await page.keyboard.type(title);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/search=/);
  await expect(productLinks(page).first()).toBeVisible();
  expect(await tabTo(page, ({ href }) => /^\/products\/[0-9a-f-]{36}/.test(href))).toBe(true);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/products\/[0-9a-f-]{36}/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);

  await page.goto("/syncs");
  await settled(page);
  expect(await tabTo(page, ({ name }) => name === words.synchronise)).toBe(true);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/syncs\/[0-9a-f-]{36}/);
  await expect(page.getByText(words.completed).first()).toBeVisible({ timeout: 25_000 });
});

test("settings are changed and the way out is found by keys alone", async ({ page, words }) => {
  await startDemo(page, words);
  await page.goto("/settings");
  await settled(page);
  const name = page.getByLabel(words.companyName, { exact: true });
  // From the first to the last.
  expect(await tabTo(page, () => false)).toBe(false);
  await name.focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Тепло и свет");
  await page.keyboard.press("Enter");
  await expect(page.getByText(words.saved)).toBeVisible();
  // The page that came with the answer may not be alive yet.
  await expect(async () => {
    await page.keyboard.press("Control+k");
    await expect(page.getByRole("combobox")).toBeFocused({ timeout: 1_000 });
  }).toPass();
  await page.keyboard.type(words.signOut);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/login/);
});
