// What the description says of requests: limits that are found by trying, fields by where they stand, and the bodies of cash
// receipts, which are described by schemas of their own and must be read alike.
import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { partsOf } from "../../infra/build/openapi/document.ts";
import { orderReceipt, saleReceipt } from "../../infra/build/openapi/doors/receipts.ts";
import { merchantDoors } from "../../infra/build/openapi/doors.ts";
import { toJson } from "../../infra/build/openapi/json-schema.ts";
import { requiredText, text } from "../../lib/http/fields.ts";
import { readOrderReceipt, readSaleReceipt } from "../../lib/http/requests/receipt.ts";
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
    ["day", true],
    ["limit", false],
    ["cursor", false],
  ]);
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

const wrong: readonly unknown[] = [null, 5, "", " ", "vip", "가".repeat(17), "가".repeat(65), true, ["real"]];
const channel = { channelKey: "channel-key-1", pgs: ["ksnet"] };
const said = {
  merchant_uid: "ord-1",
  identifier: "010-1234-5678",
  identifier_type: "phone",
  type: "person",
  product_type: "real",
  buyer_name: "홍길동",
  buyer_email: "buyer@example.com",
  buyer_tel: "010-1234-5678",
};
const sale = {
  ...said,
  name: "매장 판매",
  amount: 33_000,
  tax_free: 0,
  pg: "ksnet",
  channel_key: "channel-key-1",
};

it.each([
  ["an order's", orderReceipt, said, (fields: object) => readOrderReceipt({ ...fields })],
  ["a sale's", saleReceipt, sale, (fields: object) => readSaleReceipt({ ...fields }, channel)],
] as const)("the body of %s receipt is read alike", (_, schema, sound, read) => {
  const without = (name: string) => ({ ...sound, [name]: undefined });
  // What the shop's own channel is, no shape tells.
  const bent = (name: string) =>
    ["pg", "channel_key"].includes(name) ? [] : wrong.map((value) => ({ ...sound, [name]: value }));
  const names = Object.keys(sound);
  const bodies = [sound, { ...sound, nickname: "x" }, ...names.map(without), ...names.flatMap(bent)];
  const taken = (body: object) => z.safeParse(schema, body).success;
  expect(bodies.filter((body) => taken(body) !== (read(body).problems.length === 0))).toEqual([]);
  expect(bodies.filter(taken).length).toBeGreaterThan(6);
  expect(bodies.length - bodies.filter(taken).length).toBeGreaterThan(40);
});
