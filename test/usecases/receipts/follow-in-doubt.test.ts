// What was lost about a receipt is cleared up by the sweep: found at PortOne, sent again after QUIET, or handed over.
import { describe, expect, it } from "vitest";
import { firstLook } from "../../../lib/domain/ladder.ts";
import type { ReceiptOperation } from "../../../lib/domain/operation.ts";
import { noReceipt } from "../../../lib/domain/receipt.ts";
import { followReceipt } from "../../../lib/usecases/receipts/follow-receipt.ts";
import {
  dayMs,
  done,
  firstInDoubt,
  follow,
  gone,
  inFlight,
  issuing,
  live,
  nowMs,
  portsAt,
  refunded,
  rest,
  sealed,
  sent,
  sweep,
} from "../../support/followed-receipts.ts";
import { cancelEntry, cancelledRecord, minuteMs, synced, won } from "../../support/orders.ts";
import { receiptDraft, recipient } from "../../support/receipt-doubles.ts";
import { sealedRecipients, sealedRecipientsBy } from "../../support/sealings.ts";
import { storedOrder, touch } from "../../support/syncing-ports.ts";

describe("a DELETE in doubt", () => {
  const cancelling = (more: Partial<ReceiptOperation> = {}) =>
    refunded(25_000, { receiptOperation: inFlight(more) });

  it("that happened lets the next one be issued only after QUIET", async () => {
    const ports = await portsAt(cancelling(), gone, minuteMs);
    expect(await follow(ports)).toBe("waiting");
    expect(await storedOrder(ports)).toMatchObject({
      receipt: { state: "cancelled", restsUntilMs: nowMs + 10 * minuteMs },
      dueAtMs: nowMs + 10 * minuteMs,
    });
    ports.clock.advance(9 * minuteMs - 1);
    expect([await follow(ports), sent(ports)]).toEqual(["waiting", [0, 0]]);
    ports.clock.advance(1);
    ports.receipts.issues.push(done(rest));
    expect([await follow(ports), sent(ports)]).toEqual(["resolved", [0, 1]]);
  });

  it("is sent again after QUIET only, as what it was", async () => {
    const ports = await portsAt(cancelling(), live);
    expect([await follow(ports), sent(ports)]).toEqual(["waiting", [0, 0]]);
    ports.clock.advance(10 * minuteMs);
    expect([await follow(ports), sent(ports)]).toEqual(["waiting", [1, 0]]);
    expect(await storedOrder(ports)).toMatchObject({ receiptOperation: { sends: 2, isFollowing: true } });
  });

  it("sent six times is a person's, and frees the slot", async () => {
    const ports = await portsAt(cancelling({ sends: 6 }), live, 10 * minuteMs);
    expect([await follow(ports), sent(ports)]).toEqual(["resolved", [0, 0]]);
    expect(await storedOrder(ports)).toMatchObject({
      receiptOperation: null,
      receiptHandedOver: 84_000,
      reviewReason: "receipt_refused",
    });
  });

  it("by whoever took the receipt back leaves nothing wanted", async () => {
    const ports = await portsAt(cancelling({ isFollowing: false }), gone, 10 * minuteMs);
    expect([await follow(ports), sent(ports)]).toEqual(["resolved", [0, 0]]);
    expect(await storedOrder(ports)).toMatchObject({
      receiptRecipient: null,
      receipt: { state: "cancelled" },
    });
  });
});

describe("an issue in doubt", () => {
  it("that happened is recorded, and for whom is kept", async () => {
    const ports = await portsAt(firstInDoubt(), live, minuteMs);
    expect(await follow(ports)).toBe("resolved");
    expect(await storedOrder(ports)).toMatchObject({
      receipt: { state: "issued", origin: "merchant" },
      receiptRecipient: sealed,
    });
    const alone = { ...(await portsAt(firstInDoubt(), live, minuteMs)), followsReceipts: false };
    expect(await follow(alone)).toBe("resolved");
    expect(await storedOrder(alone)).toMatchObject({ receipt: { state: "issued" }, receiptRecipient: null });
  });

  it("is sent again after QUIET, as what it was, over what is left by then", async () => {
    const ports = await portsAt(firstInDoubt(), null);
    expect([await follow(ports), sent(ports)]).toEqual(["waiting", [0, 0]]);
    const record = cancelledRecord([cancelEntry("c-1", 25_000)], { payMethod: "trans" });
    const order = await storedOrder(ports);
    await ports.store.update(order, synced(order, [record]));
    ports.clock.advance(10 * minuteMs);
    ports.receipts.issues.push(done(rest));
    expect([await follow(ports), sent(ports)]).toEqual(["resolved", [0, 1]]);
    expect(ports.receipts.issued).toMatchObject([{ draft: { amount: 84_000, bodyHash: "hash" }, recipient }]);
    expect(await storedOrder(ports)).toMatchObject({ receipt: { amount: 84_000, origin: "merchant" } });
  });

  it("that comes late, over what was left before, is cancelled and issued again", async () => {
    const second = { sends: 2, draft: { ...receiptDraft, amount: won(84_000) } };
    const order = refunded(25_000, { receipt: null, receiptOperation: issuing(second) });
    const ports = await portsAt(order, live, 10 * minuteMs);
    ports.receipts.cancels.push(done(gone));
    ports.receipts.issues.push(done(rest));
    expect([await follow(ports), sent(ports)]).toEqual(["resolved", [1, 1]]);
    expect(await storedOrder(ports)).toMatchObject({ receipt: { amount: 84_000 }, reviewReason: null });
  });

  it("is not sent where nothing is left, and nothing stays wanted", async () => {
    const order = refunded(109_000, { receipt: null, receiptOperation: issuing() });
    const ports = await portsAt(order, null, 10 * minuteMs);
    expect([await follow(ports), sent(ports)]).toEqual(["resolved", [0, 0]]);
    expect(await storedOrder(ports)).toMatchObject({ receiptOperation: null, receiptRecipient: null });
  });

  it("sent six times is a person's", async () => {
    const ports = await portsAt(firstInDoubt({ sends: 6 }), null, 10 * minuteMs);
    expect([await follow(ports), sent(ports)]).toEqual(["resolved", [0, 0]]);
    expect(await storedOrder(ports)).toMatchObject({
      receiptOperation: null,
      receiptHandedOver: 109_000,
      reviewReason: "receipt_refused",
    });
  });

  it("is a person's where the key is gone that would tell for whom", async () => {
    const lost = { recipients: sealedRecipientsBy(9) };
    const ports = { ...(await portsAt(firstInDoubt(), null, 10 * minuteMs)), ...lost };
    expect([await follow(ports), sent(ports)]).toEqual(["resolved", [0, 0]]);
    expect(await storedOrder(ports)).toMatchObject({ reviewReason: "receipt_refused" });
  });

  it("that was sent before it was kept for whom is let go of", async () => {
    const ports = await portsAt(firstInDoubt({}, { receiptRecipient: null }), null, 10 * minuteMs);
    expect([await follow(ports), sent(ports)]).toEqual(["resolved", [0, 0]]);
    expect(await storedOrder(ports)).toMatchObject({ receipt: null, receiptOperation: null });
  });

  it("whose slot somebody else writes is looked at again", async () => {
    const ports = await portsAt(firstInDoubt(), null, 10 * minuteMs);
    ports.store.interfere(touch);
    ports.receipts.issues.push(done(live));
    expect([await follow(ports), sent(ports)]).toEqual(["resolved", [0, 1]]);
  });
});

