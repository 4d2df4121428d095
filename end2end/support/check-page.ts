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
  expect(await wider(page), "elements wider than the window").toEqual([]);
  await page.screenshot({ path: `shots/${test.info().project.name}/${name}.png`, fullPage: true });
  expect(await violations(page), "what axe finds on the page").toEqual([]);
}

/** What axe finds. */
export async function violations(page: Page): Promise<object[]> {
  // What lies under the bars at the foot is scrolled to: they are no neighbours of it.
  await place(page, "static");
  const { violations: found } = await new AxeBuilder({ page }).withTags(STANDARDS).analyze();
  await place(page, "");
  return found.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ target, failureSummary }) => `${target.join(" ")}: ${failureSummary}`),
  }));
}

async function place(page: Page, position: string): Promise<void> {
  await page.locator(".nav, .live-bars").evaluateAll((bars, position) => {
    for (const bar of bars) if (bar instanceof HTMLElement) bar.style.position = position;
  }, position);
}

/** Elements that are wider than the window. */
export async function wider(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) {
      return [];
    }
    // What scrolls by itself may hold what is wider; and the bar at the foot is as wide as what is too wide.
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      (["auto", "scroll"].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > width + 0.5)
      .filter((element) => !element.closest(".nav") && !scrolls(element.parentElement))
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  });
}
