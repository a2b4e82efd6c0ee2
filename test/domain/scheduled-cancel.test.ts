// A cancel that waits for the morning: nothing is sent before its time, after its end, or against the rules, and nobody
// takes a cancel made by others for it.
import { describe, expect, it } from "vitest";
import {
  type CancelClaim,
  claimAnotherSend,
  claimCancel,
  concludeCancel,
  endAsKept,
  markCancelUnknown,
} from "../../lib/domain/cancel.ts";
import { resolveCancel } from "../../lib/domain/cancel-verdict.ts";
import { dueAt, mayBeSentOn } from "../../lib/domain/due.ts";
import { type Contract, contractNames } from "../../lib/domain/ksnet/rule.ts";
import { clearReview } from "../../lib/domain/operator.ts";
import { attemptOf, type Order, type Stamp } from "../../lib/domain/order.ts";
import type { PaymentRecord } from "../../lib/domain/payment-record.ts";
import { closeUnsent, decideSend, mayGoAtMs, postpone } from "../../lib/domain/scheduled-cancel.ts";
import { decideSync } from "../../lib/domain/sync.ts";
import { impUid, wanting } from "../support/give-backs.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  givingPolicy,
  look,
  minuteMs,
  paymentRecord,
  won,
} from "../support/orders.ts";
import { cancelOf, refundClaim, requestId } from "../support/syncing-ports.ts";

const atNight = Date.parse("2026-08-05T23:30:00+09:00");
const morning = Date.parse("2026-08-06T06:04:00+09:00");
const stamp: Stamp = { by: "merchant", atMs: atNight };
const vbank = { payMethod: "vbank" };
const account = { holder: "홍길동", bank: "088", number: "110123456789" };
const claim: CancelClaim = { ...refundClaim, account: "sealed", scheduledAtMs: morning };

const syncAt = (order: Order, record: PaymentRecord, atMs: number) =>
  decideSync(order, look([record], { atMs }), givingPolicy);
const paid = syncAt(approvedOrder(createdOrder(vbank)), paymentRecord(vbank), createdAtMs + 3 * minuteMs);
const waiting = claimCancel(paid, claim, stamp);
const closed = (closedBy: Parameters<typeof closeUnsent>[2]["closedBy"], order = waiting) =>
  closeUnsent(order, cancelOf(order), { closedBy, claimToken: "claim-9" }, stamp);
const sightAt = (atMs: number, record?: PaymentRecord) =>
  ({ by: "sweep", atMs, record, refused: null, isAnswered: false, requestId }) as const;

it("is claimed without a send, and due at its time", () => {
  expect(waiting.cancel).toMatchObject({ state: "scheduled", sends: 0, scheduledAtMs: morning });
  expect([waiting.dueAtMs, mayBeSentOn(waiting)]).toEqual([morning, true]);
  const sent = claimAnotherSend(waiting, cancelOf(waiting), "claim-2", { ...stamp, atMs: morning });
  expect(sent.cancel).toMatchObject({
    state: "claimed",
    sends: 1,
    sentAtMs: morning,
    sinceMs: atNight,
    scheduledAtMs: null,
    account: "sealed",
  });
  expect(dueAt(sent)).toBe(morning + minuteMs);
});

it("goes into no send that was never made when a person clears a mark", () => {
  const marked = { ...waiting, reviewReason: "operation_unresolved" as const };
  expect(clearReview(marked, "확인", stamp).cancel).toMatchObject({ state: "scheduled", sends: 0 });
});

describe("PortOne's record about it", () => {
  const whole = paymentRecord(vbank);
  const verdictAt = (record: PaymentRecord, atMs: number, order = waiting) =>
    resolveCancel(order, cancelOf(order), { record, atMs, isAnswered: false }).verdict;
  const console = (amount: number, reason?: string) =>
    cancelledRecord([cancelEntry("c-1", amount, reason)], vbank);
  const refunded = syncAt(paid, console(9_000), createdAtMs + 20 * minuteMs);
  const after = claimCancel(refunded, { ...claim, checksum: won(100_000) }, stamp);

  it.each<[string, PaymentRecord, number, string]>([
    ["before its time: it waits", whole, morning - 1, "wait"],
    ["at its time: it may go", whole, morning, "send"],
    ["less is left, at any time: it never can", console(20_000), atNight, "remaining_changed"],
    [
      "a cancel of its amount without a text is not its own",
      console(20_000, ""),
      morning,
      "remaining_changed",
    ],
    ["nor one that carries its tag", console(20_000, "#k7q2m5xwa"), morning, "remaining_changed"],
    ["an unreadable figure says nothing", { ...whole, cancelAmount: null }, morning, "old"],
  ])("%s", (_, record, atMs, verdict) => {
    expect(verdictAt(record, atMs)).toBe(verdict);
  });

  it("is old where it lacks what is held", () => {
    expect(verdictAt(whole, morning, after)).toBe("old");
  });

  it("ends nothing by itself: the slot is closed first", () => {
    const seen = sightAt(morning, console(20_000));
    const ended = concludeCancel(waiting, syncAt(waiting, console(20_000), morning), cancelOf(waiting), seen);
    expect(ended).toEqual({ isOver: false, verdict: "remaining_changed" });
  });
});

