// An operator accepts a payment, with others at work and the ports failing under it: one decision is left.
import { describe, expect, it } from "vitest";
import { wishGiveBack } from "../../../lib/domain/operator.ts";
import type { Order } from "../../../lib/domain/order.ts";
import { changeOrder } from "../../../lib/domain/order-change.ts";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import { acceptPayment } from "../../../lib/usecases/orders/accept-payment.ts";
import { resolveReview } from "../../../lib/usecases/orders/resolve-review.ts";
import { silence } from "../../support/doubles.ts";
import { createdAtMs, createdOrder, paymentRecord, synced, won } from "../../support/orders.ts";
import { call, type SyncingPorts, storedOrder, syncingPorts } from "../../support/syncing-ports.ts";

const impUid = "imp_730112845061";
const otherTax = paymentRecord({ taxFree: won(1) });
const inReview = synced(createdOrder(), [otherTax]);
const stamp = { by: "operator", atMs: createdAtMs } as const;
const accept = (ports: SyncingPorts, named = impUid) =>
  resolveReview(
    { merchantUid: inReview.merchantUid, action: "accept", impUid: named, note: "확인함" },
    call,
    ports,
  );
const refused = (why: string) => ({ outcome: "order_not_acceptable", why });

describe("a payment that a person accepts", () => {
  it("pays the order in one write, by a record asked for afresh, and moves no money", async () => {
    const ports = await syncingPorts(inReview, [otherTax]);
    expect(await accept(ports)).toMatchObject({
      outcome: "resolved",
      order: { state: "paid", impUid, reviewReason: null, taxFree: 1 },
    });
    expect([ports.gateway.asked, ports.store.updates, ports.money.sent]).toEqual([[impUid], 1, []]);
    const stored = await storedOrder(ports);
    expect(stored.history.at(-1)).toMatchObject({
      by: "operator",
      key: "shop-2026",
      reason: "accepted:확인함",
    });
  });

  it("is decided by what PortOne says now", async () => {
    const ports = await syncingPorts(inReview, [paymentRecord({ amount: won(1), taxFree: won(1) })]);
    expect(await accept(ports)).toEqual(refused("amount_mismatch"));
    expect(await storedOrder(ports)).toEqual(inReview);
  });

  it.each<[string, string, readonly PaymentRecord[]]>([
    ["payment_unknown", "imp_unknown", [otherTax]],
    ["sandbox_payment", "imp_test", [otherTax, paymentRecord({ impUid: "imp_test", sandbox: true })]],
  ])("PortOne does not tell of it: %s", async (why, named, records) => {
    const ports = await syncingPorts(inReview, records);
    ports.gateway.answers.push({ outcome: "absent" } as never);
    expect(await accept(ports, named)).toEqual(refused(why));
    expect(ports.gateway.asked).toEqual([named, inReview.merchantUid]);
  });

  it("asks nobody of an order that is in no review, or that accepts nothing", async () => {
    const calm = await syncingPorts(createdOrder());
    expect(await accept(calm)).toEqual({ outcome: "order_not_in_review" });
    const voided = await syncingPorts(changeOrder(inReview, { voidedAtMs: createdAtMs }, stamp));
    expect(await accept(voided)).toEqual(refused("order_voided"));
    expect([calm.gateway.asked, voided.gateway.asked]).toEqual([[], []]);
  });

  it.each(["the payment", "the list"])("stays in review while PortOne does not answer: %s", async (what) => {
    const ports = await syncingPorts(inReview, [otherTax]);
    if (what === "the list") ports.gateway.answers.push({ outcome: "absent" } as never);
    ports.gateway.answers.push(silence);
    expect(await accept(ports)).toEqual(silence);
    expect(await storedOrder(ports)).toEqual(inReview);
  });
});

it("what was read before somebody else decided is decided upon as it stands", async () => {
  const ports = await syncingPorts(inReview, [otherTax]);
  await ports.store.update(inReview, changeOrder(inReview, { voidedAtMs: createdAtMs }, stamp));
  const asked = { merchantUid: inReview.merchantUid, impUid, note: "" };
  expect(await acceptPayment(inReview, asked, call, ports)).toEqual(refused("order_voided"));
});

describe("others at the same time", () => {
  const touch = (order: Order): Order => changeOrder(order, {}, { by: "sweep", atMs: createdAtMs });
  const wish = (order: Order): Order => wishGiveBack(order, "확인함", stamp) ?? order;
  const clear = (order: Order): Order => changeOrder(order, { reviewReason: null }, stamp);
  const payByAnother = (order: Order): Order => synced(order, [paymentRecord({ impUid: "imp_2" }), otherTax]);

  it.each<[string, (order: Order) => Order, object]>([
    ["a give-back wished first is a decision", wish, { outcome: "order_not_in_review" }],
    ["another payment that was first stays", payByAnother, refused("order_paid")],
    ["a mark cleared first is a decision", clear, { outcome: "order_not_in_review" }],
    [
      "any other write is decided upon anew",
      touch,
      { outcome: "resolved", order: { state: "paid", impUid } },
    ],
  ])("%s", async (_, change, result) => {
    const ports = await syncingPorts(inReview, [otherTax]);
    ports.store.interfere(change);
    expect(await accept(ports)).toMatchObject(result);
  });

  it("asks PortOne again for each try, and gives up after five lost races", async () => {
    const ports = await syncingPorts(inReview, [otherTax]);
    ports.store.interfere(touch, 5);
    expect(await accept(ports)).toEqual({ outcome: "busy" });
    expect(ports.gateway.asked).toHaveLength(5);
  });

  it("knows its own write whose answer was lost", async () => {
    const ports = await syncingPorts(inReview, [otherTax]);
    ports.store.loseNextAnswer();
    expect(await accept(ports)).toMatchObject({ outcome: "resolved", order: { state: "paid", impUid } });
    expect(ports.store.updates).toBe(1);
    expect(await accept(ports)).toEqual({ outcome: "order_not_in_review" });
  });

  it("is not undone by a give-back that comes after it", async () => {
    const ports = await syncingPorts(inReview, [otherTax]);
    await accept(ports);
    const marked = changeOrder(await storedOrder(ports), { reviewReason: "manual_refund" }, stamp);
    expect(wishGiveBack(marked, "확인함", stamp)).toBeNull();
  });
});
