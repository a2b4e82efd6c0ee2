// Each check is shown what it must refuse, and what it must let pass.
import { describe, expect, it } from "vitest";
import { order as healthyOrder, payment as healthyPayment, receiptItem, sealed } from "../healthy.ts";
import type { Item } from "../table.ts";
import type { Payment } from "../world.ts";
import {
  type Finding,
  heldAtPortOne,
  isToBeRepeated,
  judgeAudit,
  judgeBrowser,
  judgeLog,
  judgeOrder,
  judgeOther,
  judgeOutlived,
  judgeReply,
  judgeSweep,
  restsUntilMs,
} from "./checks.ts";

const merchantUid = "rec-1";
const payment = (more: Partial<Payment> = {}): Payment =>
  healthyPayment({ merchant_uid: merchantUid, cancel_amount: 0, cancel_history: [], ...more });
const order = (more: Item = {}): Item => ({
  pk: `order#${merchantUid}`,
  state: "paid",
  imp_uid: "imp_1",
  amount: 109_000,
  cancel_amount: 0,
  ...more,
});
const kinds = (findings: readonly Finding[]) => findings.map(({ kind }) => kind);
const judge = (item: Item | null, payments: readonly Payment[], showsSums = true) =>
  kinds(judgeOrder({ merchantUid, order: item, payments, showsSums }));

describe("of an order", () => {
  const unpaid = payment({ status: "ready", paid_at: 0 });
  const cancelled = payment({ cancel_amount: 20_000 });

  it.each<[string, Item | null, Payment, boolean]>([
    ["that says what PortOne holds", order(), payment(), true],
    [
      "that says it after a cancel",
      order({ state: "partially_refunded", cancel_amount: 20_000 }),
      cancelled,
      true,
    ],
    ["that nobody has paid", order({ state: "expired" }), unpaid, true],
    [
      "that says less and is in review",
      order({ state: "created", review_reason: "amount_mismatch" }),
      payment(),
      true,
    ],
    ["that says more and is in review", order({ review_reason: "cancel_sum_mismatch" }), cancelled, true],
    ["that says more where PortOne hides it", order(), cancelled, false],
    ["that is not there and holds nothing", null, unpaid, true],
  ])("%s nothing is found", (_, item, held, showsSums) => {
    expect(judge(item, [held], showsSums)).toEqual([]);
  });

  it.each<[string, string, Item | null, Payment]>([
    ["money nobody sees", "money_unseen", order({ state: "failed" }), payment()],
    ["money of an order that waits", "money_unseen", order({ state: "created", due_at: 1 }), payment()],
    ["more taken back than was", "money_unseen", order({ cancel_amount: 30_000 }), cancelled],
    ["money of no order", "money_unseen", null, payment()],
    ["a cancel nobody sees", "cancel_unseen", order(), cancelled],
    ["an order that names no payment of its own", "wrong_payment", order({ imp_uid: "" }), payment()],
    ["an order that is looked at for ever", "unresolved", order({ due_at: 1 }), payment()],
  ])("%s is found", (_, kind, item, held) => {
    expect(judge(item, [held])).toEqual([kind]);
  });

  describe("whose receipt is what is left", () => {
    const endMs = Date.parse("2027-02-06T00:00:00+09:00");
    const part = payment({ cancel_amount: 20_000 });
    const kept = (more: Item = {}): Item =>
      healthyOrder({ receipt: receiptItem, receipt_to: sealed, due_at: endMs, ...more });
    const { receipt_to: _, ...forgotten } = kept();
    const { due_at: __, ...over } = forgotten;

    it("it rests until nobody is to be known for it any more", () => {
      expect(restsUntilMs(kept())).toBe(endMs);
      expect(judge(kept(), [part])).toEqual([]);
    });

    it.each<[string, Item]>([
      ["before that", kept({ due_at: endMs - 1 })],
      ["later", kept({ due_at: endMs + 1 })],
      ["for nobody", forgotten],
      ["for one that is not what is left", kept({ receipt: { ...receiptItem, amount: 109_000 } })],
    ])("due %s it is found", (___, item) => {
      expect(restsUntilMs(item)).toBeNull();
      expect(judge(item, [part])).toEqual(["unresolved"]);
    });

    it.each<[string, Item | null, readonly string[]]>([
      ["over", over, []],
      ["due for nobody", forgotten, ["unresolved"]],
      ["kept and never due", { ...over, receipt_to: sealed }, ["unresolved"]],
      ["gone", null, ["unresolved"]],
    ])("once that time is over it is %s", (___, item, found) => {
      expect(kinds(judgeOutlived(merchantUid, item))).toEqual(found);
    });
  });

  it("every payment counts that took money", () => {
    expect(heldAtPortOne([payment(), unpaid, payment({ cancel_amount: 9_000 })])).toBe(209_000);
  });
});