describe("the rules asked when it runs", () => {
  const all = { contracts: new Set<Contract>(contractNames) };
  const stepAt = (
    nowMs: number,
    more: { order?: Order; named?: boolean; contracts?: Set<Contract> } = {},
  ) => {
    const { order = waiting, named = true, contracts = all.contracts } = more;
    return decideSend(order, cancelOf(order), named ? account : null, { nowMs, contracts });
  };

  it.each([
    ["nothing forbids it", stepAt(morning), { step: "send" }],
    [
      "half a year later",
      stepAt(Date.parse("2027-02-06T12:00:00+09:00")),
      { step: "forbidden", by: "refund_window_closed" },
    ],
    [
      "the contract is gone",
      stepAt(morning, { contracts: new Set() }),
      { step: "forbidden", by: "vbank_refund_not_contracted" },
    ],
    ["nobody knows the account", stepAt(morning, { named: false }), { step: "account_needed" }],
  ])("%s", (_, step, expected) => {
    expect(step).toEqual(expected);
  });

  it("at night again it is put off to the next morning, and due then", () => {
    const nextNight = Date.parse("2026-08-06T22:58:00+09:00");
    const step = stepAt(nextNight);
    expect(step).toEqual({
      step: "put_off",
      atMs: mayGoAtMs(waiting, waiting.attempts[0] ?? fail(), "rf_1", nextNight),
    });
    const atMs = step.step === "put_off" ? step.atMs : 0;
    expect(new Date(atMs).toISOString()).toMatch(/^2026-08-06T21:0\d/);
    const later = postpone(waiting, cancelOf(waiting), atMs, { ...stamp, atMs: nextNight });
    expect([later.cancel?.state, later.dueAtMs]).toEqual(["scheduled", atMs]);
    expect(postpone(later, cancelOf(later), atMs, stamp)).toBe(later);
  });

  it.each([
    ["of which nobody knows", "unknown"],
    ["whose sender died before anybody knew", "claimed"],
  ])("what was sent and %s waits for the morning as well, and is looked at then", (_, state) => {
    const sentAt = { ...stamp, atMs: atNight - 40 * minuteMs };
    const claimed = claimCancel(paid, { ...claim, scheduledAtMs: null }, sentAt);
    const order = state === "claimed" ? claimed : markCancelUnknown(claimed, cancelOf(claimed), null, stamp);
    const step = stepAt(atNight, { order });
    const atMs = step.step === "put_off" ? step.atMs : fail();
    const later = postpone(order, cancelOf(order), atMs, stamp);
    expect(later.cancel).toMatchObject({ state, sends: 1 });
    expect(later.dueAtMs).toBe(atMs);
  });

  it("a card's is sent at any time", () => {
    const card = syncAt(approvedOrder(), paymentRecord(), createdAtMs + 3 * minuteMs);
    const running = claimCancel(card, { ...claim, scheduledAtMs: null }, stamp);
    expect(stepAt(atNight, { order: running, named: false })).toEqual({ step: "send" });
  });
});

describe("closed", () => {
  it("nobody may send it, and its end is written soon", () => {
    const order = closed(null);
    expect(order.cancel).toMatchObject({ state: "closed", claimToken: "claim-9", sends: 0, closedBy: null });
    expect(order.dueAtMs).toBe(atNight + minuteMs);
  });

  it("because it was taken back: its key says so for ever, the slot is free, and no look is owed", () => {
    const order = closed(null);
    const ended = concludeCancel(order, order, cancelOf(order), sightAt(atNight));
    expect(ended).toMatchObject({
      isOver: true,
      refund: { state: "withdrawn", refusal: null, amount: 20_000, cancellationId: null, remaining: 109_000 },
      next: { state: "paid", cancel: null, reviewReason: null, owedReads: [], dueAtMs: null },
    });
    const kept = ended.isOver ? ended.refund : fail();
    expect(endAsKept(order, cancelOf(order), kept, stamp)).toMatchObject({ cancel: null, owedReads: [] });
  });

  it.each(["remaining_changed", "refund_window_closed"] as const)("because of %s: refused as that", (by) => {
    const order = closed(by);
    const ended = concludeCancel(order, order, cancelOf(order), sightAt(atNight));
    expect(ended).toMatchObject({
      isOver: true,
      refund: { state: "refused", refusal: by },
      next: { cancel: null },
    });
  });

  it("a give-back taken back is a person's, who knows another account", () => {
    const wished = wanting(vbank);
    const giving = { ...claim, kind: "give_back" as const, amount: won(109_000), impUid };
    const order = closed(null, claimCancel(wished, giving, stamp));
    const ended = concludeCancel(order, order, cancelOf(order), sightAt(atNight));
    const next = ended.isOver ? ended.next : fail();
    expect(next).toMatchObject({ cancel: null, reviewReason: "refund_account_needed", dueAtMs: null });
    expect(attemptOf(next, impUid)).toMatchObject({ state: "paid", giveBack: null });
  });
});

function fail(): never {
  throw new Error("not reached");
}
