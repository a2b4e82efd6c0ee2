// What the description says of requests: limits that are found by trying, and fields by where they stand.
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { partsOf } from "../../infra/build/openapi/document.ts";
import { merchantDoors } from "../../infra/build/openapi/doors.ts";
import { toJson } from "../../infra/build/openapi/json-schema.ts";
import { requiredText, text } from "../../lib/http/fields.ts";
import { readDescription } from "../support/description.ts";

const names = { named: new Map(), told: new Map() };
const months = z.int().check(z.refine((value) => value >= 0 && value <= 36));

describe("a limit that only a function knows is found", () => {
  it.each([
    ["a text's length", text(7), { type: "string", maxLength: 7 }],
    ["a text that may not be empty", requiredText(40), { type: "string", maxLength: 40, minLength: 1 }],
    ["a text of any length", z.string(), { type: "string" }],
    ["a range", months, { type: "integer", minimum: 0, maximum: 36 }],
    ["a number from 1 on", z.int().check(z.refine((value) => value >= 1)), { type: "integer", minimum: 1 }],
    ["any whole number", z.int(), { type: "integer" }],
    ["what a field is that may be missing", z.optional(text(7)), { type: "string", maxLength: 7 }],
  ])("%s", (_, schema, json) => {
    expect(toJson(schema, names)).toEqual(json);
  });
});

const door = (route: string) => {
  const found = merchantDoors.find((known) => known.route === route);
  if (!found) throw new Error(`no ${route}`);
  return partsOf(found);
};

it("a field stands in one place", () => {
  const { parameters, body } = door("POST /orders/{merchant_uid}/refunds");
  expect(parameters.map(({ name, in: where, required }) => [name, where, required])).toEqual([
    ["merchant_uid", "path", true],
    ["Idempotency-Key", "header", true],
  ]);
  expect(Object.keys(body?.["properties"] as object)).toEqual([
    "amount",
    "tax_free",
    "reason",
    "requester",
    "refund_holder",
    "refund_bank",
    "refund_account",
  ]);
  expect(body).toMatchObject({ additionalProperties: false });
  expect(door("GET /orders").parameters.map(({ name, required }) => [name, required])).toEqual([
    // One of the two, or neither.
    ["day", false],
    ["review", false],
    ["limit", false],
    ["cursor", false],
  ]);
});

it("a text of at most so many bytes has no length in characters", () => {
  const { body } = door("POST /payments/onetime");
  const description = expect.stringContaining("200 bytes");
  expect(body).toMatchObject({ properties: { custom_data: { type: "string", description } } });
  expect(body).not.toHaveProperty("properties.custom_data.maxLength");
});

it("a body is wanted where one is needed", () => {
  const { paths } = readDescription();
  const isWanted = (path: string, method: string) => paths[path]?.[method]?.requestBody?.required;
  expect(isWanted("/orders", "post")).toBe(true);
  expect(isWanted("/orders/{merchant_uid}/refunds", "post")).toBe(false);
  // Its preview needs none.
  expect(isWanted("/orders/{merchant_uid}/receipt", "post")).toBe(false);
  expect(isWanted("/orders/{merchant_uid}/void", "post")).toBeUndefined();
});

it("what is only known to be refused is not described", () => {
  const { body } = door("POST /orders");
  for (const name of ["customer_uid", "pg", "channelKey", "notice_url", "confirm_url"])
    expect(body?.["properties"]).not.toHaveProperty(name);
});
