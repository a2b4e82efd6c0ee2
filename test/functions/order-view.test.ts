// What merchants and buyers see of an order's accounts.
import { expect, it } from "vitest";
import { decideVoid } from "../../lib/domain/voiding.ts";
import { viewOrder, viewPublicOrder } from "../../lib/http/views/order.ts";
import { confirmed, having, moving, opening, revoking, scheduling } from "../support/instructions.ts";
import {
  account,
  accountRecord,
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  failedRecord,
  paymentRecord,
  synced,
  won,
} from "../support/orders.ts";

const forged = paymentRecord({ amount: won(100) });
const givenBack = cancelledRecord([cancelEntry("c-1", 100)], { amount: won(100) });
const waiting = synced(createdOrder({ payMethod: "vbank" }), [accountRecord]);

it.each([
  ["failed by a wrong amount that is still here", synced(approvedOrder(), [forged]), "pending"],
  ["whose wrong amount went back", synced(approvedOrder(), [givenBack]), "failed"],
  ["that failed without money", synced(approvedOrder(), [failedRecord]), "failed"],
  ["that is paid", synced(approvedOrder(), [paymentRecord()]), "paid"],
])("a buyer of an order %s is told so", (_, order, state) => {
  expect(viewPublicOrder(order).state).toBe(state);
});

it("shows the account that waits for a deposit, and none that is to be closed", () => {
  expect(viewOrder(waiting).vbank).toMatchObject({ vbank_num: account.number, vbank_name: "신한은행" });
  expect(viewPublicOrder(waiting).vbank).toMatchObject({ vbank_num: account.number });
  const closing = decideVoid(waiting, { by: "merchant", atMs: createdAtMs }) ?? waiting;
  expect(viewOrder(closing)).toMatchObject({ state: "awaiting_deposit", vbank: null });
});

it("shows how it was paid and the shop's own data, and null where nothing was told", () => {
  const nothing = {
    card_name: null,
    card_number: null,
    apply_num: null,
    card_quota: null,
    receipt_url: null,
    emb_pg_provider: null,
    pg_tid: null,
  };
  expect(viewOrder(createdOrder())).toMatchObject({ ...nothing, custom_data: null });
  expect(viewOrder(synced(approvedOrder(), [forged]))).toMatchObject(nothing);
  const slip = {
    cardName: "신한카드",
    cardNumber: "451842******0015",
    applyNum: "30012345",
    cardQuota: 3,
    receiptUrl: "https://pgims.ksnet.co.kr/1",
    embPgProvider: "kakaopay",
    pgTid: "173210000142",
  };
  const order = createdOrder({ customData: { 메모: "선물" } });
  expect(viewOrder(synced(order, [paymentRecord({ slip })]))).toMatchObject({
    card_name: "신한카드",
    card_number: "451842******0015",
    apply_num: "30012345",
    card_quota: 3,
    receipt_url: "https://pgims.ksnet.co.kr/1",
    emb_pg_provider: "kakaopay",
    pg_tid: "173210000142",
    custom_data: { 메모: "선물" },
  });
});

it.each([
  ["a reservation in doubt", scheduling, "schedule", "claimed"],
  ["a move whose answer was lost", having(moving, { state: "unknown" }), "reschedule", "unknown"],
  [
    "a revocation that is to be sent",
    having(revoking, { state: "resend", sends: 0 }),
    "unschedule",
    "unknown",
  ],
  ["an account being opened", opening, "vbank_issue", "claimed"],
  ["a reservation that waits for its time", confirmed, "charge", "scheduled"],
])("shows %s as the order's operation", (_, order, kind, state) => {
  const { merchantUid, instruction, charge } = order;
  const since = new Date(instruction?.sinceMs ?? charge?.sinceMs ?? 0).toISOString();
  expect(viewOrder(order).operation).toEqual({ id: merchantUid, kind, state, since });
});
