// The fields a door is asked with, as JSON Schema.
import { jsonOf } from "./components.ts";
import type { Door, ObjectSchema } from "./door.ts";
import type { JsonSchema } from "./json-schema.ts";

interface RequestFields {
  readonly properties: Readonly<Record<string, JsonSchema>>;
  readonly required: readonly string[];
  /** What is said of them all. */
  readonly rest: JsonSchema;
}

export function fieldsOf(request: ObjectSchema): RequestFields {
  const { properties = {}, required = [], ...rest } = jsonOf(request) as Partial<RequestFields>;
  return { properties, required, rest };
}

/** The fields of either way to ask; required are those that both want. */
export function fieldsOfDoor({ request, otherRequest }: Door): RequestFields {
  const one = fieldsOf(request);
  if (!otherRequest) return one;
  const other = fieldsOf(otherRequest);
  return {
    ...one,
    properties: { ...one.properties, ...other.properties },
    required: one.required.filter((name) => other.required.includes(name)),
  };
}
