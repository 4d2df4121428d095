// The built files as the server hands them out.
import { expect, test } from "../support/test.ts";

test.skip(({ language, viewport }) => language !== "en" || viewport?.width !== 1440, "the same in every combination");

test("files with a hash are kept for ever and come compressed", async ({ page, request }) => {
  await page.goto("/login");
  const sheet = await page.locator("link[rel=stylesheet]").getAttribute("href");
  expect(sheet).toMatch(/^\/pkg\/.+\.[0-9a-f]{16}\.css$/);
  const answer = await request.get(sheet ?? "", { headers: { "accept-encoding": "br" } });
  expect(answer.status()).toBe(200);
  expect(answer.headers()["cache-control"]).toBe("public, max-age=31536000, immutable");
  expect(answer.headers()["content-encoding"]).toBe("br");
  expect(answer.headers()["content-type"]).toContain("text/css");
});

test("answers carry a policy that allows scripts of ours only", async ({ request }) => {
  const answer = await request.get("/login", { headers: { accept: "text/html" } });
  const policy = answer.headers()["content-security-policy"] ?? "";
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("'wasm-unsafe-eval'");
  expect(policy).not.toContain("'unsafe-eval'");
  expect(policy).toContain("frame-ancestors 'none'");
});
