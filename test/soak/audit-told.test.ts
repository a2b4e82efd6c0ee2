// Whatever the shop was told is so, and stays so.
import { describe, expect, it } from "vitest";
import { auditTold } from "./audit-told.ts";
import { tagOfKey } from "./audit-told-refunds.ts";
import { entry, order, payment, receipt, refunded, refundId, reservation, tag } from "./healthy.ts";
import type { Answer } from "./world.ts";

type Facts = Parameters<typeof auditTold>[1];
const facts: Facts = { items: [order()], payments: [payment()], receipts: [receipt()], reservations: [] };
const nothingMoved = { ...facts, payments: [payment({ cancel_amount: 0, cancel_history: [] })] };
const unpaid = { ...facts, payments: [payment({ paid_at: 0, cancel_amount: 0, cancel_history: [] })] };

const answer = (status: number, json: Answer["json"] = {}): Answer => ({ ...refunded, status, json });
const lastNo = answer(409, { code: "remaining_changed", operation: refundId });
const running = answer(409, { code: "operation_in_flight", operation: "rf_another" });
const asked = (method: string, path: string, more: Partial<Answer>): Answer => ({
  method,
  path,
  key: null,
  sent: {},
  status: 200,
  json: {},
  ...more,
});
const charge = (status: number, path = "/payments/onetime") =>
  asked("POST", path, { sent: { merchant_uid: "ord-1" }, status });
const retry = asked("POST", "/customers/cust-7/schedules/ord-1/retry", { status: 201 });
const complete = (state: string) =>
  asked("POST", "/payments/complete", { sent: { merchant_uid: "ord-1", imp_uid: "imp_1" }, json: { state } });
const revoked = asked("DELETE", "/customers/cust-7/schedules?merchant_uid=sub-1", {
  json: { schedules: [{ merchant_uid: "sub-1", schedule_status: "revoked" }] },
});
const withdrawn = answer(200, { refund_id: refundId, state: "withdrawn", cancellation_id: null });
const takenBack = { ...withdrawn, method: "DELETE", path: `/orders/ord-1/refunds/${refundId}`, key: null };
const tooLate = { ...takenBack, status: 409, json: { code: "refund_not_scheduled" } };
const issued = asked("POST", "/orders/ord-1/receipt", { status: 201, json: { apply_num: "123456789" } });

it("names a refund as the contract does", () => {
  expect(tagOfKey("ord-1", "k-1")).toBe(tag);
});

describe("the auditor of what the shop was told", () => {
  it.each<readonly [string, readonly Answer[], Facts]>([
    ["a yes that happened, told twice", [refunded, refunded], facts],
    [
      "a yes after silence, doubt and another's turn",
      [answer(0), answer(500), answer(202), running, refunded],
      facts,
    ],
    [
      "a yes whose text PortOne dropped",
      [refunded],
      { ...facts, payments: [payment({ cancel_history: [{ ...entry, reason: "" }] })] },
    ],
    ["a last no, told twice", [lastNo, lastNo], nothingMoved],
    ["a no said before anything was begun", [answer(409, { code: "order_not_paid" })], nothingMoved],
    ["a no said before anything was begun, and a yes", [answer(503), refunded], facts],
    ["one taken back, told so by its key as well", [answer(202), takenBack, withdrawn], nothingMoved],
    ["one that could not be taken back any more", [answer(202), tooLate, refunded], facts],
    ["a charge that was made", [charge(202), charge(201)], facts],
    ["a charge that was declined", [charge(402)], unpaid],
    ["a charge that was declined, and retried", [charge(402), retry], facts],
    ["a charge by key that was made", [charge(201, "/customers/cust-7/payments")], facts],
    ["a void", [asked("POST", "/orders/ord-1/void", {})], { ...facts, items: [order({ state: "voided" })] }],
    ["a void that was refused", [asked("POST", "/orders/ord-1/void", { status: 409 })], facts],
    ["a receipt", [issued], facts],
    ["an order", [asked("POST", "/orders", { sent: { merchant_uid: "ord-1" }, status: 201 })], facts],
    ["a buyer's paid order", [complete("paid")], facts],
    ["a buyer who must wait", [complete("pending")], unpaid],
    [
      "a revoked reservation",
      [revoked],
      { ...facts, reservations: [reservation({ schedule_status: "revoked" })] },
    ],
  ])("finds nothing about %s", (_, answers, world) => {
    expect(auditTold(answers, world)).toEqual([]);
  });

  it.each<readonly [string, readonly Answer[], Facts]>([
    ["a yes that did not happen", [refunded], nothingMoved],
    [
      "a yes that is another refund's",
      [refunded],
      { ...facts, payments: [payment({ cancel_history: [{ ...entry, reason: "#zzzzzzzzz" }] })] },
    ],
    ["a yes to another amount", [answer(200, { ...refunded.json, amount: 1 })], facts],
    ["a last no that happened", [lastNo], facts],
    ["a last no after doubt that happened", [answer(202), lastNo], facts],
    ["two last words of one key", [refunded, answer(200, { ...refunded.json, remaining: 1 })], facts],
    ["nothing but no, and it happened", [running, answer(503)], facts],
    ["a key that never got its word", [answer(202)], nothingMoved],
    ["one taken back that happened", [answer(202), takenBack], facts],
    [
      "one taken back whose key says yes",
      [takenBack, refunded],
      { ...facts, payments: [payment({ cancel_history: [{ ...entry, reason: "" }] })] },
    ],
    [
      "one taken back, told otherwise by its key",
      [takenBack, { ...withdrawn, json: { ...withdrawn.json, remaining: 1 } }],
      nothingMoved,
    ],
    ["one that was too late to take back, and never got its word", [answer(202), tooLate], nothingMoved],
    ["a charge that was not made", [charge(201)], unpaid],
    ["a decline that was charged", [charge(402)], facts],
    ["a decline and a yes", [charge(402), charge(201)], facts],
    ["nothing but no, and it was charged", [charge(409)], facts],
    ["a void that is none", [asked("POST", "/orders/ord-1/void", {})], facts],
    ["a receipt nobody has", [issued], { ...facts, receipts: [] }],
    [
      "an order nobody has",
      [asked("POST", "/orders", { sent: { merchant_uid: "ord-9" }, status: 201 })],
      facts,
    ],
    ["a buyer whose order is not paid", [complete("paid")], unpaid],
    ["a reservation that still stands", [revoked], { ...facts, reservations: [reservation()] }],
  ])("finds %s", (_, answers, world) => {
    expect(auditTold(answers, world).map(({ kind }) => kind)).toEqual(["told_wrong"]);
  });
});
