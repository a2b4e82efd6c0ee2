// The schema of events is what the domain's tables say, and refuses what is no event.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { eventsSchema } from "../../infra/build/events-schema.ts";
import { eventTypes } from "../../lib/domain/event.ts";
import { isEvent } from "../support/events-schema.ts";
import { projectDir } from "../support/house/sources.ts";

it("docs/events.schema.json is what `npx node infra/build/events-schema.ts` writes", () => {
  expect(readFileSync(join(projectDir, "docs/events.schema.json"), "utf8")).toBe(eventsSchema());
});

const data = {
  schema: 1,
  event_id: "ord-1#7",
  merchant_uid: "ord-1",
  imp_uid: null,
  state: "paid",
  previous: "approved",
  amount: 109_000,
  cancel_amount: 0,
  remaining: 109_000,
  currency: "KRW",
  occurred_at: "2026-08-05T03:03:00.000Z",
  late: false,
  review_reason: null,
};
const told = (type: string, more: object = {}) => ({
  type,
  timestamp: data.occurred_at,
  data: { ...data, ...more },
});

it.each(eventTypes)("%s is in it", (type) => {
  const state = /^order\.(?!review)(.+)$/.exec(type)?.[1] ?? "paid";
  expect(isEvent(told(type, { state }))).toBe(true);
});

it.each([
  ["a type nobody tells", told("order.created", { state: "created" })],
  ["another state than its type says", told("order.paid", { state: "voided" })],
  ["an amount that is text", told("order.paid", { amount: "109000" })],
  ["a part that is missing", { ...told("order.paid"), timestamp: undefined }],
  ["a reason there is none of", told("order.review", { review_reason: "because" })],
])("%s is not", (_, event) => {
  expect(isEvent(event)).toBe(false);
});
