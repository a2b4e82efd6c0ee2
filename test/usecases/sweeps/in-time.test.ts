// Lives in which something else happens while money is in flight, held or owed a look: whatever is owed is looked at
// at its own time, whoever failed to tell us.
import { describe, expect, it } from "vitest";
import { claimCancel, markCancelUnknown } from "../../../lib/domain/cancel.ts";
import { attemptOf, type Order } from "../../../lib/domain/order.ts";
import { decideSync } from "../../../lib/domain/sync.ts";
import { decideVoid } from "../../../lib/domain/voiding.ts";
import { confirmPayment } from "../../../lib/usecases/payments/confirm-payment.ts";
import { receiveNotice } from "../../../lib/usecases/payments/receive-notice.ts";
import { reconcile } from "../../../lib/usecases/sweeps/reconcile.ts";
import { sendCancel } from "../../../lib/usecases/syncing/send-cancel.ts";
import { syncOrder } from "../../../lib/usecases/syncing/sync.ts";
import {
  accountRecord,
  approvedOrder,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  givingPolicy,
  look,
  minuteMs,
  openRecord,
  paymentRecord,
  won,
} from "../../support/orders.ts";
import { passMinutes, portsWith, type SweepPorts, sweep } from "../../support/sweeping.ts";
import {
  call,
  cancelOf,
  orderWithClaimedRefund,
  requestId,
  storedOrder,
} from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const impUid = "imp_730112845061";
const atMinute = (minute: number): number => createdAtMs + minute * minuteMs;
const by = (minute: number) => ({ by: "sweep", atMs: atMinute(minute) }) as const;
const giving = (order: Order, ...seen: Parameters<typeof look>) =>
  decideSync(order, look(...seen), givingPolicy);

/** The clock of the doubles starts in the third minute. */
const startMinute = 3;
const passUntil = (ports: SweepPorts, minute: number) => passMinutes(ports, minute - startMinute);

/** A cancel of all or of a part, sent in the third minute, of which no answer came. */
function withUnknownCancel(order: Order, kind: "refund" | "give_back", amount: number): Order {
  const claim = {
    id: "rf_1",
    kind,
    impUid,
    amount: won(amount),
    taxFree: won(0),
    checksum: attemptOf(order, impUid)?.amount ?? won(amount),
    tag: "#k7q2m5xwa",
    reason: "단순 변심",
    requester: null,
    bodyHash: "hash",
    account: null,
    scheduledAtMs: null,
    claimToken: "claim-0",
  };
  const claimed = claimCancel(order, claim, by(startMinute));
  return markCancelUnknown(claimed, cancelOf(claimed), null, by(startMinute));
}

describe("S59 a refund whose answer was lost, though it happened", () => {
  it("is seen a minute after its send while the sweep closes the order's other account", async () => {
    const other = { ...accountRecord, impUid: "imp_2" };
    const deposit = paymentRecord({ payMethod: "vbank" });
    const waiting = giving(createdOrder({ payMethod: "vbank" }), [accountRecord, other], {
      isComplete: true,
      atMs: atMinute(2),
    });
    const paid = giving(waiting, [deposit]);
    const ports = await portsWith(withUnknownCancel(paid, "refund", 20_000), [], [deposit, other]);
    const closed = { ...other, status: "cancelled" as const, account: null };
    ports.money.revokes.push({ outcome: "done", value: closed });
    await passMinutes(ports, 1);
    expect(attemptOf(await storedOrder(ports), "imp_2")?.isRevoking).not.toBe(true);
    const entry = cancelEntry("c-1", 20_000, "#k7q2m5xwa 단순 변심");
    ports.gateway.records = [cancelledRecord([entry], { payMethod: "vbank" }), closed];
    await passMinutes(ports, 2);
    expect(await storedOrder(ports)).toMatchObject({
      cancel: null,
      state: "partially_refunded",
      dueAtMs: null,
    });
  });
});

describe("a wrong amount on its way back without an answer", () => {
  it("is looked at a minute after its send, though the order is voided meanwhile", async () => {
    const wrong = paymentRecord({ amount: won(100) });
    const paid = giving(createdOrder(), [wrong], { isComplete: true });
    const sent = withUnknownCancel(paid, "give_back", 100);
    const voided = decideVoid(sent, by(startMinute)) ?? sent;
    const entry = cancelEntry("c-1", 100, "#k7q2m5xwa 자동 환불");
    const ports = await portsWith(voided, [], [cancelledRecord([entry], { amount: won(100) })]);
    await passMinutes(ports, 1);
    expect(await storedOrder(ports)).toMatchObject({ cancel: null, attempts: [{ state: "given_back" }] });
  });
});

describe("a refused refund that happens late", () => {
  it("is read after QUIET, although strangers had the order looked at before", async () => {
    const ports = await portsWith(orderWithClaimedRefund());
    ports.money.cancels.push({ outcome: "refused", message: "취소 실패" });
    const order = await storedOrder(ports);
    await sendCancel(order, cancelOf(order), { by: "merchant", requestId, account: null }, ports);
    ports.budget.left = 0;
    for (const minute of [1, 2, 3, 4]) {
      const notice = { merchantUid, impUid: `imp_stranger_${minute}`, status: "paid", cancellationId: null };
      await receiveNotice({ ...notice, hasToken: false, isPortOne: false }, call, ports);
      await passMinutes(ports, 1);
    }
    const entry = cancelEntry("c-1", 20_000, "#k7q2m5xwa 단순 변심");
    ports.gateway.records = [cancelledRecord([entry])];
    expect((await storedOrder(ports)).state).toBe("paid");
    await passMinutes(ports, 6);
    expect((await storedOrder(ports)).state).toBe("partially_refunded");
    expect(await storedOrder(ports)).toMatchObject({
      reviewReason: "operation_unresolved",
      dueAtMs: null,
      looks: 0,
    });
  });
});

