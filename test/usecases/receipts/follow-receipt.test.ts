// The receipt follows the money, a claim before each call; what only a person can mend is handed over.
import { describe, expect, it } from "vitest";
import { silence, unreadable } from "../../support/doubles.ts";
import {
  dayMs,
  done,
  follow,
  gone,
  live,
  no,
  nowMs,
  portsAt,
  refunded,
  rest,
  sealed,
  sent,
} from "../../support/followed-receipts.ts";
import { cancelEntry, cancelledRecord, minuteMs, synced, won } from "../../support/orders.ts";
import { heldReceipt, receiptRecord, recipient } from "../../support/receipt-doubles.ts";
import { hurriedCall, storedOrder } from "../../support/syncing-ports.ts";

describe("after a refund", () => {
  it("of a part the receipt is cancelled and issued for what is left, in one look", async () => {
    const ports = await portsAt(refunded(25_000), live);
    ports.receipts.cancels.push(done(gone));
    ports.receipts.issues.push(done(rest));
    expect(await follow(ports)).toBe("resolved");
    expect(ports.receipts.issued).toMatchObject([
      { draft: { amount: 84_000, taxFree: 3_000 }, recipient, buyerName: "홍길동" },
    ]);
    const stored = await storedOrder(ports);
    expect(stored).toMatchObject({
      receipt: { amount: 84_000, generation: 2, origin: "follow_through", readAtMs: nowMs + dayMs },
      receiptOperation: null,
      receiptRecipient: sealed,
      reviewReason: null,
    });
    expect(JSON.stringify(stored)).not.toContain(recipient.identifier);
    expect(await follow(ports)).toBe("nothing_open");
    expect(sent(ports)).toEqual([1, 1]);
  });

  it("of all of it the receipt is cancelled, and for whom it was is forgotten", async () => {
    const ports = await portsAt(refunded(109_000), live);
    ports.receipts.cancels.push(done(gone));
    expect(await follow(ports)).toBe("resolved");
    expect(await storedOrder(ports)).toMatchObject({
      receipt: { state: "cancelled" },
      receiptRecipient: null,
      dueAtMs: null,
    });
    expect(sent(ports)).toEqual([1, 0]);
  });

  it("nothing is sent on a record of PortOne's that shows it is right already", async () => {
    const ports = await portsAt(refunded(25_000), rest);
    expect(await follow(ports)).toBe("resolved");
    expect(await storedOrder(ports)).toMatchObject({ receipt: { applyNum: "120000124", generation: 2 } });
    expect(sent(ports)).toEqual([0, 0]);
  });

  it("waits while PortOne does not show the receipt", async () => {
    const ports = await portsAt(refunded(25_000), live);
    ports.receipts.answers.push(silence, unreadable);
    expect([await follow(ports), await follow(ports)]).toEqual(["unanswered", "waiting"]);
    expect([sent(ports), ports.store.updates]).toEqual([[0, 0], 0]);
  });

  it("begins nothing without the time to end it", async () => {
    const ports = await portsAt(refunded(25_000), live);
    expect(await follow(ports, { by: "sweep", call: hurriedCall })).toBe("waiting");
    expect([sent(ports), ports.store.updates]).toEqual([[0, 0], 0]);
  });

  it("a receipt of the window is a person's, and nothing is sent", async () => {
    const window = { payMethod: "trans", cashReceiptIssued: true };
    const order = refunded(25_000, { receipt: null, receiptRecipient: null });
    const taken = { ...order, attempts: order.attempts.map((attempt) => ({ ...attempt, ...window })) };
    const ports = await portsAt(taken, null);
    expect(await follow(ports)).toBe("resolved");
    expect(await storedOrder(ports)).toMatchObject({
      reviewReason: "receipt_refused",
      receiptHandedOver: 84_000,
    });
    expect([sent(ports), ports.receipts.fetched]).toEqual([[0, 0], 0]);
  });

  it("nothing is sent where receipts do not follow, and nobody is called", async () => {
    const ports = { ...(await portsAt(refunded(25_000), live)), followsReceipts: false };
    expect(await follow(ports)).toBe("resolved");
    expect(await storedOrder(ports)).toMatchObject({
      receipt: { state: "issued" },
      receiptRecipient: null,
      reviewReason: null,
      dueAtMs: null,
    });
    expect([sent(ports), ports.receipts.fetched]).toEqual([[0, 0], 0]);
  });
});

