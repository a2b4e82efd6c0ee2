// Bytes to text to fields, once for every door: base64 is undone here and only here, form and JSON are
// both read because PortOne can be set to either, and anything too large or of another type is refused.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { parseJson } from "./json.ts";
import { ProblemError } from "./problem-error.ts";

export type Fields = Readonly<Record<string, unknown>>;
export type BodyType = "json" | "form";

const largestBodyBytes = 65_536;

const types: ReadonlyMap<string, BodyType> = new Map([
  ["application/json", "json"],
  ["application/x-www-form-urlencoded", "form"],
]);

type BodyEvent = Pick<APIGatewayProxyEventV2, "headers" | "body" | "isBase64Encoded">;

/** Whose ASCII is none of UTF-8's. Clients put other labels on by themselves; only bytes that are no UTF-8 are refused. */
const wideCharset = /^(utf-?(7|16|32)|ucs)/;

/** The body's fields. Throws body_too_large, unsupported_media_type or malformed_json; no body is `{}`. */
export function readBody(event: BodyEvent, accepted: readonly BodyType[]): Fields {
  const bytes = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  if (bytes.length > largestBodyBytes) throw new ProblemError("body_too_large");
  const text = bytes.toString("utf8").replace(/^\ufeff/, "");
  if (text === "") return {};
  const type = readType(event.headers);
  if (type === null || !accepted.includes(type)) throw new ProblemError("unsupported_media_type");
  // What stands where bytes were no UTF-8, whoever decoded them.
  if (text.includes("\ufffd")) throw new ProblemError("malformed_json");
  return type === "json" ? readJsonObject(text) : readForm(text);
}

/** Null for whatever is not read here. */
function readType(headers: BodyEvent["headers"]): BodyType | null {
  const [mediaType, ...parameters] = (headers["content-type"] ?? "").toLowerCase().split(";");
  const charset = parameters.map((one) => /^\s*charset\s*=\s*"?([^"\s]*)/.exec(one)?.[1]).find(Boolean);
  const encoding = headers["content-encoding"]?.trim().toLowerCase() ?? "";
  if (charset !== undefined && wideCharset.test(charset)) return null;
  if (!["", "identity"].includes(encoding)) return null;
  return types.get((mediaType ?? "").trim()) ?? null;
}

function readJsonObject(text: string): Fields {
  const fields = parseJson(text);
  if (typeof fields !== "object" || fields === null || Array.isArray(fields))
    throw new ProblemError("malformed_json");
  return fields as Fields;
}

/** A name given twice with two values has both, which no field takes. */
function readForm(text: string): Fields {
  const fields = new Map<string, unknown>();
  for (const [name, value] of new URLSearchParams(text))
    fields.set(name, fields.has(name) && fields.get(name) !== value ? [fields.get(name), value] : value);
  return Object.fromEntries(fields);
}
