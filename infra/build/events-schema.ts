// Writes docs/events.schema.json, what a shop is told, from the tables of the domain: `npx node
// infra/build/events-schema.ts`. A test fails when it is not what this would write, and holds every event to it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { eventTypes } from "../../lib/domain/event.ts";
import { currencies } from "../../lib/domain/money.ts";
import { orderStates } from "../../lib/domain/order.ts";
import { reviewReasons } from "../../lib/domain/review.ts";

const amount = { type: "number", minimum: 0 };
const detail = {
  type: "object",
  properties: {
    schema: { const: 1 },
    event_id: { type: "string", pattern: "^.+#\\d+$" },
    merchant_uid: { type: "string" },
    imp_uid: { type: ["string", "null"] },
    state: { enum: orderStates },
    previous: { enum: orderStates },
    amount,
    cancel_amount: amount,
    remaining: amount,
    currency: { enum: currencies },
    occurred_at: { type: "string", format: "date-time" },
    late: { type: "boolean" },
    review_reason: { enum: [...reviewReasons, null] },
  },
};

/** Of an order's move the state is the type's own; of a mark or a receipt it may be any. */
function ofType(type: (typeof eventTypes)[number]) {
  const state = orderStates.find((known) => type === `order.${known}`);
  const data = state
    ? { allOf: [{ $ref: "#/$defs/detail" }, { properties: { state: { const: state } } }] }
    : { $ref: "#/$defs/detail" };
  return {
    title: type,
    type: "object",
    properties: { type: { const: type }, timestamp: { type: "string", format: "date-time" }, data },
    required: ["type", "timestamp", "data"],
  };
}

const schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "An event as the shop is told it",
  oneOf: eventTypes.map((type) => ({ $ref: `#/$defs/${type}` })),
  $defs: {
    detail: { ...detail, required: Object.keys(detail.properties) },
    ...Object.fromEntries(eventTypes.map((type) => [type, ofType(type)])),
  },
};

export const eventsSchema = (): string => `${JSON.stringify(schema, null, 2)}\n`;

if (process.argv[1] === import.meta.filename)
  writeFileSync(join(import.meta.dirname, "../../docs/events.schema.json"), eventsSchema());
