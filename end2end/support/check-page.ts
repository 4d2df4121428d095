// What holds on every page: no violation that axe finds, nothing wider than the
// window, and a screenshot to look at.
import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** `name` is the screenshot's: shots/<project>/<name>.png. */
export async function checkPage(page: Page, name: string): Promise<void> {
  if (test.info().project.use.javaScriptEnabled === false) {
    // Neither axe nor a measurement runs where scripts don't; the other projects see the same page.
    await page.screenshot({ path: `shots/${test.info().project.name}/${name}.png`, fullPage: true });
    return;
  }
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await expectNoOverflow(page);
  await page.screenshot({ path: `shots/${test.info().project.name}/${name}.png`, fullPage: true });
  await expectAccessible(page);
}

async function expectAccessible(page: Page): Promise<void> {
  // What lies under the phone's bar is scrolled to: the bar is no neighbour of it.
  await page.locator(".nav").evaluateAll(([bar]) => bar instanceof HTMLElement && (bar.style.position = "static"));
  const { violations } = await new AxeBuilder({ page }).withTags(STANDARDS).analyze();
  await page.locator(".nav").evaluateAll(([bar]) => bar instanceof HTMLElement && (bar.style.position = ""));
  const found = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`),
  }));
  expect(found, "what axe finds on the page").toEqual([]);
}

async function expectNoOverflow(page: Page): Promise<void> {
  const wide = await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) {
      return [];
    }
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > width + 0.5)
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  });
  expect(wide, "elements wider than the window").toEqual([]);
}
