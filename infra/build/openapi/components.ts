// The schemas that have a name in the document, and how any schema is written with them.
import * as z from "zod/mini";
import { problemKinds } from "../../../lib/http/problem-kinds.ts";
import * as charge from "./answers/charge.ts";
import * as order from "./answers/order.ts";
import * as others from "./answers/others.ts";
import * as queue from "./answers/queue.ts";
import * as receipt from "./answers/receipt.ts";
import * as refund from "./answers/refund.ts";
import { refundRuleCodes, windowRuleCodes } from "./codes.ts";
import { merchantDoors } from "./doors.ts";
import { withTexts } from "./field-texts.ts";
import { fieldComponents, requestNames } from "./field-types.ts";
import { type JsonSchema, refTo, type SchemaNames, toJson } from "./json-schema.ts";

const answerSchemas = { ...order, ...receipt, ...refund, ...charge, ...others, ...queue };

const capitalised = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

const answerNames: ReadonlyMap<z.core.$ZodType, string> = new Map(
  Object.entries(answerSchemas).map(([name, schema]) => [schema, capitalised(name)]),
);

const names: SchemaNames = {
  named: new Map([...requestNames.named, ...answerNames]),
  told: requestNames.told,
};

export const jsonOf = (schema: z.core.$ZodType): JsonSchema => {
  const name = names.named.get(schema);
  return name === undefined ? withTexts(toJson(schema, names)) : refTo(name);
};

/** Every code, in the order in which the code lists them. */
export const allCodes: readonly string[] = [
  ...new Set([
    ...Object.keys(problemKinds),
    ...windowRuleCodes,
    ...refundRuleCodes,
    ...merchantDoors.flatMap(({ codes }) => codes),
  ]),
];

const fieldProblem = z.object({
  pointer: z.string(),
  code: z.enum(allCodes),
  detail: z.string(),
  /** Of a rule of KSNET's. */
  title: z.optional(z.string()),
  rule: z.optional(z.nullable(z.string())),
});

const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(allCodes),
  request_id: z.string(),
  rule: z.optional(z.string()),
  reason: z.optional(z.string()),
  remaining: z.optional(z.number()),
  remaining_tax_free: z.optional(z.number()),
  provider_message: z.optional(z.nullable(z.string())),
  operation: z.optional(z.string()),
  errors: z.optional(z.array(fieldProblem)),
});

/** What API Gateway itself says; it knows nothing of what the function did. */
const gatewayMessage = z.object({ message: z.string() });

const componentsAsMade = (): Readonly<Record<string, JsonSchema>> => ({
  ...fieldComponents(),
  ...Object.fromEntries([...answerNames].map(([schema, name]) => [name, toJson(schema, names)])),
  FieldProblem: toJson(fieldProblem, names),
  Problem: toJson(problem, { ...names, named: new Map([[fieldProblem, "FieldProblem"]]) }),
  GatewayMessage: toJson(gatewayMessage, names),
});

/** By name, because modules do not keep an order. */
export const components = (): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(
    Object.entries(componentsAsMade())
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, schema]) => [name, withTexts(schema, name)]),
  );
