// Taking back an order PortOne is to charge for, or to open an account for: PortOne is told first, and the order is void
// only once PortOne has confirmed it.
import { describe, expect, it } from "vitest";
import { quietMs } from "../../../lib/domain/operation.ts";
import { closeAccount, voidOrder } from "../../../lib/usecases/orders/void-order.ts";
import {
  type BillingPorts,
  billingPorts,
  lost,
  refusedWith,
  scheduleRecord,
} from "../../support/billing-doubles.ts";
import { failingAfter } from "../../support/doubles.ts";
import { opening } from "../../support/instructions.ts";
import { accountRecord, approvedOrder, createdOrder, minuteMs, synced } from "../../support/orders.ts";
import { merchantUid, reserved, scheduledAtMs } from "../../support/reserved-orders.ts";
import { call, hurriedCall, storedOrder } from "../../support/syncing-ports.ts";

async function open(order = reserved): Promise<BillingPorts> {
  const ports = await billingPorts(order);
  ports.schedules.records.set(merchantUid, scheduleRecord(merchantUid, { scheduledAtMs }));
  return ports;
}
const inDoubt = { outcome: "pending", order: { state: "created", isVoidWanted: true } };

describe("void of a reserved order", () => {
  it("revokes the reservation by customer and number, and is void then", async () => {
    const ports = await open();
    const asked: unknown[] = [];
    const unschedule = ports.schedules.unschedule.bind(ports.schedules);
    ports.schedules.unschedule = (customerUid, names) => {
      asked.push([customerUid, names]);
      return unschedule(customerUid, names);
    };
    expect(await voidOrder(merchantUid, call, ports)).toMatchObject({
      outcome: "voided",
      order: { charge: null, instruction: null, reservation: { customerUid: "cust-7", scheduledAtMs } },
    });
    expect(asked).toEqual([["cust-7", [merchantUid]]]);
    expect(ports.schedules.records.get(merchantUid)).toMatchObject({ scheduleStatus: "revoked" });
    expect(await voidOrder(merchantUid, call, ports)).toMatchObject({ outcome: "voided" });
    expect(asked).toHaveLength(1);
  });

  it("of which nobody knows is pending; the same request is the same operation, and goes out again after QUIET", async () => {
    const ports = await open();
    ports.schedules.failures.push(lost);
    expect(await voidOrder(merchantUid, call, ports)).toMatchObject(inDoubt);
    expect(await storedOrder(ports)).toMatchObject({
      instruction: { kind: "unschedule", state: "unknown", sends: 1 },
    });
    ports.clock.advance(quietMs - 1);
    expect(await voidOrder(merchantUid, call, ports)).toMatchObject(inDoubt);
    ports.clock.advance(1);
    expect(await voidOrder(merchantUid, call, ports)).toMatchObject({ outcome: "voided" });
    expect(ports.schedules.called).toHaveLength(2);
  });

  it("refused while it is live is no void", async () => {
    const ports = await open();
    ports.schedules.failures.push(refusedWith("취소할 수 없습니다."));
    expect(await voidOrder(merchantUid, call, ports)).toEqual({
      outcome: "provider_refused",
      message: "취소할 수 없습니다.",
    });
    expect(await storedOrder(ports)).toMatchObject({
      state: "created",
      isVoidWanted: false,
      instruction: null,
    });
  });

  it("refused because it has run waits for what was charged", async () => {
    const ports = await open();
    ports.schedules.records.set(
      merchantUid,
      scheduleRecord(merchantUid, { scheduledAtMs, scheduleStatus: "executed", paymentStatus: "paid" }),
    );
    ports.schedules.failures.push(refusedWith("취소할 예약결제 기록이 존재하지 않습니다."));
    expect(await voidOrder(merchantUid, call, ports)).toMatchObject({
      outcome: "pending",
      order: { charge: { state: "scheduled" }, instruction: null },
    });
  });

  it.each([
    ["there is no time left", (ports: BillingPorts) => voidOrder(merchantUid, hurriedCall, ports)],
    [
      "PortOne does not let us in",
      (ports: BillingPorts) => {
        ports.schedules.isReady = false;
        return voidOrder(merchantUid, call, ports);
      },
    ],
    [
      "nobody can read whether the call is claimed",
      (ports: BillingPorts) => {
        const update = ports.store.update.bind(ports.store);
        ports.store.update = async (previous, next) => {
          if (next.instruction?.state === "claimed") {
            ports.store.leaveUnanswered("lands");
            ports.store.read = failingAfter(ports.store, 0);
          }
          return update(previous, next);
        };
        return voidOrder(merchantUid, call, ports);
      },
    ],
  ])("is a wish that the sweep carries out when %s", async (_, asking) => {
    const ports = await open();
    const read = ports.store.read.bind(ports.store);
    expect(await asking(ports)).toMatchObject(inDoubt);
    ports.store.read = read;
    expect(await storedOrder(ports)).toMatchObject({
      isVoidWanted: true,
      instruction: { kind: "unschedule" },
    });
    expect(ports.schedules.called).toEqual([]);
  });

  it("a table that falls silent after the send leaves it open, and the repeat finds it done", async () => {
    const ports = await open();
    const unschedule = ports.schedules.unschedule.bind(ports.schedules);
    ports.schedules.unschedule = (uid, names) => {
      ports.store.fail("update");
      return unschedule(uid, names);
    };
    expect(await voidOrder(merchantUid, call, ports)).toMatchObject(inDoubt);
    ports.clock.advance(minuteMs);
    expect(await voidOrder(merchantUid, call, ports)).toMatchObject({ outcome: "voided" });
    expect(ports.schedules.called).toHaveLength(1);
  });
});

describe("closing an account that was opened without a window", () => {
  const asked = createdOrder({ payMethod: "vbank", isAccountAsked: true });
  const waiting = synced(asked, [accountRecord]);
  const closed = { ...accountRecord, status: "cancelled" } as const;

  it("voids the order it was opened for", async () => {
    const ports = await billingPorts(waiting, [closed]);
    ports.money.revokes.push({ outcome: "done", value: closed });
    expect(await closeAccount(merchantUid, call, ports)).toMatchObject({ outcome: "voided" });
  });

  it.each([
    ["no order", null, "order_not_found"],
    ["an order nobody asked an account for", createdOrder(), "order_not_voidable"],
    [
      "an order whose buyer opened one",
      synced(approvedOrder(createdOrder({ payMethod: "vbank" })), [accountRecord]),
      "order_not_voidable",
    ],
    ["a reserved order", reserved, "order_not_voidable"],
  ])("leaves %s alone", async (_, order, outcome) => {
    const ports = await billingPorts(order);
    expect(await closeAccount(merchantUid, call, ports)).toEqual({ outcome });
    expect([ports.store.updates, ports.money.revoked, ports.schedules.called]).toEqual([0, [], []]);
  });

  it("that nobody knows of yet is pending until QUIET, then void", async () => {
    const ports = await billingPorts(opening);
    ports.clock.advance(2 * minuteMs);
    expect(await closeAccount(merchantUid, call, ports)).toMatchObject(inDoubt);
    ports.clock.advance(minuteMs);
    expect(await closeAccount(merchantUid, call, ports)).toMatchObject(inDoubt);
    ports.clock.advance(quietMs);
    expect(await closeAccount(merchantUid, call, ports)).toMatchObject({ outcome: "voided" });
    expect(ports.charges.sent).toEqual([]);
  });
});
