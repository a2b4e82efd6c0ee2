// Translates OpenAPI 3.0 schema objects into JSON Schema: `nullable`, references, and the two rules the
// document says only in words: that a time in "UNIX seconds" is no number of milliseconds, and which values the
// states of an answer take (`x-known-values`).
import type { SchemaObject } from "./openapi-document.ts";

/** Seconds reach eleven digits in the year 5138; milliseconds have had twelve since 2001. */
const mostSeconds = 99_999_999_999;

const kept = new Set([
  "type",
  "enum",
  "required",
  "minLength",
  "maxLength",
  "minimum",
  "maximum",
  "pattern",
  "minItems",
  "maxItems",
]);
const nested = new Set(["allOf", "oneOf", "anyOf"]);

/** `schema` as JSON Schema; references keep pointing into `rootId`, where the components live. */
export function toJsonSchema(schema: SchemaObject, rootId: string): SchemaObject {
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === "$ref") out["$ref"] = `${rootId}${String(value)}`;
    else if (kept.has(key)) out[key] = value;
    else if (nested.has(key)) out[key] = (value as SchemaObject[]).map((one) => toJsonSchema(one, rootId));
    else if (key === "items") out["items"] = toJsonSchema(value as SchemaObject, rootId);
    else if (key === "properties")
      out["properties"] = mapValues(value as Record<string, SchemaObject>, rootId);
  }
  if (schema["type"] === "integer" && out["maximum"] === undefined && saysSeconds(schema["description"]))
    out["maximum"] = mostSeconds;
  // PortOne may add a state; whoever imitates it may not.
  if (schema["x-known-values"] !== undefined) out["enum"] ??= schema["x-known-values"];
  if (schema["nullable"] !== true) return out;
  return { anyOf: [out, { type: "null" }] };
}

function mapValues(schemas: Record<string, SchemaObject>, rootId: string): Record<string, SchemaObject> {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [name, toJsonSchema(schema, rootId)]),
  );
}

const saysSeconds = (description: unknown): boolean =>
  typeof description === "string" && description.includes("UNIX seconds");
