// Every page, empty, small, large and without an answer, in both languages and themes, on a phone and a desk: nothing
// that axe finds, nothing in the console, nothing that moves by itself, nothing wider than the window.
import { violations, wider } from "../support/check-page.ts";
import { ALL, INSIDE, LARGE, missingPairs, OUTSIDE, PAIRS, type State } from "../support/every-page.ts";
import { connect, productLinks, register, startDemo } from "../support/people.ts";
import { settled, shifts } from "../support/steady.ts";
import { expect, test } from "../support/test.ts";
import type { Page } from "@playwright/test";
import type { Words } from "../support/words.ts";

const rows = process.env.E2E_ALL === "1" ? ALL : PAIRS;
/** What a page may move while it comes alive. */
const MOST = 0.01;

// A page that isn't there, a sync that isn't, and all of them once nothing answers.
test.use({ expectedConsole: [/status of (404|503)/] });
test.describe.configure({ timeout: 600_000 });

test("the table has every pair", () => {
  expect(missingPairs(PAIRS)).toEqual([]);
  expect(ALL).toHaveLength(32);
});

for (const [language, colorScheme, width, state] of rows) {
  test.describe(`${state} ${language} ${colorScheme} ${width}`, () => {
    test.use({
      language,
      locale: language === "ru" ? "ru-RU" : "en-GB",
      colorScheme,
      viewport: { width, height: width === 360 ? 780 : 900 },
      hasTouch: width === 360,
    });

    test("every page", async ({ page, words }) => {
      if (state === "empty") {
        for (const path of OUTSIDE) {
          await page.goto(path);
          await look(page, path);
        }
      }
      const ids = await arrive(page, words, state);
      for (const path of INSIDE) {
        const address = path.replace(":product", ids.product).replace(":sync", ids.sync);
        if (state === "error") {
          await openUnanswered(page, address);
        } else {
          await page.goto(address + (state === "large" ? (LARGE[path] ?? "") : ""));
        }
        await look(page, path, state);
      }
    });
  });
}

/** Somebody whose company is in that state, and the pages that it has. */
async function arrive(page: Page, words: Words, state: State): Promise<{ product: string; sync: string }> {
  const nothing = "00000000-0000-7000-8000-000000000000";
  if (state === "empty") {
    await register(page, words);
    return { product: nothing, sync: nothing };
  }
  if (state === "large") {
    await register(page, words);
    await connect(page, words);
    await expect(page.getByText(words.keyAccepted)).toBeVisible();
    await page.goto("/products");
    await page.getByRole("button", { name: words.synchronise }).first().click();
    await expect(page.getByText(words.completed).first()).toBeVisible({ timeout: 60_000 });
  } else {
    await startDemo(page, words);
  }
  const last = async (of: ReturnType<Page["locator"]>) => (await of.first().getAttribute("href"))?.split("/").at(-1) ?? "";
  await page.goto("/products");
  const product = await last(productLinks(page));
  await page.goto("/syncs");
  const sync = await last(page.locator('a[href^="/syncs/"]'));
  if (state === "error") {
    await settled(page);
    await page.route("**/api/fn/**", (route) =>
      route.fulfill({
        status: 503,
        contentType: "application/problem+json",
        body: JSON.stringify({ type: "about:blank", status: 503, code: "unavailable", title: "Unavailable", detail: "The database is away.", request_id: "0198c0de" }),
      }),
    );
  }
  return { product, sync };
}

/** As a link of the page does it: the page is there, and what it asks for is not answered. */
async function openUnanswered(page: Page, path: string): Promise<void> {
  await page.evaluate((href) => {
    const link = document.createElement("a");
    link.href = href;
    document.body.append(link);
    link.click();
    link.remove();
  }, path);
  await page.waitForURL((url) => url.pathname === path);
}

async function look(page: Page, path: string, state: State = "small"): Promise<void> {
  await settled(page);
  const name = path === "/" ? "today" : path.slice(1).replaceAll(/[/:]+/g, "-");
  await page.screenshot({ path: `shots/every-page/${test.info().titlePath.at(-2)}/${name}.png`, fullPage: true });
  const { sum, moved } = await shifts(page);
  // Without a load of its own a page has no shifts of its own.
  if (state !== "error") {
    expect.soft(sum, `${path} moves: ${moved.join(", ")}`).toBeLessThan(MOST);
  }
  expect.soft(await wider(page), `${path}: wider than the window`).toEqual([]);
  expect.soft(await violations(page), `${path}: what axe finds`).toEqual([]);
  await expect.soft(page.getByRole("heading", { level: 1 }).or(page.getByRole("heading", { level: 2 })).first(), `${path} says what it is`).toBeAttached();
}
