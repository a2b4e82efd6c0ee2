// A place in a list of orders as an opaque text. Signed, because a made-up place could skip or repeat orders
// without anybody noticing.
import type { PagePosition } from "../ports/table.ts";
import { isUrlToken, signUrlToken } from "../signing/url-token.ts";
import { invalidField } from "./fields.ts";
import { malformed } from "./problem-error.ts";

export function encodeCursor(keys: readonly Buffer[], list: string, position: PagePosition): string {
  const [key] = keys;
  if (!key) throw new Error("no key to sign a cursor with");
  const places = position.map((place) => place && [place.merchantUid, place.atMs]);
  const payload = Buffer.from(JSON.stringify(places), "utf8").toString("base64url");
  return `${list}.${payload}.${signUrlToken(key, signedText(list, payload))}`;
}

/** What a cursor says it is a place in, proven by nothing yet; null for the first page. */
export const listOfCursor = (cursor: string): string | null => cursor.split(".")[0] || null;

/** The place, null for the first page. Throws invalid_field for a text we did not give for that list. */
export function decodeCursor(keys: readonly Buffer[], list: string, cursor: string): PagePosition | null {
  if (cursor === "") return null;
  const [named, payload = "", token = "", ...rest] = cursor.split(".");
  if (named !== list || rest.length > 0 || !isUrlToken(keys, signedText(list, payload), token))
    throw malformed([invalidField("/cursor", "발급한 적이 없는 cursor입니다.")]);
  const places = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as (
    | [string, number]
    | null
  )[];
  return places.map((place) => place && { merchantUid: place[0], atMs: place[1] });
}

/** A space keeps it apart from every order number the same keys sign. */
const signedText = (list: string, payload: string): string => `cursor ${list} ${payload}`;
