// A few pages that hold neither a time nor a number, against the pictures of them that are kept. What is seen otherwise
// was meant to be, or is a mistake. `cargo xtask e2e -- baseline --update-snapshots` keeps new ones.
import { OUTSIDE } from "../support/every-page.ts";
import { register } from "../support/people.ts";
import { settled } from "../support/steady.ts";
import { expect, test } from "../support/test.ts";
import type { Page } from "@playwright/test";

/** Which project keeps which pages. */
const KEPT: Record<string, string[]> = {
  "ru-light-360": ["/login"],
  "en-light-1440": ["/register", "/settings/keys"],
  "en-dark-360": ["/forgot"],
};

async function kept(page: Page, project: string, path: string): Promise<void> {
  await page.goto(path);
  await settled(page);
  await expect(page).toHaveScreenshot([`${project}${path.replaceAll("/", "-")}.png`], {
    // Addresses and ages are of this run.
    mask: [page.locator("time, .person-mail, .account-age")],
  });
}

test("what is kept looks as it did", async ({ page, words }) => {
  const project = test.info().project.name;
  const paths = KEPT[project] ?? [];
  test.skip(paths.length === 0, "the others are looked at by every-page.spec.ts");
  for (const path of paths.filter((path) => OUTSIDE.includes(path))) {
    await kept(page, project, path);
  }
  await register(page, words);
  for (const path of paths.filter((path) => !OUTSIDE.includes(path))) {
    await kept(page, project, path);
  }
});
