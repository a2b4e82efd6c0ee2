// A receipt follows the money: what still differs from the goal, what the sweep does about it, and how long it is kept
// for whom the receipt is.
import { describe, expect, it } from "vitest";
import { dueAt, isInDoubt, mayBeSentOn, owed } from "../../lib/domain/due.ts";
import { claimLook } from "../../lib/domain/ladder.ts";
import type { Receipt } from "../../lib/domain/operation.ts";
import type { Order } from "../../lib/domain/order.ts";
import { changeOrder } from "../../lib/domain/order-change.ts";
import { claimReceipt } from "../../lib/domain/receipt.ts";
import {
  hasWindowReceipt,
  isRecipientSpent,
  owesReceipt,
  receiptTodo,
  receiptWork,
  recipientEndsAtMs,
} from "../../lib/domain/receipt-goal.ts";
import {
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  minuteMs,
  paymentRecord,
  synced,
  won,
} from "../support/orders.ts";
import { heldReceipt, orderPaidByTransfer } from "../support/receipt-doubles.ts";
import { cancelOf, orderWithClaimedRefund } from "../support/syncing-ports.ts";

const paid = orderPaidByTransfer();
const stamp = { by: "merchant", atMs: createdAtMs + 10 * minuteMs } as const;
const cancelled: Partial<Receipt> = { state: "cancelled", cancelledAtMs: createdAtMs + 6 * minuteMs };

interface Held {
  readonly backWon?: number;
  readonly receipt?: Partial<Receipt> | null;
  readonly recipient?: string | null;
  readonly handedOverWon?: number;
  readonly hasWindow?: boolean;
}

/** An order of 109,000 won, 3,000 of it tax-free, with a receipt over all of it, and so much of it given back. */
function orderWith({
  backWon = 0,
  receipt = {},
  recipient = "1.sealed",
  handedOverWon,
  hasWindow,
}: Held): Order {
  const own = { payMethod: "trans", cashReceiptIssued: hasWindow === true };
  const withReceipt = changeOrder(
    synced(approvedOrder(createdOrder({ payMethod: "trans" })), [paymentRecord(own)]),
    {
      receipt: receipt && heldReceipt(receipt),
      receiptRecipient: recipient,
      receiptHandedOver: handedOverWon === undefined ? null : won(handedOverWon),
    },
    stamp,
  );
  return backWon === 0
    ? withReceipt
    : synced(withReceipt, [cancelledRecord([cancelEntry("c-1", backWon)], own)], { atMs: stamp.atMs });
}

const rows: readonly (readonly [string, Held, string | null, string | null])[] = [
  ["over what is left", {}, null, null],
  ["after a part went back", { backWon: 25_000 }, "cancel", "cancel"],
  ["after all of it went back", { backWon: 109_000 }, "cancel", "cancel"],
  [
    "over what is left after a part went back",
    { backWon: 25_000, receipt: { amount: won(84_000) } },
    null,
    null,
  ],
  [
    "over the right sum, and another part of it tax-free",
    { receipt: { taxFree: won(0) } },
    "cancel",
    "cancel",
  ],
  ["cancelled for what is left", { backWon: 25_000, receipt: cancelled }, "issue", "issue"],
  ["cancelled where nothing is left", { backWon: 109_000, receipt: cancelled }, null, null],
  ["cancelled, and wanted no more", { receipt: cancelled, recipient: null }, null, null],
  ["wanted, and none yet", { receipt: null }, "issue", "issue"],
  ["not wanted", { receipt: null, recipient: null }, null, null],
  ["alive, and nobody kept for whom", { backWon: 25_000, recipient: null }, "hand", "hand_over"],
  [
    "alive, and nobody kept for whom, told",
    { backWon: 25_000, recipient: null, handedOverWon: 84_000 },
    "hand",
    null,
  ],
  ["in a person's hands", { backWon: 25_000, handedOverWon: 84_000 }, "hand", null],
  [
    "in a person's hands, for what was left before",
    { backWon: 25_000, handedOverWon: 89_000 },
    "cancel",
    "cancel",
  ],
  ["from the window", { receipt: null, recipient: null, hasWindow: true }, null, null],
  [
    "from the window, after a part went back",
    { receipt: null, recipient: null, hasWindow: true, backWon: 25_000 },
    "hand",
    "hand_over",
  ],
  [
    "from the window, after a part went back, told",
    { receipt: null, recipient: null, hasWindow: true, backWon: 25_000, handedOverWon: 84_000 },
    "hand",
    null,
  ],
];

describe.each(rows)("a receipt %s", (_, held, todo, work) => {
  const order = orderWith(held);

  it(`differs from its goal by ${todo}, and the sweep's part is ${work}`, () => {
    expect([receiptTodo(order), receiptWork(order)]).toEqual([todo, work]);
    expect([owesReceipt(order, stamp.atMs), mayBeSentOn(order)]).toEqual([work !== null, work !== null]);
    expect(isInDoubt(order, stamp.atMs)).toBe(work !== null);
    expect(order.dueAtMs === stamp.atMs).toBe(work !== null);
  });
});