describe("of an order that nobody patched", () => {
  const expected = { merchantUid, state: "paid", cancelAmount: 0 };

  it.each<[string, Item | null, readonly string[]]>([
    ["as expected", order(), []],
    ["in another state", order({ state: "created" }), ["other_touched"]],
    ["with another sum", order({ cancel_amount: 1 }), ["other_touched"]],
    ["in review", order({ review_reason: "status_unknown" }), ["other_touched"]],
    ["gone", null, ["other_touched"]],
  ])("%s", (_, item, found) => {
    expect(kinds(judgeOther(expected, item))).toEqual(found);
  });
});

describe("of an invocation", () => {
  it.each([
    [judgeSweep, { isFailed: false, report: { stopped: "done" } }, []],
    [judgeSweep, { isFailed: false, report: { stopped: "provider" } }, ["sweep_stopped"]],
    [judgeSweep, { isFailed: true, report: { errorType: "Error" } }, ["sweep_stopped"]],
    [judgeSweep, { isFailed: true, report: { stopped: "done" } }, ["sweep_stopped"]],
    [judgeAudit, { isFailed: false, report: { complete: true, unreadable: 1 } }, []],
    [judgeAudit, { isFailed: false, report: { complete: false } }, ["audit_stopped"]],
    [judgeAudit, { isFailed: true, report: { complete: true } }, ["audit_stopped"]],
  ])("%o of %j", (check, invocation, found) => {
    expect(kinds(check(invocation))).toEqual(found);
  });

  it.each([
    [true, "TimeoutError: 800 ms", true],
    [true, "ValidationException", false],
    [false, "TimeoutError: 800 ms", false],
  ])("failed %s by %s is begun again: %s", (isFailed, errorMessage, isRepeated) => {
    expect(isToBeRepeated({ isFailed, report: { errorMessage } })).toBe(isRepeated);
  });

  it.each([
    [200, []],
    [409, []],
    [503, []],
    [500, ["failed_invocation"]],
    [0, ["failed_invocation"]],
  ])("a door that answers %i", (status, found) => {
    expect(kinds(judgeReply(merchantUid, "GET /orders/rec-1", status, {}))).toEqual(found);
  });

  it("a line of what nobody expected is found, by the order it names", () => {
    const line = { level: "error", function: "confirm", event: "unexpected_error", why: "TypeError: x" };
    const lines = [{ event: "answered" }, line, { ...line, merchant_uid: merchantUid }].map((one) =>
      JSON.stringify(one),
    );
    const refused = JSON.stringify({ ...line, event: "storage_unavailable", why: "ValidationException" });
    const slow = JSON.stringify({ ...line, event: "storage_unavailable", why: "TimeoutError: 800 ms" });
    expect(judgeLog([...lines, refused, slow])).toEqual([
      { kind: "failed_invocation", merchantUid: null, what: "confirm: TypeError: x" },
      { kind: "failed_invocation", merchantUid, what: "confirm: TypeError: x" },
      { kind: "failed_invocation", merchantUid: null, what: "confirm: ValidationException" },
    ]);
  });
});

it.each([
  ["failed", 109_000, ["told_failed"]],
  ["expired", 1, ["told_failed"]],
  ["voided", 1, ["told_failed"]],
  ["failed", 0, []],
  ["pending", 109_000, []],
  ["paid", 109_000, []],
  [undefined, 109_000, []],
])("a browser told %s while PortOne holds %i", (state, held, found) => {
  expect(kinds(judgeBrowser(merchantUid, state, held))).toEqual(found);
});
