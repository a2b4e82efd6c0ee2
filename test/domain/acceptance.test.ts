// Which payments a person may take as the order's own: every rule and every state, lifted or refused by name.
import { describe, expect, it } from "vitest";
import { type Acceptance, type AcceptRefusal, decideAcceptance } from "../../lib/domain/acceptance.ts";
import { claimGiveBack } from "../../lib/domain/give-back.ts";
import { attemptOf, type Order, remainingTaxFreeOf } from "../../lib/domain/order.ts";
import { changeOrder } from "../../lib/domain/order-change.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import type { ReviewReason } from "../../lib/domain/review.ts";
import { decideSync } from "../../lib/domain/sync.ts";
import { decideVoid } from "../../lib/domain/voiding.ts";
import {
  account,
  approvedOrder,
  attempt,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  givingPolicy,
  look,
  minuteMs,
  paymentRecord,
  policy,
  synced,
  won,
} from "../support/orders.ts";
import { refundClaim } from "../support/syncing-ports.ts";

const stamp = { by: "operator", atMs: createdAtMs + 20 * minuteMs } as const;
const impUid = "imp_730112845061";

const accept = (order: Order, record: PaymentRecord, by = givingPolicy): Acceptance =>
  decideAcceptance(order, { record, reason: "accepted:확인함" }, stamp, by);

function accepted(order: Order, record: PaymentRecord): Order {
  const decided = accept(order, record);
  if (decided.decision !== "accepted") throw new Error(`not accepted: ${JSON.stringify(decided)}`);
  return decided.order;
}

const refused = (why: AcceptRefusal) => ({ decision: "refused", why });
const marked = (record: PaymentRecord, order = createdOrder()): Order =>
  decideSync(order, look([record]), givingPolicy);

const liftable: readonly [ReviewReason, Partial<PaymentRecord>, Partial<Order>][] = [
  ["tax_free_mismatch", { taxFree: won(1) }, { taxFree: won(1) }],
  ["tax_free_mismatch", { taxFree: won(109_000) }, { taxFree: won(109_000) }],
  ["escrow_mismatch", { escrow: true }, { escrow: true }],
  ["payment_older_than_order", { startedAtMs: createdAtMs - 3_600_000 }, {}],
];

describe("a mark that a person may lift", () => {
  it.each(liftable)("%s of %o is lifted", (reason, more, figures) => {
    const record = paymentRecord(more);
    const before = marked(record);
    expect(before).toMatchObject({ reviewReason: reason, impUid: null });
    const after = accepted(before, record);
    expect(after).toMatchObject({ state: "paid", impUid, reviewReason: null, ...figures });
    expect(after.history.at(-1)).toMatchObject({ by: "operator", to: "paid", reason: "accepted:확인함" });
    // Its figures are the order's, so that no later look finds anything wrong.
    expect(synced(after, [record], { isComplete: true, atMs: stamp.atMs + minuteMs })).toBe(after);
  });

  it("is lifted of a channel that is ours by now", () => {
    const record = paymentRecord({ pgId: "2999199990" });
    const after = accept(marked(record), record, { ...givingPolicy, mids: ["2999199990"] });
    expect(after).toMatchObject({ decision: "accepted", order: { state: "paid", reviewReason: null } });
  });

  it.each(["created", "approved", "failed", "expired"])("is lifted of an order that is %s", (state) => {
    const record = paymentRecord({ escrow: true });
    const orders: Record<string, Order> = {
      created: createdOrder(),
      approved: approvedOrder(),
      failed: synced(approvedOrder(), [paymentRecord({ status: "failed", paidAtMs: null })]),
      expired: createdOrder({ isExpired: true, state: "expired" }),
    };
    const before = orders[state];
    if (!before) throw new Error(`no order that is ${state}`);
    expect(before.state).toBe(state);
    expect(accepted(marked(record, before), record).state).toBe("paid");
  });

  it("with what was cancelled of it meanwhile", () => {
    const record = cancelledRecord([cancelEntry("c-1", 9_000)], { taxFree: won(105_000) });
    const after = accepted(marked(record), record);
    expect(after).toMatchObject({ state: "partially_refunded", impUid });
    expect(remainingTaxFreeOf(after)).toBe(100_000);
  });

  it("of what has paid the order already, and is found different later", () => {
    const paid = synced(createdOrder(), [paymentRecord()]);
    const record = paymentRecord({ taxFree: won(1) });
    const before = synced(paid, [record]);
    expect(before).toMatchObject({ state: "paid", reviewReason: "tax_free_mismatch" });
    const after = accepted(before, record);
    expect(after).toMatchObject({
      state: "paid",
      impUid,
      reviewReason: null,
      taxFree: 1,
      paidAtMs: paid.paidAtMs,
    });
    expect(synced(after, [record])).toBe(after);
  });

  it("keeps the order's tax-free part of an account, which has none at PortOne", () => {
    const record = paymentRecord({ escrow: true, payMethod: "vbank", taxFree: won(0) });
    expect(accepted(marked(record), record)).toMatchObject({ taxFree: 3_000, escrow: true });
  });

  it("closes the accounts that others may still pay into", () => {
    const record = paymentRecord({ escrow: true });
    const waiting = attempt("imp_2", { state: "ready", account });
    const after = accepted(marked(record, createdOrder({ attempts: [waiting] })), record);
    expect(attemptOf(after, "imp_2")).toMatchObject({ isRevoking: true });
    expect(after.wishedAtMs).toBe(stamp.atMs);
  });
});

