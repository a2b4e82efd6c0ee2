// The table of states: a story for each move it allows, every other pair impossible; and what an order keeps.

import { describe, expect, it } from "vitest";
import {
  type Order,
  type OrderState,
  remainingOf,
  remainingTaxFreeOf,
  withAttempt,
} from "../../lib/domain/order.ts";
import { canMove, changeOrder } from "../../lib/domain/order-change.ts";
import { decideVoid } from "../../lib/domain/voiding.ts";
import {
  account,
  accountRecord,
  approvedOrder,
  attempt,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  failedRecord,
  minuteMs,
  paymentRecord,
  synced,
  won,
} from "../support/orders.ts";

const states: readonly OrderState[] = [
  "created",
  "approved",
  "awaiting_deposit",
  "paid",
  "partially_refunded",
  "refunded",
  "failed",
  "expired",
  "voided",
];

const atEnd = { isComplete: true, atMs: createdOrder().expiresAtMs };
const afterDue = { isComplete: true, atMs: account.dueAtMs + 60 * minuteMs };
// An order for an account can go every way a card order can, and two more.
const byAccount = { payMethod: "vbank" };
const payment = paymentRecord(byAccount);
const partlyBack = cancelledRecord([cancelEntry("c-1", 20_000)], byAccount);
const allBack = cancelledRecord([cancelEntry("c-1", 20_000), cancelEntry("c-2", 89_000)], byAccount);
const otherFailed = { ...failedRecord, impUid: "imp_2" };
const otherAccount = { ...accountRecord, impUid: "imp_2" };
const closed = { ...accountRecord, status: "cancelled", account: null } as const;

const created = createdOrder(byAccount);
const approved = approvedOrder(created);
const waiting = synced(created, [accountRecord]);
const paid = synced(approved, [payment]);
const failed = synced(approved, [failedRecord]);
const expired = synced(created, [], atEnd);
const voided = (order: Order): Order =>
  decideVoid(order, { by: "merchant", atMs: createdAtMs + 2 * minuteMs }) ?? order;

const stories: readonly (readonly [from: OrderState, to: OrderState, how: string, after: Order])[] = [
  ["created", "approved", "confirm says yes", approved],
  ["created", "awaiting_deposit", "an account nobody asked confirm about", waiting],
  ["created", "paid", "confirm never came", synced(created, [payment])],
  ["created", "partially_refunded", "a part went back before we looked", synced(created, [partlyBack])],
  ["created", "refunded", "all of it went back before we looked", synced(created, [allBack])],
  ["created", "expired", "nobody paid in time", expired],
  ["created", "voided", "the merchant takes it back", voided(created)],
  ["approved", "awaiting_deposit", "the account is issued", synced(approved, [accountRecord])],
  ["approved", "paid", "the approval follows", paid],
  ["approved", "partially_refunded", "paid and partly cancelled unseen", synced(approved, [partlyBack])],
  ["approved", "refunded", "paid and cancelled unseen", synced(approved, [allBack])],
  ["approved", "failed", "the approval is declined", failed],
  ["awaiting_deposit", "approved", "the buyer opens another window", approvedOrder(waiting, "imp_2")],
  ["awaiting_deposit", "paid", "the deposit comes", synced(waiting, [payment])],
  ["awaiting_deposit", "partially_refunded", "deposit and cancel unseen", synced(waiting, [partlyBack])],
  ["awaiting_deposit", "refunded", "deposit and full cancel unseen", synced(waiting, [allBack])],
  [
    "awaiting_deposit",
    "failed",
    "the approved account is closed",
    synced(synced(approved, [accountRecord]), [closed]),
  ],
  ["awaiting_deposit", "created", "an account without approval is closed", synced(waiting, [closed])],
  [
    "awaiting_deposit",
    "expired",
    "an account issued after the order's time is not paid",
    synced(synced(expired, [accountRecord]), [], afterDue),
  ],
  ["failed", "approved", "the buyer tries again", approvedOrder(failed, "imp_2")],
  [
    "failed",
    "awaiting_deposit",
    "the merchant has an account opened",
    synced({ ...failed, isAccountAsked: true }, [otherAccount]),
  ],
  ["failed", "paid", "the PG approves late", synced(failed, [payment])],
  ["failed", "partially_refunded", "late and partly cancelled", synced(failed, [partlyBack])],
  ["failed", "refunded", "late and cancelled", synced(failed, [allBack])],
  ["failed", "voided", "the merchant gives up", voided(failed)],
  ["expired", "awaiting_deposit", "a late account", synced(expired, [accountRecord])],
  ["expired", "paid", "a late approval", synced(expired, [payment])],
  ["expired", "partially_refunded", "late and partly cancelled", synced(expired, [partlyBack])],
  ["expired", "refunded", "late and cancelled", synced(expired, [allBack])],
  ["expired", "voided", "the merchant closes it for good", voided(expired)],
  ["paid", "partially_refunded", "a cancel in the console", synced(paid, [partlyBack])],
  ["paid", "refunded", "a full cancel in the console", synced(paid, [allBack])],
  [
    "partially_refunded",
    "refunded",
    "the rest is cancelled too",
    synced(synced(paid, [partlyBack]), [allBack]),
  ],
];

