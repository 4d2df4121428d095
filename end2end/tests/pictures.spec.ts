// The pictures of the documents, made of the demo shop. `cargo xtask e2e --pictures` renews them; otherwise this only
// shows that they can be made.
import { mkdir, writeFile } from "node:fs/promises";
import { connect, productLinks, register, startDemo } from "../support/people.ts";
import { settled } from "../support/steady.ts";
import { expect, test } from "../support/test.ts";
import type { Page } from "@playwright/test";

test.skip(
  ({ language, colorScheme, viewport }) => language !== "en" || colorScheme !== "light" || viewport?.width !== 1440,
  "one combination is enough",
);

const folder = process.env.E2E_PICTURES === "1" ? "../docs/images" : "test-results/pictures";
const SMALL = { width: 1200, height: 750 };
const PHONE = { width: 390, height: 780 };

/** A picture of what the window shows. */
async function take(page: Page, name: string): Promise<void> {
  await settled(page);
  await page.evaluate(() => {
    // Those further down are fetched when they are scrolled to.
    const seen = [...document.images].filter((image) => image.getBoundingClientRect().top < innerHeight);
    return Promise.all(seen.map((image) => image.decode().catch(() => undefined)));
  });
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/${name}.webp`, await packed(page, await page.screenshot()));
}

/** The same picture as WebP, a fifth of the size: packed by the browser itself, in an empty page. */
async function packed(page: Page, png: Buffer): Promise<Buffer> {
  const empty = await page.context().newPage();
  const base64 = await empty.evaluate(async (source) => {
    const bytes = Uint8Array.from(atob(source), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    canvas.getContext("2d")?.drawImage(image, 0, 0);
    return canvas.toDataURL("image/webp", 0.86).split(",")[1] ?? "";
  }, png.toString("base64"));
  await empty.close();
  return Buffer.from(base64, "base64");
}

test("the pictures of the tour", async ({ page, words }) => {
  await page.setViewportSize(SMALL);
  await startDemo(page, words);
  await take(page, "today");
  await page.goto("/products");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(words.products);
  await take(page, "products");
  await productLinks(page).first().click();
  await expect(page).toHaveURL(/\/products\/[0-9a-f-]{36}/);
  await take(page, "product");
  for (const name of ["warehouses", "orders", "analytics", "past"]) {
    await page.goto(`/${name}`);
    await take(page, name);
  }
  await page.goto("/");
  await settled(page);
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox")).toBeFocused();
  await page.keyboard.type("mug");
  await take(page, "palette");
});

test("the pictures of a phone, in the dark", async ({ page, words }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await page.setViewportSize(PHONE);
  await startDemo(page, words);
  await take(page, "phone-today");
  await page.goto("/products");
  await take(page, "phone-products");
});

test("the picture of the first minutes", async ({ page, words }) => {
  await page.setViewportSize(SMALL);
  await register(page, words);
  await connect(page, words);
  await expect(page.getByText(words.keyAccepted)).toBeVisible();
  await page.goto("/settings/shops");
  await take(page, "shops");
});