describe("a sale outside PortOne", () => {
  const ofSale = { of: "sale", merchantUid: "sale-1" } as const;
  const recipientOfSale = { ...recipient, buyerName: "김영희", saleName: "현장 판매" };

  async function inDoubt(more: Partial<ReceiptOperation> = {}, key = sealedRecipients) {
    const ports = await portsAt(null, null, 10 * minuteMs);
    const slot = {
      ...noReceipt,
      operation: issuing(more),
      recipient: await key.seal(recipientOfSale, "sale-1"),
    };
    await ports.sales.writeSale(null, { merchantUid: "sale-1", slot, ...firstLook(nowMs + minuteMs) });
    return ports;
  }

  it("gets the receipt whose issue was lost, once, and keeps nobody", async () => {
    const ports = await inDoubt();
    ports.receipts.issues.push(done(live));
    expect(await followReceipt(ofSale, sweep, ports)).toBe("resolved");
    expect(ports.receipts.issued).toMatchObject([
      { draft: { amount: 109_000 }, buyerName: "김영희", recipient: recipientOfSale },
    ]);
    expect(ports.sales.sales.get("sale-1")).toMatchObject({
      slot: { receipt: { state: "issued" }, operation: null, recipient: null },
      dueAtMs: ports.clock.nowMs() + dayMs,
    });
    ports.receipts.record = live;
    ports.clock.advance(dayMs);
    expect([await followReceipt(ofSale, sweep, ports), sent(ports)]).toEqual(["resolved", [0, 1]]);
    expect(ports.sales.sales.get("sale-1")).toMatchObject({ dueAtMs: null });
  });

  it.each([
    ["it was sent six times", { sends: 6 }, sealedRecipients],
    ["the key is gone", {}, sealedRecipientsBy(9)],
  ])("keeps what it is about for its ladder's mark where %s", async (_, more, key) => {
    const ports = await inDoubt(more, key);
    expect([await followReceipt(ofSale, sweep, ports), sent(ports)]).toEqual(["waiting", [0, 0]]);
    expect(ports.sales.sales.get("sale-1")).toMatchObject({ slot: { operation: { state: "unknown" } } });
  });

  it("whose answer told an odd sum is read once more after QUIET, and has PortOne's then", async () => {
    const ports = await inDoubt();
    ports.receipts.issues.push(done({ ...live, amount: won(1) }));
    expect(await followReceipt(ofSale, sweep, ports)).toBe("resolved");
    const { dueAtMs, slot } = ports.sales.sales.get("sale-1") ?? {};
    expect(slot).toMatchObject({ receipt: { amount: 1, askedAmount: 109_000 }, operation: null });
    expect(dueAtMs).toBe(ports.clock.nowMs() + 10 * minuteMs);
    ports.receipts.record = live;
    ports.clock.advance(10 * minuteMs);
    expect([await followReceipt(ofSale, sweep, ports), sent(ports)]).toEqual(["resolved", [0, 1]]);
    expect(ports.sales.sales.get("sale-1")).toMatchObject({
      slot: { receipt: { amount: 109_000, askedAmount: null, readAtMs: null } },
      dueAtMs: null,
    });
  });

  it("nobody knows has nothing open", async () => {
    const ports = await portsAt(null, null);
    expect(await followReceipt(ofSale, sweep, ports)).toBe("nothing_open");
    expect(await follow(ports)).toBe("nothing_open");
  });
});