describe("a hold", () => {
  it("of ten minutes ends after ten minutes, and its one extension five minutes later", async () => {
    const ports = await portsWith(approvedOrder(), [], [openRecord]);
    await passUntil(ports, 11);
    expect(attemptOf(await storedOrder(ports), impUid)?.holdExtended).toBe(true);
    await passMinutes(ports, 5);
    expect(await storedOrder(ports)).toMatchObject({ state: "failed", attempts: [{ state: "abandoned" }] });
  });
});

describe("a window that is open when its order expires", () => {
  it("is followed: a payment a minute later is seen within a rung", async () => {
    const late = { ...openRecord, startedAtMs: atMinute(6) };
    const ports = await portsWith(createdOrder(), [], [late]);
    await passUntil(ports, 30);
    expect((await storedOrder(ports)).state).toBe("expired");
    ports.gateway.records = [paymentRecord({ paidAtMs: atMinute(31) })];
    await passMinutes(ports, 1);
    expect(await storedOrder(ports)).toMatchObject({ state: "paid", impUid });
    await passMinutes(ports, 5);
    expect(await storedOrder(ports)).toMatchObject({ openUntilMs: null, dueAtMs: null });
  });

  it("is followed for half an hour, by few looks, and marks nobody", async () => {
    const ports = await portsWith(createdOrder(), [], [openRecord]);
    await passUntil(ports, 30);
    const asked = ports.gateway.asked.length;
    await passMinutes(ports, 40);
    expect(ports.gateway.asked.length - asked).toBeLessThanOrEqual(4);
    expect(await storedOrder(ports)).toMatchObject({ state: "expired", reviewReason: null, dueAtMs: null });
  });

  it("of a voided order is followed as well, and its payment goes back", async () => {
    const voided = decideVoid(createdOrder(), by(startMinute));
    const ports = await portsWith(voided, [], [openRecord]);
    await passMinutes(ports, 4);
    ports.gateway.records = [paymentRecord({ paidAtMs: atMinute(8) })];
    await passMinutes(ports, 6);
    expect(ports.money.sent).toMatchObject([{ impUid, amount: 109_000 }]);
  });
});

describe("S63 an account that a stranger opened on the order's number", () => {
  const strangers = { ...accountRecord, impUid: "imp_stranger" };
  const holds = { holdTtlMs: 10 * minuteMs, firstLookMs: 2 * minuteMs };

  it("refuses no buyer, marks nobody, and is closed when the order is paid and past", async () => {
    const ports = { ...(await portsWith(createdOrder(), [], [strangers])), holds };
    await reconcile(sweep, call, ports);
    expect(await storedOrder(ports)).toMatchObject({ state: "created", reviewReason: null });
    const from = { hasToken: true, isPortOne: true };
    const question = { merchantUid, impUid, amount: 109_000, ...from };
    expect(await confirmPayment(question, ports, AbortSignal.timeout(2_500))).toEqual({
      outcome: "approved",
    });
    ports.gateway.records = [paymentRecord(), strangers];
    const notice = { merchantUid, impUid, status: "paid", cancellationId: null, ...from };
    await receiveNotice(notice, call, ports);
    expect(await storedOrder(ports)).toMatchObject({ state: "paid", impUid, reviewReason: null });
    expect(ports.money.revoked).toEqual([]);
    ports.money.revokes.push({
      outcome: "done",
      value: { ...strangers, status: "cancelled", account: null },
    });
    await passUntil(ports, 31);
    expect(ports.money.revoked).toEqual(["imp_stranger"]);
    expect(await storedOrder(ports)).toMatchObject({ state: "paid", reviewReason: null, dueAtMs: null });
  });
});

describe("S62 an order marked for money that is not its own", () => {
  it("is swept as any other: its buyer's payment is found though nobody told", async () => {
    const foreign = paymentRecord({ impUid: "imp_9", pgId: "2999199990" });
    const ports = await portsWith(createdOrder(), [], [foreign, openRecord]);
    await reconcile(sweep, call, ports);
    expect(await storedOrder(ports)).toMatchObject({ state: "created", reviewReason: "foreign_channel" });
    ports.gateway.records = [foreign, paymentRecord()];
    await passMinutes(ports, 1);
    expect(await storedOrder(ports)).toMatchObject({
      state: "paid",
      impUid,
      reviewReason: "foreign_channel",
    });
  });
});

describe("an order that is looked at by somebody else", () => {
  it("keeps its first look: another window may have been opened since", async () => {
    const ports = await portsWith(createdOrder({ nextLookAtMs: atMinute(5), dueAtMs: atMinute(5) }), [], []);
    await syncOrder({ merchantUid, impUid: null, by: "merchant", mayMoveMoney: false }, call, ports);
    expect((await storedOrder(ports)).dueAtMs).toBe(atMinute(5));
  });
});
