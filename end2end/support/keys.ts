// Keys as Wildberries makes them, for the simulated one: a JWT whose signature nobody can check.
import { randomUUID } from "node:crypto";

/** Bits of the claim `s`; the five that a stock tracker reads, and read-only. */
const TRACKER = 0b111110;
const STATISTICS = 1 << 5;
const READ_ONLY = 2 ** 30;

interface Wish {
  /** Leave out the category "Statistics": orders can't be read then. */
  withoutOrders?: boolean;
  /** The kind for "all other cases", which is answered seldom. */
  base?: boolean;
}

/** A personal, read-only key of a new seller, good for 120 days. */
export function personalKey({ withoutOrders = false, base = false }: Wish = {}): string {
  const exp = Math.floor(Date.now() / 1000) + 120 * 24 * 3600;
  const s = (withoutOrders ? TRACKER - STATISTICS : TRACKER) + READ_ONLY;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const header = part({ alg: "ES256", kid: "20260302v1", typ: "JWT" });
  const claims = part({ acc: base ? 1 : 3, ent: 1, exp, for: "self", id: randomUUID(), s, sid: randomUUID(), t: false });
  return `${header}.${claims}.${Buffer.alloc(64, 7).toString("base64url")}`;
}