describe("nothing is done about a receipt", () => {
  const order = orderWith({ backWon: 25_000 });

  it("of an order nobody paid", () => {
    const waiting = { ...createdOrder(), receiptRecipient: "1.sealed" };
    expect([receiptTodo(waiting), receiptWork(waiting), isRecipientSpent(waiting)]).toEqual([
      null,
      null,
      false,
    ]);
  });

  it("while a call about it is in flight", () => {
    const slot = {
      receipt: order.receipt,
      operation: null,
      recipient: null,
      handedOver: null,
      reviewReason: null,
    };
    const claim = { kind: "receipt_cancel", isFollowing: true, draft: null } as const;
    const receiptOperation = claimReceipt(slot, claim, "claim-1", stamp.atMs).operation;
    const busy = changeOrder(order, { receiptOperation }, stamp);
    expect([receiptTodo(busy), receiptWork(busy), owesReceipt(busy, stamp.atMs)]).toEqual([
      "cancel",
      null,
      true,
    ]);
  });

  it.each([
    ["claimed", null],
    ["unknown", null],
    ["closed", null],
    ["scheduled", "cancel"],
  ] as const)("while a refund is %s: %s", (state, work) => {
    const cancel = { ...cancelOf(orderWithClaimedRefund()), state };
    expect(receiptWork({ ...order, cancel })).toBe(work);
  });
});

describe("an order whose receipt differs", () => {
  it("is due when it begins to, and after QUIET where a DELETE may still be on its way", () => {
    const order = orderWith({ backWon: 25_000 });
    expect(owed(order)).toEqual([{ what: "receipt", atMs: stamp.atMs }]);
    const restsUntilMs = stamp.atMs + 9 * minuteMs;
    const resting = orderWith({ backWon: 25_000, receipt: { ...cancelled, restsUntilMs } });
    expect(dueAt(resting)).toBe(restsUntilMs);
  });

  it("differs anew when more goes back, whatever was looked at before", () => {
    const later = stamp.atMs + 60 * minuteMs;
    const looked = {
      ...orderWith({ backWon: 25_000 }),
      lookedAtMs: stamp.atMs,
      nextLookAtMs: later + 1,
      wishedAtMs: stamp.atMs,
    };
    const entries = [cancelEntry("c-1", 25_000), cancelEntry("c-2", 1_000)];
    const more = synced(looked, [cancelledRecord(entries, { payMethod: "trans" })], { atMs: later });
    expect(more.wishedAtMs).toBe(later);
  });

  it("is read again when it was promised, and then no more", () => {
    const readAtMs = stamp.atMs + minuteMs;
    const order = orderWith({ receipt: { readAtMs } });
    expect(order.dueAtMs).toBe(readAtMs);
    expect(mayBeSentOn(order)).toBe(true);
    expect([owesReceipt(order, readAtMs - 1), owesReceipt(order, readAtMs)]).toEqual([false, true]);
  });
});

describe("for whom a receipt is", () => {
  /** The KST day six months after 5 August is the last on which KSNET gives anything back. */
  const lastMs = Date.parse("2027-02-06T00:00:00+09:00");

  it("is kept until nothing can go back any more", () => {
    const order = orderWith({});
    expect(recipientEndsAtMs(order)).toBe(lastMs);
    expect(order.dueAtMs).toBe(lastMs);
    const kept = synced(order, [paymentRecord({ payMethod: "trans" })], {
      atMs: lastMs - 1,
      isComplete: true,
    });
    expect(kept.receiptRecipient).toBe("1.sealed");
    const forgotten = synced(kept, [paymentRecord({ payMethod: "trans" })], {
      atMs: lastMs,
      isComplete: true,
    });
    expect([forgotten.receiptRecipient, forgotten.dueAtMs]).toEqual([null, null]);
  });

  it("wants no look before, whatever was climbed for other things, and is looked at when its time has come", () => {
    const climbing = {
      ...orderWith({}),
      looks: 3,
      nextLookAtMs: stamp.atMs + minuteMs,
      lookedAtMs: stamp.atMs,
    };
    const resting = changeOrder(climbing, {}, stamp);
    expect(resting).toMatchObject({ dueAtMs: lastMs, nextLookAtMs: null, lookedAtMs: null, looks: 0 });
    const claimed = claimLook(resting, { earliness: 0, lookClaim: "look-1" }, { by: "sweep", atMs: lastMs });
    expect(claimed).toMatchObject({ dueAtMs: lastMs + minuteMs, looks: 1 });
  });

  it.each([
    ["nobody is kept", { recipient: null }],
    ["it still has to be issued", { receipt: null }],
  ])("has no end of its own where %s", (_, held) => {
    expect(recipientEndsAtMs(orderWith(held))).toBeNull();
  });

  it("is not forgotten while a refund is in flight", () => {
    expect(recipientEndsAtMs({ ...orderWith({}), cancel: cancelOf(orderWithClaimedRefund()) })).toBeNull();
  });

  it("is forgotten with the write that leaves nothing, wherever no receipt lives", () => {
    const order = orderWith({ backWon: 25_000, receipt: cancelled });
    const all = [cancelEntry("c-1", 25_000), cancelEntry("c-2", 84_000)];
    const whole = synced(order, [cancelledRecord(all, { payMethod: "trans" })], { atMs: stamp.atMs });
    expect([whole.receiptRecipient, whole.dueAtMs]).toEqual([null, null]);
    const alive = orderWith({ backWon: 109_000 });
    expect(alive.receiptRecipient).toBe("1.sealed");
    expect(isRecipientSpent({ ...alive, receipt: heldReceipt(cancelled) })).toBe(true);
  });
});

it("a receipt from the window is one only where there is no other", () => {
  expect(hasWindowReceipt(orderWith({ receipt: null, hasWindow: true }))).toBe(true);
  expect(hasWindowReceipt(orderWith({ hasWindow: true }))).toBe(false);
  expect(hasWindowReceipt(paid)).toBe(false);
});
