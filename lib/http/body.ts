// Bytes to text to fields, once for every door: base64 is undone here and only here, form and JSON are
// both read because PortOne can be set to either, and anything too large or of another type is refused.
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { ProblemError } from "./problem.ts";

export type Fields = Readonly<Record<string, unknown>>;
export type BodyType = "json" | "form";

const largestBodyBytes = 65_536;

type BodyEvent = Pick<APIGatewayProxyEventV2, "headers" | "body" | "isBase64Encoded">;

/** The body's fields. Throws body_too_large, unsupported_media_type or malformed_json; no body is `{}`. */
export function readBody(event: BodyEvent, accepted: readonly BodyType[]): Fields {
  const bytes = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  if (bytes.length > largestBodyBytes) throw new ProblemError("body_too_large");
  const mediaType = (event.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (bytes.length === 0 && mediaType === "") return {};
  const text = bytes.toString("utf8");
  if (mediaType === "application/json" && accepted.includes("json")) return parseJsonObject(text);
  if (mediaType === "application/x-www-form-urlencoded" && accepted.includes("form"))
    return Object.fromEntries(new URLSearchParams(text));
  throw new ProblemError("unsupported_media_type");
}

interface ReviverContext {
  readonly source?: string;
}

function parseJsonObject(text: string): Fields {
  const withExponent: { holder: object; name: string; source: string }[] = [];
  const noteExponent = function (this: object, name: string, value: unknown, context?: ReviverContext) {
    const source = context?.source ?? "";
    if (typeof value === "number" && /e/i.test(source)) withExponent.push({ holder: this, name, source });
    return value;
  };
  let fields: unknown;
  try {
    fields = JSON.parse(text, noteExponent);
  } catch {
    throw new ProblemError("malformed_json");
  }
  if (typeof fields !== "object" || fields === null || Array.isArray(fields))
    throw new ProblemError("malformed_json");
  // A number with an exponent is no way to write money: its text is kept, so that the field's own check
  // refuses it instead of seeing the number it stands for.
  const asWritten = withExponent
    .filter(({ holder }) => holder === fields)
    .map(({ name, source }) => [name, source] as const);
  return { ...fields, ...Object.fromEntries(asWritten) };
}