/** In the table for what no door does yet: a charge that is declined at once, an account that is revoked. */
const withoutStory = ["created>failed", "awaiting_deposit>voided"];

describe("the table of states", () => {
  it.each(stories)("%s becomes %s: %s", (from, to, _, after) => {
    expect(after.history.at(-1)).toMatchObject({ from, to });
    expect(after.state).toBe(to);
  });

  it("has no move without a story, and none that is missing", () => {
    const told = stories.map(([from, to]) => `${from}>${to}`).concat(withoutStory);
    const allowed = states.flatMap((from) =>
      states.filter((to) => canMove(from, to)).map((to) => `${from}>${to}`),
    );
    expect(allowed.sort()).toEqual(told.sort());
  });

  it("throws on a move it does not have", () => {
    const forgotten = { impUid: null, attempts: [] };
    const change = { by: "operator" as const, atMs: createdAtMs };
    expect(() => changeOrder(paid, forgotten, change)).toThrow("cannot go from paid to created");
  });

  it("lets an attempt take the order with it only when it was the approved one", () => {
    expect(synced(created, [failedRecord])).toBe(created);
    expect(synced(approved, [otherFailed])).toBe(approved);
    expect(failed.state).toBe("failed");
  });
});

describe("an order keeps", () => {
  const ended = (index: number) => attempt(`imp_${index}`, { state: "failed" });
  const withEnded = (order: Order, index: number): Order => {
    const attempts = withAttempt(order.attempts, ended(index));
    return changeOrder(order, { attempts }, { by: "portone", atMs: createdAtMs + index });
  };
  const indexes = Array.from({ length: 12 }, (_, index) => index);

  it("its last eight lines of history", () => {
    const marked = indexes.reduce((order, index) => {
      const reviewReason = index % 2 === 0 ? ("manual_refund" as const) : null;
      return changeOrder(order, { reviewReason }, { by: "operator", atMs: createdAtMs + index });
    }, paid);
    expect(marked.history.map(({ atMs }) => atMs - createdAtMs)).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it("eight attempts, dropping the oldest that ended without money", () => {
    const order = indexes.reduce(withEnded, paid);
    expect(order.attempts.map(({ impUid }) => impUid)).toEqual([
      "imp_730112845061",
      ...[5, 6, 7, 8, 9, 10, 11].map((index) => `imp_${index}`),
    ]);
  });

  it("every attempt that took money, however many, and of accounts eight", () => {
    const payments = indexes.map((index) => paymentRecord({ ...byAccount, impUid: `imp_${index}` }));
    expect(synced(created, payments).attempts).toHaveLength(12);
    const accounts = indexes.map((index) => ({ ...accountRecord, impUid: `imp_${index}` }));
    expect(synced(created, accounts).attempts).toHaveLength(8);
  });

  it("following PortOne when many wrong payments push the failed attempt out", () => {
    const forged = indexes.map((index) =>
      paymentRecord({ ...byAccount, impUid: `imp_${index}`, amount: won(100) }),
    );
    expect(synced(failed, forged)).toMatchObject({ state: "failed", reviewReason: "amount_mismatch" });
  });
});

describe("what is left", () => {
  const refund = (amount: number, taxFree: number, refundId: string | null) => ({
    cancellationId: `c-${amount}`,
    amount: won(amount),
    taxFree: won(taxFree),
    atMs: createdAtMs,
    refundId,
  });
  const having = (...cancels: readonly ReturnType<typeof refund>[]): Order => ({
    ...paid,
    attempts: paid.attempts.map((paying) => ({ ...paying, cancels })),
  });

  it.each([
    ["nothing was cancelled", having(), [109_000, 3_000]],
    ["a refund of ours", having(refund(20_000, 550, "rf_1")), [89_000, 2_450]],
    ["a console cancel, its tax-free part unknown", having(refund(20_000, 0, null)), [89_000, 3_000]],
    ["a console cancel that leaves less than was tax-free", having(refund(107_000, 0, null)), [2_000, 2_000]],
    ["all of it", having(refund(109_000, 3_000, "rf_1")), [0, 0]],
    ["no payment at all", createdOrder(), [109_000, 3_000]],
  ])("after %s", (_, order, left) => {
    expect([remainingOf(order), remainingTaxFreeOf(order)]).toEqual(left);
  });

  it("counts only what was cancelled of the attempt that paid", () => {
    const second = cancelledRecord([cancelEntry("c-9", 109_000)], { ...byAccount, impUid: "imp_2" });
    expect(remainingOf(synced(paid, [second]))).toBe(109_000);
  });
});