describe("a rule that nobody may waive", () => {
  it.each<[AcceptRefusal, Partial<PaymentRecord>]>([
    ["status_unknown", { status: "unrecognised" }],
    ["merchant_uid_mismatch", { merchantUid: "ord-of-another" }],
    ["sandbox_payment", { sandbox: true }],
    ["foreign_channel", { pgId: "2999199990" }],
    ["currency_mismatch", { currency: "USD" }],
    ["amount_mismatch", { amount: won(108_999) }],
    ["amount_mismatch", { amount: null }],
    ["cancel_sum_mismatch", { cancelAmount: won(1) }],
    ["cancel_sum_mismatch", { cancelAmount: null }],
    ["tax_free_mismatch", { taxFree: won(109_001) }],
    ["payment_not_paid", { status: "ready", paidAtMs: null }],
    ["payment_not_paid", { status: "failed", paidAtMs: null }],
  ])("%s is refused by name: %o", (why, more) => {
    const before = { ...createdOrder(), reviewReason: "escrow_mismatch" as const };
    expect(accept(before, paymentRecord(more))).toEqual(refused(why));
    // Nor does another that may be lifted hide it.
    expect(accept(before, paymentRecord({ escrow: true, ...more }))).toEqual(refused(why));
    const older = { startedAtMs: createdAtMs - 3_600_000, ...more };
    expect(accept(before, paymentRecord(older))).toEqual(refused(why));
  });

  it("nothing_left: what was cancelled whole is nobody's payment any more", () => {
    const record = cancelledRecord([cancelEntry("c-1", 109_000)], { escrow: true });
    expect(accept(marked(record), record)).toEqual(refused("nothing_left"));
  });
});

