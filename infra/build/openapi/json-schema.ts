// JSON Schema of the schemas that check requests, and of those that describe answers. What a schema says by a function is
// found by trying: how long a text, how large a number, how many entries it takes.
import * as z from "zod/mini";

export type JsonSchema = { [keyword: string]: unknown };
type Schema = z.core.$ZodType;

/** Schemas with a name of their own, by the schema itself: wherever one of them is used, it is referred to. */
export type NamedSchemas = ReadonlyMap<Schema, string>;

/** Schemas whose JSON is said here, because it is what they mean and not what they are made of. */
export type ToldSchemas = ReadonlyMap<Schema, JsonSchema>;

export interface SchemaNames {
  readonly named: NamedSchemas;
  readonly told: ToldSchemas;
}

export const refTo = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

/** `schema` as JSON Schema, as it is written by whoever sends it. */
export function toJson(schema: Schema, { named, told }: SchemaNames): JsonSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, {
    io: "input",
    unrepresentable: "any",
    override: ({ zodSchema, jsonSchema }) => {
      const name = zodSchema === schema ? undefined : named.get(zodSchema);
      const said = told.get(zodSchema);
      if (name !== undefined) replace(jsonSchema, refTo(name));
      else if (said !== undefined) replace(jsonSchema, said);
      else if (!isWrapper(zodSchema)) refine(jsonSchema, (value) => z.safeParse(zodSchema, value).success);
    },
  }) as JsonSchema;
  return json;
}

/** What may be left out or null: all else is said of what is inside. */
const isWrapper = (schema: Schema): boolean => "innerType" in schema._zod.def;

function replace(json: JsonSchema, by: JsonSchema): void {
  for (const keyword of Object.keys(json)) delete json[keyword];
  Object.assign(json, by);
}

/** What is taken, asked of the schema itself. */
type Takes = (value: unknown) => boolean;

function refine(json: JsonSchema, takes: Takes): void {
  if (json["type"] === "string" && takes("가")) setLengths(json, takes);
  if (json["type"] === "integer") setRange(json, takes);
  if (json["type"] === "object") tidyObject(json);
}

/** Nothing here takes more, and what takes more has no limit of its own. */
const longestTried = 1_000;
const textOf = (length: number): string => "가".repeat(length);

function setLengths(json: JsonSchema, takes: Takes): void {
  const longest = largest((length) => takes(textOf(length)));
  if (longest !== null) json["maxLength"] = longest;
  if (!takes("")) json["minLength"] = 1;
}

function setRange(json: JsonSchema, takes: Takes): void {
  const most = largest(takes);
  if (most === null) delete json["maximum"];
  else json["maximum"] = most;
  if (takes(-1)) delete json["minimum"];
  else json["minimum"] = takes(0) ? 0 : 1;
}

/** The most that is taken of what is counted from 1 on; null where there is no limit. */
function largest(takes: (count: number) => boolean): number | null {
  if (takes(longestTried)) return null;
  let [fine, tooMany] = [0, longestTried];
  while (tooMany - fine > 1) {
    const middle = Math.floor((fine + tooMany) / 2);
    if (takes(middle)) fine = middle;
    else tooMany = middle;
  }
  return fine;
}

/** Fields that may not be there are left out. */
function tidyObject(json: JsonSchema): void {
  delete json["propertyNames"];
  const properties = (json["properties"] ?? {}) as Record<string, JsonSchema>;
  for (const [name, field] of Object.entries(properties)) if ("not" in field) delete properties[name];
}
