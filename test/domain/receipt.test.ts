// A call for a receipt: what a lost answer to one means, and what becomes of the slot.
import { describe, expect, it } from "vitest";
import { moneyFromMinorUnits as won } from "../../lib/domain/money.ts";
import { quietMs, type Receipt, type ReceiptSlot } from "../../lib/domain/operation.ts";
import {
  claimReceipt,
  emptySlot,
  finishReceipt,
  forgetReceipt,
  handReceiptOver,
  isDisputed,
  isKnownByNow,
  isResting,
  leaveReceipt,
  type ReceiptClaim,
  type ReceiptRecord,
  releaseReceipt,
  resolveReceipt,
  wantNoReceipt,
} from "../../lib/domain/receipt.ts";
import { receiptDraft as draft, heldReceipt, receiptRecord } from "../support/receipt-doubles.ts";

const sentAtMs = Date.parse("2026-08-05T13:00:00+09:00");
const dayMs = 86_400_000;
const live = receiptRecord({ appliedAtMs: sentAtMs });
const gone = { ...live, cancelledAtMs: sentAtMs + 1_000 };
const other = { ...live, applyNum: "120000124" };
const issue: ReceiptClaim = { kind: "receipt_issue", isFollowing: false, draft, recipient: "1.sealed" };
const reissue: ReceiptClaim = { ...issue, isFollowing: true };
const cancel: ReceiptClaim = { kind: "receipt_cancel", isFollowing: false, draft: null };
const followingCancel: ReceiptClaim = { ...cancel, isFollowing: true };
const answered = { isAnswered: true, isFollowed: true };
const looked = { isAnswered: false, isFollowed: true };

const held = (more: Partial<Receipt> = {}): ReceiptSlot => ({
  ...emptySlot,
  receipt: heldReceipt(more),
  recipient: "1.sealed",
});
const cancelledSlot = held({ state: "cancelled", cancelledAtMs: sentAtMs });

const claim = (slot: ReceiptSlot, wanted: ReceiptClaim, sends = 1) => {
  let claimed = claimReceipt(slot, wanted, "claim-1", sentAtMs);
  for (let send = 2; send <= sends; send += 1)
    claimed = claimReceipt(claimed, wanted, `claim-${send}`, sentAtMs);
  return claimed;
};

const finish = (
  slot: ReceiptSlot,
  wanted: ReceiptClaim,
  record: ReceiptRecord,
  how: typeof answered = answered,
): ReceiptSlot => {
  const claimed = claim(slot, wanted);
  return finishReceipt(claimed, claimed.operation, { record, ...how });
};

describe("resolveReceipt", () => {
  const early = sentAtMs + quietMs - 1;
  const quiet = sentAtMs + quietMs;
  const unsealed = { ...claim(emptySlot, issue), recipient: null };

  it.each([
    ["issue: a live receipt appeared", claim(emptySlot, issue), live, early, "happened"],
    ["issue: none before QUIET", claim(emptySlot, issue), null, early, "wait"],
    ["issue: none after QUIET", claim(emptySlot, issue), null, quiet, "send_again"],
    ["issue: none after the fifth send", claim(emptySlot, issue, 5), null, quiet, "send_again"],
    ["issue: none after the sixth send", claim(emptySlot, issue, 6), null, quiet, "stuck"],
    ["issue for nobody knows whom: none after QUIET", unsealed, null, quiet, "nothing_happened"],
    ["issue again: only the old one, cancelled", claim(cancelledSlot, issue), gone, quiet, "send_again"],
    ["issue again: the old one, read late", claim(cancelledSlot, issue), live, quiet, "send_again"],
    ["issue again: a new number", claim(cancelledSlot, issue), other, early, "happened"],
    ["cancel: ours is cancelled", claim(held(), cancel), gone, early, "happened"],
    ["cancel: still live before QUIET", claim(held(), cancel), live, early, "wait"],
    ["cancel: still live after QUIET", claim(held(), cancel), live, quiet, "send_again"],
    ["cancel: still live after the sixth send", claim(held(), cancel, 6), live, quiet, "stuck"],
    [
      "cancel: another receipt's cancel is not ours",
      claim(held(), cancel),
      { ...other, cancelledAtMs: sentAtMs },
      early,
      "wait",
    ],
  ] as const)("%s", (_, slot, record, nowMs, verdict) => {
    expect(resolveReceipt(slot, slot.operation, record, nowMs)).toBe(verdict);
  });
});

describe("a claim", () => {
  it("says for whom the receipt is from its first write on", () => {
    expect(claim(emptySlot, issue).recipient).toBe("1.sealed");
    expect(claim(held(), followingCancel).recipient).toBe("1.sealed");
  });

  it("of another kind begins to count anew, of the same kind it goes on", () => {
    expect(claim(held(), cancel, 2).operation).toMatchObject({ id: "receipt_cancel-1", sends: 2 });
    expect(claim(claim(held(), cancel, 2), issue).operation).toMatchObject({
      id: "receipt_issue-2",
      sends: 1,
    });
  });
});

