// What people and devices ask for: paper, forced colours, no motion, great magnification.
import { enterDemo, startDemo } from "../support/people.ts";
import { settled } from "../support/steady.ts";
import { wider } from "../support/check-page.ts";
import { expect, test } from "../support/test.ts";

const LISTS = ["/products", "/orders", "/warehouses", "/syncs"];

test("a list on paper is the list: no rail, no buttons, dark ink, every column", async ({ page, words }) => {
  await startDemo(page, words);
  await page.emulateMedia({ media: "print" });
  for (const path of LISTS) {
    await page.goto(path);
    await expect(page.getByRole("table").first(), path).toBeVisible();
    for (const away of [".rail", ".nav", ".pager", ".filters", ".sync-button", ".demo-banner", ".live-bars", ".list-foot"]) {
      await expect(page.locator(away).locator("visible=true"), `${path} ${away}`).toHaveCount(0);
    }
    const [ink, ground] = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      const light = (css: string) => {
        const canvas = document.createElement("canvas").getContext("2d");
        if (!canvas) {
          return 0;
        }
        canvas.fillStyle = css;
        canvas.fillRect(0, 0, 1, 1);
        const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
        return (red + green + blue) / 3;
      };
      return [light(color), light(backgroundColor)];
    });
    expect(ink, `${path}: dark ink`).toBeLessThan(90);
    expect(ground, `${path}: on white`).toBeGreaterThan(240);
    await page.screenshot({ path: `shots/${test.info().project.name}/print${path.replaceAll("/", "-")}.png`, fullPage: true });
  }
});

test("forced colours keep what colours say", async ({ page, words }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await enterDemo(page, words);
  await settled(page);
  const borders = await page.locator(".button").locator("visible=true").first().evaluate((button) => getComputedStyle(button).borderTopStyle);
  expect(borders).toBe("solid");
  await page.screenshot({ path: `shots/${test.info().project.name}/forced-products.png` });
  await page.goto("/analytics");
  await settled(page);
  await page.screenshot({ path: `shots/${test.info().project.name}/forced-analytics.png` });
});

test("who wants no motion gets none", async ({ page, words }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await startDemo(page, words);
  for (const path of ["/", "/products", "/analytics"]) {
    await page.goto(path);
    await settled(page);
    const moving = await page.evaluate(() => document.getAnimations().map((animation) => String((animation as CSSAnimation).animationName ?? "transition")));
    expect(moving, path).toEqual([]);
  }
});

test("at 320 px, which is 400 %, nothing scrolls sideways", async ({ page, words, viewport }) => {
  test.skip(viewport?.width !== 360, "once a theme is enough");
  await startDemo(page, words);
  await page.setViewportSize({ width: 320, height: 640 });
  for (const path of ["/", "/products", "/warehouses", "/orders", "/analytics", "/syncs", "/settings", "/settings/shops"]) {
    await page.goto(path);
    await settled(page);
    expect(await wider(page), path).toEqual([]);
  }
});
