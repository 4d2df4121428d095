// The `test` of every spec: a page that fails its test when anything goes wrong
// in it, even where the spec does not look.
import { test as base, expect, type ConsoleMessage, type Request } from "@playwright/test";
import { WORDS, type Language, type Words } from "./words.ts";

export { expect };

/** What a project decides, and what a spec may change with `test.use`. */
export interface Settings {
  language: Language;
  /** Errors in the console that belong to the test, such as a refused request. */
  expectedConsole: RegExp[];
}

interface Fixtures {
  /** The words of the pages in the project's language. */
  words: Words;
  /** Fails the test for what happened behind it. */
  watch: void;
}

/** Where Wildberries keeps photos: the simulated shop has none there, so a drawing is answered in their place. */
const PHOTOS = /^https:\/\/basket-\d+\.wbbasket\.ru\//;
const PHOTO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 4"><rect width="3" height="4" fill="#9bb"/></svg>';

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

export const test = base.extend<Fixtures & Settings>({
  language: ["ru", { option: true }],
  expectedConsole: [[], { option: true }],

  words: async ({ language }, use) => {
    await use(WORDS[language]);
  },

  // Refused by a content security policy, thrown, logged as an error, asked of
  // another machine: each is a mistake wherever it happens.
  watch: [
    async ({ context, expectedConsole }, use) => {
      const mistakes: string[] = [];
      const expected = (text: string) => expectedConsole.some((pattern) => pattern.test(text));
      context.on("console", (message: ConsoleMessage) => {
        if (message.type() === "error" && !expected(message.text())) {
          mistakes.push(`console: ${message.text()} (${message.location().url})`);
        }
      });
      context.on("weberror", (error) => mistakes.push(`thrown: ${error.error().message}`));
      context.on("request", (request: Request) => {
        const url = new URL(request.url());
        const elsewhere = url.protocol.startsWith("http") && !LOOPBACK.has(url.hostname);
        if (elsewhere && !PHOTOS.test(request.url())) {
          mistakes.push(`asked another machine: ${request.url()}`);
        }
      });
      await context.route(PHOTOS, (route) => route.fulfill({ contentType: "image/svg+xml", body: PHOTO }));
      await use();
      expect(mistakes, "what went wrong in the pages of this test").toEqual([]);
    },
    { auto: true },
  ],
});
