// How the browser tests run: Debian's Chromium, and every language, theme and
// width. `cargo xtask e2e` starts the servers and says where they are.
import {
  defineConfig,
  type PlaywrightTestOptions,
  type PlaywrightWorkerOptions,
  type Project,
} from "@playwright/test";
import type { Settings } from "./support/test.ts";

type Language = Settings["language"];
type Theme = "light" | "dark";
type Width = 360 | 1440;
type Combination = Project<PlaywrightTestOptions & Settings, PlaywrightWorkerOptions>;

const EVERY_PAGE = "every-page.spec.ts";

const baseURL = process.env.BASE_URL;
if (!baseURL) {
  throw new Error("BASE_URL is not set: run `cargo xtask e2e`, which starts the servers");
}

const LANGUAGES: Language[] = ["ru", "en"];
const THEMES: Theme[] = ["light", "dark"];
const WIDTHS: Width[] = [360, 1440];
const HEIGHTS: Record<Width, number> = { 360: 780, 1440: 900 };

/** Every pair of values meets in one of these four; E2E_ALL=1 takes all eight. */
const COVERING = new Set(["ru-light-360", "ru-dark-1440", "en-light-1440", "en-dark-360"]);

function project(name: string, language: Language, theme: Theme, width: Width): Combination {
  return {
    name,
    use: {
      language,
      locale: language === "ru" ? "ru-RU" : "en-GB",
      colorScheme: theme,
      viewport: { width, height: HEIGHTS[width] },
      hasTouch: width === 360,
    },
  };
}

const combinations = LANGUAGES.flatMap((language) =>
  THEMES.flatMap((theme) =>
    WIDTHS.map((width) => project(`${language}-${theme}-${width}`, language, theme, width)),
  ),
).filter(({ name }) => process.env.E2E_ALL === "1" || COVERING.has(name ?? ""));

/** What is tagged @plain also works where scripts don't run. */
const plain: Combination = {
  ...project("without-javascript", "ru", "light", 1440),
  grep: /@plain/,
};
plain.use = { ...plain.use, javaScriptEnabled: false };

/** Every page in every state: the spec itself says in which language, theme and width. */
const everyPage: Combination = { ...project("every-page", "ru", "light", 1440), testMatch: EVERY_PAGE };
const eachButThat = combinations.map((combination) => ({ ...combination, testIgnore: EVERY_PAGE }));

export default defineConfig<Settings>({
  testDir: "tests",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  timeout: 90_000,
  forbidOnly: process.env.CI === "true",
  // A machine that also does other things may miss a moment; a mistake fails three times.
  retries: process.env.CI === "true" ? 2 : 0,
  // Letters differ by a hair between machines; a page that looks otherwise differs by more.
  expect: { toHaveScreenshot: { maxDiffPixelRatio: 0.02, animations: "disabled" } },
  snapshotPathTemplate: "baseline/{arg}{ext}",
  reporter: process.env.CI === "true" ? [["dot"]] : [["list"]],
  projects: [...eachButThat, plain, everyPage],
  use: {
    baseURL,
    timezoneId: "Europe/Moscow",
    trace: "retain-on-failure",
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        // Nothing but this machine has an address.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
      ],
    },
  },
});
