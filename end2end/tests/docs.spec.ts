// The API's documentation in a browser that reaches nothing but this machine:
// both pages show every operation, and each can be tried with a token.
import { randomUUID } from "node:crypto";
import { expect, test } from "../support/test.ts";

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
}

/** The operations of the document that both pages are made from. */
async function operations(document: { paths: Record<string, Record<string, Operation>> }) {
  return Object.values(document.paths).flatMap((item) => Object.values(item));
}

test("/docs shows every operation and tries one with a token", async ({ page, request }) => {
  const document = await (await request.get("/openapi.json")).json();
  const all = await operations(document);
  expect(all.length).toBeGreaterThan(30);
  await page.goto("/docs/");
  for (const { operationId, tags } of all) {
    // Swagger UI writes a space of a tag as an underscore.
    const tag = tags[0]?.replaceAll(" ", "_");
    await expect(page.locator(`#operations-${tag}-${operationId}`)).toBeVisible();
  }

  const registered = await request.post("/api/v1/auth/register", {
    data: {
      email: `docs-${randomUUID()}@example.com`,
      password: "correct horse battery",
      company_name: "Документация",
    },
  });
  expect(registered.status()).toBe(201);
  const { access_token: token } = await registered.json();

  await page.getByRole("button", { name: "Authorize" }).first().click();
  const dialog = page.locator(".modal-ux");
  await dialog.getByRole("textbox").fill(token);
  await dialog.getByRole("button", { name: "Apply credentials" }).click();
  await dialog.getByRole("button", { name: "Close", exact: true }).click();

  const me = page.locator("#operations-tenants-tenants_me");
  await me.locator(".opblock-summary-control").click();
  await me.getByRole("button", { name: "Try it out" }).click();
  const [sent] = await Promise.all([
    page.waitForRequest((asked) => asked.url().endsWith("/api/v1/tenants/me")),
    me.getByRole("button", { name: "Execute" }).click(),
  ]);
  expect(sent.headers()["authorization"]).toBe(`Bearer ${token}`);
  await expect(me.locator(".live-responses-table .response-col_status").last()).toContainText("200");
  await expect(me.locator(".live-responses-table .response-col_description").last()).toContainText("Документация");
});

test("/redoc shows every operation", async ({ page, request }) => {
  const document = await (await request.get("/openapi.json")).json();
  await page.goto("/redoc");
  // Redoc writes a space of a tag as a hyphen, and takes its time to draw so many operations.
  const wanted = (await operations(document)).map(
    ({ operationId, tags }) => `tag/${tags[0]?.replaceAll(" ", "-")}/operation/${operationId}`,
  );
  const missing = () => page.evaluate((ids) => ids.filter((id) => !document.getElementById(id)), wanted);
  await expect.poll(missing, { timeout: 60_000 }).toEqual([]);
  await expect(page.getByRole("heading", { name: /Stock Tracker API/ }).first()).toBeVisible();
});
