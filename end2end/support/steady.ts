// Whether a page has come alive, and whether anything on it moved meanwhile.
import { expect, type Page } from "@playwright/test";

/** Waits until the page's letters are there and what needs script works. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  if ((await page.locator(".palette-open").count()) > 0) {
    await page.locator(".palette-open:not(.asleep)").waitFor({ state: "attached" });
  }
  await expect(page.locator(".progress-bar.busy, .skeleton, .skeleton-row")).toHaveCount(0);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

/** The sum of all layout shifts since the page was opened, and what moved most. */
export async function shifts(page: Page): Promise<{ sum: number; moved: string[] }> {
  return page.evaluate(
    () =>
      new Promise((done) => {
        type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: { node?: Node }[] };
        new PerformanceObserver((list) => {
          const all = (list.getEntries() as Shift[]).filter((entry) => !entry.hadRecentInput);
          const name = ({ node }: { node?: Node }) =>
            node instanceof Element ? `${node.tagName.toLowerCase()}.${node.className}` : `${node?.nodeName}`;
          done({
            sum: all.reduce((sum, { value }) => sum + value, 0),
            moved: all.flatMap(({ value, sources }) => sources.map((from) => `${value.toFixed(3)} ${name(from)}`)),
          });
        }).observe({ type: "layout-shift", buffered: true });
        // Where nothing moved nothing is told.
        setTimeout(() => done({ sum: 0, moved: [] }), 120);
      }),
  );
}
