// The field types that requests share, by name.
import type * as z from "zod/mini";
import {
  amount,
  customerUid,
  customText,
  impUid,
  instant,
  merchantUid,
  positiveAmount,
} from "../../../lib/http/fields.ts";
import { day, marked, pageSize } from "../../../lib/http/requests/day.ts";
import { refundAmount } from "../../../lib/http/requests/refund.ts";
import { entryBody, mostCharges, scheduleBody } from "../../../lib/http/requests/schedule.ts";
import { type JsonSchema, refTo, type SchemaNames, toJson } from "./json-schema.ts";

type Schema = z.core.$ZodType;

/** KRW whole, USD to the cent; which of them the currency decides. */
const moneyOf = (least: number, description: string): JsonSchema => ({
  description,
  anyOf: [
    { type: "number", minimum: least, maximum: 999_999_999 },
    { type: "string", pattern: "^\\d{1,9}(\\.\\d{1,2})?$" },
  ],
});

const requestTypes: ReadonlyMap<Schema, { readonly name: string; readonly json?: JsonSchema }> = new Map<
  Schema,
  { readonly name: string; readonly json?: JsonSchema }
>([
  [merchantUid, { name: "MerchantUid" }],
  [customerUid, { name: "CustomerUid" }],
  [impUid, { name: "ImpUid" }],
  [
    amount,
    {
      name: "Amount",
      json: moneyOf(
        0,
        "금액. 숫자 또는 숫자로 된 문자열; 원화는 정수, 달러는 소수점 둘째 자리까지 · an amount: a number, or its digits as text; won whole, dollars to the cent",
      ),
    },
  ],
  [
    positiveAmount,
    {
      name: "PositiveAmount",
      json: moneyOf(0.01, "0보다 큰 금액 · an amount above 0, otherwise as Amount"),
    },
  ],
  [
    instant,
    {
      name: "Instant",
      json: {
        type: "string",
        format: "date-time",
        description:
          "ISO 8601 시각. Z 또는 시차(+09:00)가 있어야 합니다 · an ISO 8601 instant, with Z or an offset",
        examples: ["2026-08-05T12:00:00+09:00"],
      },
    },
  ],
]);

const named = new Map([...requestTypes].map(([schema, { name }]) => [schema, name]));
const told: Map<Schema, JsonSchema> = new Map<Schema, JsonSchema>([
  [day, { type: "string", format: "date", examples: ["2026-08-05"] }],
  [pageSize, { type: "integer", minimum: 1, maximum: 100 }],
  [marked, { type: "boolean", const: true }],
  // Its length is counted in bytes.
  [customText, { type: "string" }],
  // Zero and below are refused by a code of their own.
  [refundAmount, refTo("PositiveAmount")],
]);
told.set(scheduleBody.shape.schedules, {
  type: "array",
  minItems: 1,
  maxItems: mostCharges,
  items: toJson(entryBody, { named, told }),
});

export const requestNames: SchemaNames = { named, told };

/** The named field types as components. */
export const fieldComponents = (): Readonly<Record<string, JsonSchema>> =>
  Object.fromEntries(
    [...requestTypes].map(([schema, { name, json }]) => [name, json ?? toJson(schema, requestNames)]),
  );
