// What operators decide about an order in review, with the ports failing under them.

import { describe, expect, it } from "vitest";
import { wishGiveBack } from "../../../lib/domain/operator.ts";
import type { Order } from "../../../lib/domain/order.ts";
import { changeOrder } from "../../../lib/domain/order-change.ts";
import { resolveReview } from "../../../lib/usecases/orders/resolve-review.ts";
import { NumberedIdentifiers, silence } from "../../support/doubles.ts";
import {
  approvedOrder,
  attempt,
  cancelEntry,
  cancelledRecord,
  createdAtMs,
  createdOrder,
  lookedAtLater,
  minuteMs,
  paymentRecord,
  synced,
  won,
} from "../../support/orders.ts";
import { call, orderWithUnknownRefund, storedOrder, syncingPorts } from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const impUid = "imp_730112845061";
const decision = (action: "sync" | "give_back" | "clear") => ({
  merchantUid,
  action,
  note: "확인함",
});

/** Paid otherwise than asked: nothing goes back by itself. */
const otherTax = paymentRecord({ taxFree: won(1) });
const inReview = synced(createdOrder(), [otherTax]);
const farMs = createdAtMs + 24 * 60 * minuteMs;
const touch = (order: Order): Order => changeOrder(order, {}, { by: "sweep", atMs: createdAtMs });
const cleared = (order: Order): Order =>
  changeOrder(order, { reviewReason: null }, { by: "operator", atMs: createdAtMs });

describe("an order in review", () => {
  it.each(["sync", "give_back", "clear"] as const)("is asked for by its number: %s", async (action) => {
    const none = await syncingPorts(null);
    expect(await resolveReview(decision(action), call, none)).toEqual({ outcome: "order_not_found" });
    const calm = await syncingPorts(createdOrder());
    expect(await resolveReview(decision(action), call, calm)).toEqual({ outcome: "order_not_in_review" });
    expect([none.gateway.asked, calm.gateway.asked, calm.store.updates]).toEqual([[], [], 0]);
  });

  it("is cleared as it is, asking nobody", async () => {
    const ports = await syncingPorts(inReview, [otherTax]);
    expect(await resolveReview(decision("clear"), call, ports)).toMatchObject({
      outcome: "resolved",
      order: { state: "created", reviewReason: null, impUid: null },
    });
    expect(ports.gateway.asked).toEqual([]);
  });

  it("is due at once when it is cleared with a refund in flight, and the refund may be sent again", async () => {
    const stuck = { ...orderWithUnknownRefund(), reviewReason: "operation_unresolved" as const };
    const later = lookedAtLater({ ...stuck, looks: 11, lookedAtMs: createdAtMs + 4 * minuteMs }, farMs);
    const ports = await syncingPorts(later);
    ports.clock.advance(10 * minuteMs);
    await resolveReview(decision("clear"), call, ports);
    expect(await storedOrder(ports)).toMatchObject({
      cancel: { sends: 1 },
      looks: 0,
      dueAtMs: ports.clock.nowMs(),
    });
  });

  it("is never made paid by syncing what is still wrong", async () => {
    const ports = await syncingPorts(inReview, [otherTax]);
    expect(await resolveReview(decision("sync"), call, ports)).toMatchObject({
      order: { state: "created", reviewReason: "tax_free_mismatch", impUid: null },
    });
  });

  it("is cleared by syncing once nothing is wrong any more", async () => {
    const marked = { ...approvedOrder(), reviewReason: "status_unknown" as const };
    const ports = await syncingPorts(marked, [paymentRecord()]);
    expect(await resolveReview(decision("sync"), call, ports)).toMatchObject({
      outcome: "resolved",
      order: { state: "paid", impUid, reviewReason: null },
    });
  });

  it("stays in review while PortOne does not answer", async () => {
    const ports = await syncingPorts(inReview, [otherTax]);
    ports.gateway.answers.push(silence);
    expect(await resolveReview(decision("sync"), call, ports)).toEqual(silence);
    expect(await storedOrder(ports)).toEqual(inReview);
  });

  it.each([
    ["goes on with what somebody else wrote", touch, 4, "resolved"],
    ["gives up after five lost races", touch, 5, "busy"],
    ["is told when somebody else was quicker", cleared, 1, "order_not_in_review"],
  ])("%s", async (_, change, times, outcome) => {
    const ports = await syncingPorts(inReview, [otherTax]);
    ports.store.interfere(change, times);
    expect(await resolveReview(decision("clear"), call, ports)).toMatchObject({ outcome });
  });
});

describe("an operator's give-back", () => {
  it("that the brake had stopped is due at once", () => {
    const attempts = [attempt(impUid, { state: "paid", giveBack: "wanted" as const })];
    const stopped = {
      ...createdOrder({ attempts, reviewReason: "give_back_stopped" }),
      wishedAtMs: createdAtMs,
    };
    const waiting = lookedAtLater(
      { ...stopped, lookedAtMs: createdAtMs + minuteMs },
      createdAtMs + 20 * minuteMs,
    );
    const wished = wishGiveBack(waiting, "확인함", { by: "operator", atMs: createdAtMs + 5 * minuteMs });
    expect(wished?.dueAtMs).toBe(createdAtMs + 5 * minuteMs);
  });

  const given = () => {
    const tag = new NumberedIdentifiers().tag(`give back ${otherTax.impUid} 1`);
    return cancelledRecord([cancelEntry("c-1", 109_000, `${tag} 자동 환불`)], { taxFree: won(1) });
  };

  it("goes past a brake that is on, and is not counted", async () => {
    const ports = await syncingPorts(inReview, [otherTax]);
    const on = { ...ports.brake.brake, isOn: true };
    ports.brake.brake = on;
    ports.money.cancels.push({ outcome: "done", value: given() });
    expect(await resolveReview(decision("give_back"), call, ports)).toMatchObject({
      outcome: "resolved",
      order: { reviewReason: null, attempts: [{ state: "given_back" }] },
    });
    expect(ports.brake.brake).toBe(on);
    expect(await storedOrder(ports)).toMatchObject({ attempts: [{ isReleased: false }] });
  });

  it("needs money that is not the order's own", async () => {
    const marked = {
      ...synced(approvedOrder(), [paymentRecord()]),
      reviewReason: "cancel_sum_mismatch" as const,
    };
    const ports = await syncingPorts(marked, [paymentRecord()]);
    expect(await resolveReview(decision("give_back"), call, ports)).toEqual({ outcome: "order_not_paid" });
    expect([ports.store.updates, ports.money.sent]).toEqual([0, []]);
  });

  it("stands in the order with the wish, in one write, and needs no brake", async () => {
    const ports = await syncingPorts(inReview, [otherTax]);
    ports.brake.isDown = true;
    ports.gateway.answers.push(silence);
    await resolveReview(decision("give_back"), call, ports);
    expect(await storedOrder(ports)).toMatchObject({ attempts: [{ giveBack: "wanted", isReleased: true }] });
    expect(ports.store.updates).toBe(1);
  });

  it("is stored though PortOne is silent, so that the sweep carries it out", async () => {
    const ports = await syncingPorts(inReview, [otherTax]);
    ports.gateway.answers.push(silence);
    expect(await resolveReview(decision("give_back"), call, ports)).toEqual(silence);
    const order = await storedOrder(ports);
    expect(order).toMatchObject({ attempts: [{ giveBack: "wanted" }] });
    expect(order.dueAtMs).not.toBeNull();
  });
});