describe("a state that nothing is accepted in", () => {
  const record = paymentRecord({ escrow: true });
  const held = marked(record);
  const withGiveBack = (giveBack: "wanted" | "done") =>
    changeOrder(held, { attempts: held.attempts.map((one) => ({ ...one, giveBack })) }, stamp);
  const voided = changeOrder(held, { voidedAtMs: stamp.atMs }, stamp);
  const [own] = held.attempts;
  if (!own) throw new Error("no attempt");
  const wished = { ...own, giveBack: "wanted" as const };
  const claimed = claimGiveBack(
    changeOrder(held, { attempts: [wished] }, stamp),
    wished,
    { ...refundClaim, kind: "give_back", impUid, amount: won(109_000) },
    stamp,
  );
  const waiting = claimGiveBack(
    changeOrder(held, { attempts: [wished] }, stamp),
    wished,
    { ...refundClaim, kind: "give_back", impUid, amount: won(109_000), scheduledAtMs: stamp.atMs + 1 },
    stamp,
  );
  const another = synced(held, [paymentRecord({ impUid: "imp_2", paidAtMs: createdAtMs + 5 * minuteMs })]);

  it.each<[AcceptRefusal, Order]>([
    ["order_voided", voided],
    ["order_voided", changeOrder(held, { isVoidWanted: true }, stamp)],
    ["order_superseded", { ...held, supersededBy: "ord-2" }],
    ["order_paid", another],
    ["give_back_wanted", withGiveBack("wanted")],
    ["give_back_scheduled", waiting],
    ["give_back_done", withGiveBack("done")],
    ["give_back_in_flight", claimed],
    ["give_back_in_flight", { ...held, owedReads: [{ atMs: stamp.atMs, impUid }] }],
  ])("%s is refused by name", (why, order) => {
    expect(accept(order, record)).toEqual(refused(why));
  });

  it("order_paid: it is the order's own, and nothing is wrong with it", () => {
    const paid = { ...synced(createdOrder(), [paymentRecord()]), reviewReason: "double_cancel" as const };
    expect(accept(paid, paymentRecord())).toEqual(refused("order_paid"));
  });

  it("a record older than what is held decides nothing", () => {
    const cancelled = cancelledRecord([cancelEntry("c-1", 9_000)], { escrow: true });
    expect(accept(marked(cancelled), record)).toEqual({ decision: "undecided" });
  });

  it("an order that waits for its void is void, and not paid", () => {
    const waiting = createdOrder({ attempts: [attempt("imp_2", { state: "ready", account })] });
    const wanted = decideVoid(changeOrder(waiting, {}, stamp), stamp);
    expect(wanted?.isVoidWanted).toBe(true);
    expect(wanted && accept(marked(record, wanted), record)).toEqual(refused("order_voided"));
  });
});

describe("the mark after it", () => {
  const record = paymentRecord({ escrow: true });

  it.each<[string, Order, ReviewReason | null]>([
    ["goes with what was accepted", marked(record), null],
    [
      "of a foreign payment that was accepted goes",
      marked(paymentRecord({ startedAtMs: createdAtMs - 3_600_000 })),
      null,
    ],
    [
      "of another's foreign payment stays",
      marked(record, marked(paymentRecord({ impUid: "imp_2", pgId: "2999199990" }))),
      "foreign_channel",
    ],
    [
      "tells of other money that waits for a person",
      marked(record, marked(paymentRecord({ impUid: "imp_2", taxFree: won(1) }))),
      "manual_refund",
    ],
    [
      "tells of other money that nobody can count",
      marked(record, marked(paymentRecord({ impUid: "imp_2", amount: null }))),
      "manual_refund",
    ],
    ["of a call stays", { ...marked(record), reviewReason: "operation_unresolved" }, "operation_unresolved"],
  ])("%s", (_, before, reason) => {
    expect(before.reviewReason).not.toBeNull();
    expect(accepted(before, record)).toMatchObject({ state: "paid", reviewReason: reason });
  });

  it("is no leave to give back what was accepted", () => {
    const after = accepted(marked(record), record);
    const again = decideSync(after, look([record, paymentRecord({ impUid: "imp_2" })]), givingPolicy);
    expect(attemptOf(again, impUid)).toMatchObject({ giveBack: null });
    expect(attemptOf(again, "imp_2")).toMatchObject({ giveBack: "wanted" });
  });

  it("needs no policy of giving back", () => {
    expect(accept(marked(record), record, policy)).toMatchObject({ decision: "accepted" });
  });
});
