// A place in a day's list as an opaque text. Signed, because a made-up place could skip or repeat orders
// without anybody noticing.
import type { PagePosition } from "../ports/table.ts";
import { isUrlToken, signUrlToken } from "../signing/url-token.ts";

export function encodeCursor(keys: readonly Buffer[], day: string, position: PagePosition): string {
  const [key] = keys;
  if (!key) throw new Error("no key to sign a cursor with");
  const places = position.map((place) => place && [place.merchantUid, place.createdAtMs]);
  const payload = Buffer.from(JSON.stringify(places), "utf8").toString("base64url");
  return `${payload}.${signUrlToken(key, signedText(day, payload))}`;
}

/** The place, or null for a text we did not give for that day. */
export function decodeCursor(keys: readonly Buffer[], day: string, cursor: string): PagePosition | null {
  const [payload = "", token = "", ...rest] = cursor.split(".");
  if (rest.length > 0 || !isUrlToken(keys, signedText(day, payload), token)) return null;
  const places = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as (
    | [string, number]
    | null
  )[];
  return places.map((place) => place && { merchantUid: place[0], createdAtMs: place[1] });
}

/** A space keeps it apart from every order number the same keys sign. */
const signedText = (day: string, payload: string): string => `cursor ${day} ${payload}`;