describe("a no of PortOne's", () => {
  it("to cancelling is a person's", async () => {
    const ports = await portsAt(refunded(25_000), live);
    ports.receipts.cancels.push(no);
    expect([await follow(ports), sent(ports)]).toEqual(["resolved", [1, 0]]);
    expect(await storedOrder(ports)).toMatchObject({
      receipt: { state: "issued" },
      receiptHandedOver: 84_000,
      reviewReason: "receipt_refused",
    });
  });

  it("to issuing it again is a person's, who may have it tried again", async () => {
    const ports = await portsAt(refunded(25_000), live);
    ports.receipts.cancels.push(done(gone));
    ports.receipts.issues.push(no);
    expect([await follow(ports), sent(ports)]).toEqual(["resolved", [1, 1]]);
    const stuck = await storedOrder(ports);
    expect(stuck).toMatchObject({
      receipt: { state: "cancelled" },
      receiptRecipient: sealed,
      receiptHandedOver: 84_000,
      reviewReason: "receipt_refused",
    });
    await ports.store.update(stuck, { ...stuck, receiptHandedOver: null, reviewReason: null });
    ports.receipts.issues.push(done(rest));
    expect([await follow(ports), sent(ports)]).toEqual(["resolved", [1, 2]]);
  });

  it("to issuing, where its record shows the receipt, is its success talking", async () => {
    const ports = await portsAt(refunded(25_000, { receipt: heldReceipt({ state: "cancelled" }) }), null);
    ports.receipts.issueReceipt = async (request) => {
      ports.receipts.issued.push(request);
      ports.receipts.record = rest;
      return no;
    };
    expect(await follow(ports)).toBe("resolved");
    expect(await storedOrder(ports)).toMatchObject({
      receipt: { applyNum: "120000124" },
      reviewReason: null,
    });
  });
});

describe("a receipt made out for something else than what is left", () => {
  const odd = receiptRecord({ ...rest, amount: won(80_000), vat: won(7_000) });

  it("is left as it is, and a person's once a look has had the time to show that no more went back", async () => {
    const ports = await portsAt(refunded(25_000), live);
    ports.receipts.cancels.push(done(gone));
    ports.receipts.issueReceipt = async (request) => {
      ports.receipts.issued.push(request);
      ports.receipts.record = odd;
      return done(odd);
    };
    for (let minute = 0; minute < 20; minute += 1) {
      await follow(ports);
      ports.clock.advance(minuteMs);
    }
    expect(sent(ports)).toEqual([1, 1]);
    expect(await storedOrder(ports)).toMatchObject({
      receipt: { amount: 80_000, askedAmount: 84_000 },
      receiptHandedOver: 84_000,
      reviewReason: "receipt_refused",
    });
  });

  it("is right where more had gone back by then", async () => {
    const ports = await portsAt(refunded(25_000), live);
    ports.receipts.cancels.push(done(gone));
    ports.receipts.issues.push(done(odd));
    await follow(ports);
    const entries = [cancelEntry("c-1", 25_000), cancelEntry("c-2", 4_000)];
    const order = await storedOrder(ports);
    await ports.store.update(order, synced(order, [cancelledRecord(entries, { payMethod: "trans" })]));
    ports.receipts.record = odd;
    expect([await follow(ports), sent(ports)]).toEqual(["nothing_open", [1, 1]]);
  });
});

describe("a day after it was issued again", () => {
  const again = refunded(25_000, {
    receipt: heldReceipt({
      applyNum: "120000124",
      amount: won(84_000),
      generation: 2,
      readAtMs: nowMs + dayMs,
    }),
  });

  it("it is read once, and then no more", async () => {
    const ports = await portsAt(again, rest);
    expect([await follow(ports), ports.receipts.fetched]).toEqual(["nothing_open", 0]);
    ports.clock.advance(dayMs);
    expect([await follow(ports), ports.receipts.fetched]).toEqual(["resolved", 1]);
    expect(await storedOrder(ports)).toMatchObject({ receipt: { readAtMs: null } });
    expect([await follow(ports), ports.receipts.fetched]).toEqual(["nothing_open", 1]);
  });

  it("and cancelled by a DELETE that came late, it is issued once more", async () => {
    const ports = await portsAt(again, { ...rest, cancelledAtMs: nowMs + 60 * minuteMs }, dayMs);
    expect([await follow(ports), sent(ports)]).toEqual(["waiting", [0, 0]]);
    ports.clock.advance(10 * minuteMs);
    const issuedAtMs = nowMs + dayMs + 10 * minuteMs;
    ports.receipts.issues.push(done({ ...rest, applyNum: "120000125", appliedAtMs: issuedAtMs }));
    expect([await follow(ports), sent(ports)]).toEqual(["resolved", [0, 1]]);
    expect(await storedOrder(ports)).toMatchObject({
      receipt: { applyNum: "120000125", generation: 3, readAtMs: issuedAtMs + dayMs },
    });
  });
});
