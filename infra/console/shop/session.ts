// Who the browser is: a random name in a cookie. A real shop has its members here.
import { createHash } from "node:crypto";

const cookieName = "shop_session";
const keptS = 30 * 24 * 3_600;

/** Null when the browser has none yet, or something else than we gave it. */
export function readSession(cookies: string | undefined): string | null {
  const pairs = (cookies ?? "").split(";").map((pair) => pair.trim().split("="));
  const [, value = ""] = pairs.find(([name]) => name === cookieName) ?? [];
  return /^[A-Za-z0-9_-]{43}$/.test(value) ? value : null;
}

/**
 * `Lax`, because a phone comes back from the payment window on another site: with `Strict` its buyer would be a stranger
 * on the result page. Behind https add `Secure`.
 */
export const sessionCookie = (session: string): string =>
  `${cookieName}=${session}; Path=/; Max-Age=${keptS}; HttpOnly; SameSite=Lax`;

/** What an order remembers of its buyer. It travels through the payment window, so it is no session itself. */
export const buyerOf = (session: string): string =>
  createHash("sha256").update(`buyer ${session}`).digest("base64url").slice(0, 22);
