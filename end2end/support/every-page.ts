// Which pages there are, the states in which each is looked at, and with which language, theme and width.
import type { Language } from "./words.ts";

/** Pages before the door. */
export const OUTSIDE = ["/welcome", "/login", "/register", "/forgot"];

/** Pages behind it; `:product` and `:sync` are the first ones of the shop, where it has any. */
export const INSIDE = [
  "/",
  "/products",
  "/products/:product",
  "/warehouses",
  "/orders",
  "/syncs",
  "/syncs/:sync",
  "/analytics",
  "/past",
  "/audit",
  "/settings",
  "/settings/shops",
  "/settings/orders",
  "/settings/profile",
  "/settings/profile/second-factor",
  "/settings/team",
  "/settings/keys",
  "/settings/usage",
  "/settings/danger",
  "/no-such-page",
];

/** What a state changes of an address: the widest that a list can show. */
export const LARGE: Record<string, string> = {
  "/products": "?page_size=200",
  "/products/:product": "?days=365",
  "/orders": "?days=90",
  "/analytics": "?days=365",
};

const LANGUAGES: Language[] = ["ru", "en"];
const THEMES = ["light", "dark"] as const;
const WIDTHS = [360, 1440] as const;
const STATES = ["empty", "small", "large", "error"] as const;

export type State = (typeof STATES)[number];
type Row = [Language, (typeof THEMES)[number], (typeof WIDTHS)[number], State];

/** Eight rows in which every two values of different columns meet: fewer can't, for four states and two of each other. */
export const PAIRS: Row[] = [
  ["ru", "light", 360, "empty"],
  ["en", "dark", 1440, "empty"],
  ["ru", "dark", 1440, "small"],
  ["en", "light", 360, "small"],
  ["en", "light", 1440, "large"],
  ["ru", "dark", 360, "large"],
  ["en", "dark", 360, "error"],
  ["ru", "light", 1440, "error"],
];

/** All thirty-two. */
export const ALL: Row[] = STATES.flatMap((state) =>
  LANGUAGES.flatMap((language) =>
    THEMES.flatMap((theme) => WIDTHS.map((width): Row => [language, theme, width, state])),
  ),
);

/** The pairs that rows lack: none, or the table is wrong. */
export function missingPairs(rows: Row[]): string[] {
  const columns = [LANGUAGES, THEMES, WIDTHS, STATES];
  const met = new Set(
    rows.flatMap((row) => row.flatMap((a, i) => row.slice(i + 1).map((b, j) => `${i}:${a} ${i + 1 + j}:${b}`))),
  );
  return columns.flatMap((values, i) =>
    columns.slice(i + 1).flatMap((others, j) =>
      values.flatMap((a) => others.map((b) => `${i}:${a} ${i + 1 + j}:${b}`)),
    ),
  ).filter((pair) => !met.has(pair));
}
