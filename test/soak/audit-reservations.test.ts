// The auditor of reservations finds what it is there to find, and nothing where everything is right.
import { describe, expect, it } from "vitest";
import { auditReservations } from "./audit-reservations.ts";
import type { FindingKind } from "./findings.ts";
import { payment, reservation } from "./healthy.ts";
import type { Item } from "./table.ts";
import type { Payment, Reservation } from "./world.ts";

const executed = reservation({ schedule_status: "executed", imp_uid: "imp_1", payment_status: "paid" });
const order = (more: Item = {}): Item => ({
  pk: "order#sub-1",
  state: "created",
  charge: { via: "schedule" },
  ...more,
});
const charged = payment({ merchant_uid: "sub-1", amount: 8_900, cancel_amount: 0, cancel_history: [] });
const { charge: _, ...atRest } = order();

describe("the auditor of reservations", () => {
  it.each<readonly [string, Item, Reservation, readonly Payment[]]>([
    ["one that stands for an order that waits for it", order(), reservation(), []],
    ["one that paid its order", { ...atRest, state: "paid" }, executed, [charged]],
    ["one that was revoked", { ...atRest, state: "voided" }, reservation({ schedule_status: "revoked" }), []],
    ["one that failed", { ...atRest, state: "failed" }, executed, [{ ...charged, paid_at: 0 }]],
  ])("finds nothing about %s", (_name, item, reserved, payments) => {
    expect(auditReservations([item], payments, [reserved])).toEqual([]);
  });

  it.each<readonly [FindingKind, string, readonly Item[], Reservation, readonly Payment[]]>([
    ["lost", "a reservation without an order", [], reservation(), []],
    ["reservation_left", "one of a void order", [{ ...atRest, state: "voided" }], reservation(), []],
    ["reservation_left", "one of a replaced order", [order({ superseded_by: "sub-2" })], reservation(), []],
    ["reservation_left", "one nobody waits for", [{ ...atRest, state: "failed" }], reservation(), []],
    ["charged_closed", "a charge of a void order", [{ ...atRest, state: "voided" }], executed, [charged]],
  ])("finds %s: %s", (kind, _name, items, reserved, payments) => {
    expect(auditReservations(items, payments, [reserved]).map((finding) => finding.kind)).toEqual([kind]);
  });
});