describe("an issued receipt", () => {
  it("has the provider's amount, and our own beside it where they differ", () => {
    expect(finish(emptySlot, issue, live).receipt).toMatchObject({ amount: 109_000, askedAmount: null });
    const less = finish(emptySlot, issue, { ...live, amount: won(88_000) });
    const odd = { amount: 88_000, askedAmount: 109_000, readAtMs: sentAtMs + quietMs };
    expect(less.receipt).toMatchObject(odd);
    const found = finish(emptySlot, issue, { ...live, amount: won(88_000) }, looked);
    expect(found.receipt).toMatchObject({ amount: 88_000, askedAmount: null });
    const alone = finish(
      emptySlot,
      issue,
      { ...live, amount: won(88_000) },
      { isAnswered: false, isFollowed: false },
    );
    expect(alone.receipt).toMatchObject(odd);
  });

  it("of no time was issued when it was asked for", () => {
    expect(finish(emptySlot, issue, { ...live, appliedAtMs: null }).receipt?.appliedAtMs).toBe(sentAtMs);
  });

  it("remembers for whom while it may have to be issued again, and not where it does not follow", () => {
    expect(finish(emptySlot, issue, live).recipient).toBe("1.sealed");
    expect(finish(emptySlot, issue, live, { isAnswered: true, isFollowed: false }).recipient).toBeNull();
  });

  it("is read again a day later, whatever became of it or of its answer", () => {
    expect(finish(emptySlot, issue, live).receipt?.readAtMs).toBe(sentAtMs + dayMs);
    expect(finish(cancelledSlot, reissue, other).receipt).toMatchObject({
      readAtMs: sentAtMs + dayMs,
      generation: 2,
      origin: "follow_through",
    });
    expect(finish(cancelledSlot, issue, other).receipt?.origin).toBe("merchant");
  });

  it("takes a person's mark with it once it is right, and no other mark", () => {
    const marked = { ...cancelledSlot, handedOver: won(109_000), reviewReason: "receipt_refused" as const };
    expect(finish(marked, reissue, other)).toMatchObject({ reviewReason: null, handedOver: null });
    const wrong = finish(marked, reissue, { ...other, amount: won(1) });
    expect(wrong).toMatchObject({ reviewReason: "receipt_refused", handedOver: null });
    const found = finish(marked, reissue, { ...other, amount: won(1) }, looked);
    expect(found.reviewReason).toBe("receipt_refused");
    const elsewhere = { ...marked, reviewReason: "double_cancel" as const };
    expect(finish(elsewhere, reissue, other).reviewReason).toBe("double_cancel");
  });
});

describe("a cancelled receipt", () => {
  it("rests until QUIET unless its only DELETE was answered", () => {
    expect(finish(held(), cancel, gone).receipt).toMatchObject({
      state: "cancelled",
      cancelledAtMs: sentAtMs + 1_000,
      restsUntilMs: null,
    });
    const doubtful = finish(held(), cancel, gone, looked).receipt;
    expect(doubtful?.restsUntilMs).toBe(sentAtMs + quietMs);
    expect(isResting(doubtful ?? null, sentAtMs + quietMs - 1)).toBe(true);
    expect(isResting(doubtful ?? null, sentAtMs + quietMs)).toBe(false);
    expect(isResting(null, sentAtMs)).toBe(false);
  });

  it("is wanted no more by whoever took it back, and still where it follows the money", () => {
    expect(finish(held(), cancel, gone).recipient).toBeNull();
    expect(finish(held(), followingCancel, gone).recipient).toBe("1.sealed");
  });

  it("is wanted no more where it was taken back while it followed", () => {
    const taken = wantNoReceipt(claim(held(), followingCancel));
    expect(taken).toMatchObject({ operation: { isFollowing: false }, recipient: "1.sealed" });
    if (!taken.operation) throw new Error("nothing in flight");
    expect(finishReceipt(taken, taken.operation, { record: gone, ...answered }).recipient).toBeNull();
    expect(wantNoReceipt(cancelledSlot)).toMatchObject({ recipient: null, operation: null });
  });
});

describe("a call nothing came of", () => {
  it("is let go of", () => {
    expect(releaseReceipt(claim(held(), cancel))).toEqual(held());
  });

  it("leaves nothing wanted where it was an issue, and the receipt as it was where it was a cancel", () => {
    expect(forgetReceipt(claim(emptySlot, issue))).toEqual(emptySlot);
    expect(forgetReceipt(claim(held(), cancel))).toEqual(held());
  });

  it("is handed to a person, under the first mark there was", () => {
    const handed = handReceiptOver(claim(held(), followingCancel), won(84_000));
    expect(handed).toMatchObject({ operation: null, handedOver: 84_000, reviewReason: "receipt_refused" });
    const marked = { ...claim(held(), followingCancel), reviewReason: "double_cancel" as const };
    expect(handReceiptOver(marked, won(84_000)).reviewReason).toBe("double_cancel");
  });

  it("is nobody's where receipts do not follow", () => {
    const left = leaveReceipt(held(), won(84_000));
    expect(left).toMatchObject({ recipient: null, handedOver: 84_000, reviewReason: null });
  });
});

describe("isDisputed", () => {
  const receipt = heldReceipt({ amount: won(88_000), askedAmount: won(84_000), appliedAtMs: sentAtMs });

  it.each([
    ["made out for something else than what was and is left", receipt, 84_000, true],
    ["made out for something else than what is left now", receipt, 80_000, false],
    ["both agree", { ...receipt, askedAmount: null }, 84_000, false],
    ["cancelled", { ...receipt, state: "cancelled" as const }, 84_000, false],
    ["there is none", null, 84_000, false],
  ])("%s", (_, given, remaining, is) => {
    expect(isDisputed(given, won(remaining))).toBe(is);
  });

  it("is for good once a look has had the time to show what more went back", () => {
    expect(isKnownByNow(receipt, sentAtMs + quietMs - 1)).toBe(false);
    expect(isKnownByNow(receipt, sentAtMs + quietMs)).toBe(true);
  });
});
