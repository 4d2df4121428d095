// The pictures of the documents, made of the demo shop. `cargo xtask e2e --pictures` renews them; otherwise this only
// shows that they can be made.
import { enterDemo } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

test.skip(
  ({ language, colorScheme, viewport }) => language !== "en" || colorScheme !== "light" || viewport?.width !== 1440,
  "one combination is enough",
);

const folder = process.env.E2E_PICTURES === "1" ? "../docs/images" : "test-results/pictures";

test("the products page of the demo shop", async ({ page, words }) => {
  await enterDemo(page, words);
  await page.evaluate(() => {
    // Those further down are fetched when they are scrolled to.
    const seen = [...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight);
    return Promise.all(seen.map((image) => image.decode().catch(() => undefined)));
  });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.products);
  await page.screenshot({ path: `${folder}/products.png` });
});
