// What a read of a receipt tells that nobody is calling about: never less than what is held.
import { describe, expect, it } from "vitest";
import { adoptReceipt } from "../../lib/domain/adopted-receipt.ts";
import { moneyFromMinorUnits as won } from "../../lib/domain/money.ts";
import { quietMs, type Receipt, type ReceiptSlot } from "../../lib/domain/operation.ts";
import { emptySlot, type ReceiptRecord } from "../../lib/domain/receipt.ts";
import { heldReceipt, receiptRecord } from "../support/receipt-doubles.ts";

const appliedAtMs = Date.parse("2026-08-05T13:00:00+09:00");
const cancelledAtMs = appliedAtMs + 60_000;
const nowMs = appliedAtMs + 120_000;
const left = { amount: won(109_000), taxFree: won(3_000) };
const live = receiptRecord({ appliedAtMs });
const gone = { ...live, cancelledAtMs };
const other = { ...live, applyNum: "120000124", appliedAtMs: cancelledAtMs };

const held = (more: Partial<Receipt> = {}): ReceiptSlot => ({
  ...emptySlot,
  receipt: heldReceipt({ appliedAtMs, ...more }),
  recipient: "1.sealed",
});
const issued = held();
const cancelled = held({ state: "cancelled", cancelledAtMs });
const handed = { ...cancelled, handedOver: won(109_000), reviewReason: "receipt_refused" } as const;
const adopt = (slot: ReceiptSlot, record: ReceiptRecord | null, atMs = nowMs) =>
  adoptReceipt(slot, record, left, atMs);

it.each([
  ["no receipt", issued, null],
  ["the same, live", issued, live],
  ["the same, cancelled before", cancelled, gone],
  ["the same, read late", cancelled, live],
  ["an older one", issued, { ...other, appliedAtMs: appliedAtMs - 1 }],
  ["one of before the cancel", cancelled, { ...other, appliedAtMs: cancelledAtMs - 1 }],
  ["another of no time", issued, { ...other, appliedAtMs: null }],
  ["one of an order without any", emptySlot, live],
])("nothing is told by %s", (_, slot, record) => {
  expect(adopt(slot, record)).toBe(slot);
});

it("a cancel by others is told, and the next one waits in case they did it twice", () => {
  expect(adopt(issued, gone).receipt).toMatchObject({
    state: "cancelled",
    cancelledAtMs,
    restsUntilMs: nowMs + quietMs,
    readAtMs: null,
  });
});

describe("a cancel that was not so", () => {
  it.each([
    ["ours", cancelled, cancelledAtMs + quietMs],
    ["others'", held({ state: "cancelled", cancelledAtMs, restsUntilMs: nowMs + quietMs }), nowMs + quietMs],
  ])("%s is known by a record after QUIET only", (_, slot, fromMs) => {
    expect(adopt(slot, live, fromMs - 1)).toBe(slot);
    expect(adopt(slot, live, fromMs).receipt).toMatchObject({
      state: "issued",
      cancelledAtMs: null,
      restsUntilMs: null,
    });
  });
});

describe("another sum of the same receipt", () => {
  it("is believed, and ours is kept beside it", () => {
    const told = adopt(issued, { ...live, amount: won(100_000), vat: won(8_818) });
    expect(told.receipt).toMatchObject({ amount: 100_000, vat: 8_818, askedAmount: 109_000 });
  });

  it("that is the one asked for ends what a person was told", () => {
    const wrong = held({ amount: won(100_000), askedAmount: won(109_000) });
    const disputed = { ...wrong, handedOver: won(109_000), reviewReason: "receipt_refused" } as const;
    expect(adopt(disputed, live)).toMatchObject({
      receipt: { amount: 109_000, askedAmount: null },
      handedOver: null,
      reviewReason: null,
    });
  });
});

describe("another receipt that was issued since", () => {
  it("is the order's, and what a person was asked for where it is right", () => {
    expect(adopt(handed, other)).toMatchObject({
      receipt: { applyNum: "120000124", state: "issued", generation: 2, origin: "merchant", taxFree: 3_000 },
      handedOver: null,
      reviewReason: null,
    });
  });

  it("over another sum is not what a person was asked for", () => {
    const wrong = adopt(handed, { ...other, amount: won(9_000), vat: won(818) });
    expect(wrong).toMatchObject({ receipt: { amount: 9_000 }, reviewReason: "receipt_refused" });
  });

  it("may have been cancelled as well", () => {
    expect(adopt(handed, { ...other, cancelledAtMs: nowMs }).receipt).toMatchObject({
      state: "cancelled",
      restsUntilMs: nowMs + quietMs,
    });
  });
});

it("no receipt is what a person was asked for where nothing is left", () => {
  const nothing = { amount: won(0), taxFree: won(0) };
  const marked = { ...issued, handedOver: won(0), reviewReason: "receipt_refused" } as const;
  expect(adoptReceipt(marked, gone, nothing, nowMs).reviewReason).toBeNull();
  expect(adoptReceipt(marked, { ...live, amount: won(1) }, nothing, nowMs).reviewReason).not.toBeNull();
});

it("a receipt of the same moment under another number is the same one, and is read again, in case that was wrong", () => {
  const adopted = adopt(issued, { ...live, applyNum: "120000124" });
  const readAtMs = nowMs + 86_400_000;
  expect(adopted.receipt).toMatchObject({ applyNum: "120000124", generation: 1, state: "issued", readAtMs });
  expect(adopt(adopted, live).receipt).toMatchObject({ applyNum: live.applyNum, generation: 1 });
});
