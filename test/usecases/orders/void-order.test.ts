// Taking an unpaid order back, with PortOne and the table failing in between.

import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import { changeOrder } from "../../../lib/domain/order-change.ts";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { voidOrder } from "../../../lib/usecases/orders/void-order.ts";
import { billingPorts } from "../../support/billing-doubles.ts";
import { silence } from "../../support/doubles.ts";
import {
  account,
  accountRecord,
  approvedOrder,
  createdAtMs,
  createdOrder,
  minuteMs,
  paymentRecord,
  synced,
} from "../../support/orders.ts";
import { call, storedOrder } from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";
const impUid = "imp_730112845061";
const waiting = synced(approvedOrder(createdOrder({ payMethod: "vbank" })), [accountRecord]);
const closed: PaymentRecord = { ...accountRecord, status: "cancelled" };
const deposited = paymentRecord({ payMethod: "vbank", account, paidAtMs: createdAtMs + 4 * minuteMs });
const refused = { outcome: "refused" as const, message: "입금 대기 중인 가상계좌가 아닙니다." };

const touch = (order: Order): Order => changeOrder(order, {}, { by: "sweep", atMs: createdAtMs });

describe("void", () => {
  it.each(["created", "failed", "expired"] as const)("takes back an order that is %s", async (state) => {
    const attempts = approvedOrder().attempts.map((attempt) => ({ ...attempt, state: "failed" as const }));
    const order: Order = {
      ...createdOrder({ isExpired: state === "expired" }),
      ...(state === "failed" && { attempts }),
      state,
    };
    const ports = await billingPorts(order);
    expect(await voidOrder(merchantUid, call, ports)).toMatchObject({ outcome: "voided" });
    const stored = await storedOrder(ports);
    expect(stored?.state).toBe("voided");
    expect(stored.history.at(-1)).toMatchObject({ by: "merchant", key: "shop-2026", to: "voided" });
    // Windows that were open may be paid in for half an hour more; the first look comes when it would have come.
    expect(stored.openUntilMs).toBe(ports.clock.nowMs() + 30 * minuteMs);
    expect(stored.dueAtMs).toBe(order.nextLookAtMs);
    expect(await voidOrder(merchantUid, call, ports)).toMatchObject({ outcome: "voided" });
    expect(ports.store.updates).toBe(1);
    expect(ports.money.revoked).toEqual([]);
  });

  it("knows no order", async () => {
    expect(await voidOrder(merchantUid, call, await billingPorts(null))).toEqual({
      outcome: "order_not_found",
    });
  });

  it.each([
    ["may still be approved", approvedOrder()],
    ["is paid", synced(approvedOrder(), [paymentRecord()])],
  ])("is refused for an order that %s", async (_, order) => {
    const ports = await billingPorts(order);
    expect(await voidOrder(merchantUid, call, ports)).toEqual({ outcome: "order_not_voidable" });
    expect(await storedOrder(ports)).toEqual(order);
  });

  it("decides again on what somebody else wrote, and gives up after five lost races", async () => {
    const ports = await billingPorts(createdOrder());
    ports.store.interfere(touch, 4);
    expect(await voidOrder(merchantUid, call, ports)).toMatchObject({ outcome: "voided" });
    const busy = await billingPorts(createdOrder());
    busy.store.interfere(touch, 5);
    expect(await voidOrder(merchantUid, call, busy)).toEqual({ outcome: "order_not_voidable" });
  });

  it("gives way to an approval that came first", async () => {
    const ports = await billingPorts(createdOrder());
    ports.store.interfere((order) => approvedOrder(order));
    expect(await voidOrder(merchantUid, call, ports)).toEqual({ outcome: "order_not_voidable" });
    expect(await storedOrder(ports)).toMatchObject({ state: "approved" });
  });

  it.each(["read", "update"] as const)("decides nothing when the table fails at %s", async (failing) => {
    const ports = await billingPorts(waiting);
    ports.store.fail(failing);
    await expect(voidOrder(merchantUid, call, ports)).rejects.toThrow(StorageUnavailableError);
    expect(await storedOrder(ports)).toEqual(waiting);
    expect(ports.money.revoked).toEqual([]);
  });
});

describe("void while an account is open", () => {
  it("closes the account first", async () => {
    const ports = await billingPorts(waiting, [closed]);
    ports.money.revokes.push({ outcome: "done", value: closed });
    expect(await voidOrder(merchantUid, call, ports)).toMatchObject({ outcome: "voided" });
    expect(await storedOrder(ports)).toMatchObject({
      state: "voided",
      isVoidWanted: false,
      attempts: [{ state: "failed", account: null, isRevoking: false }],
    });
    expect(ports.money.revoked).toEqual([impUid]);
  });

  it("stores the wish when PortOne is silent, and a repeat makes it true", async () => {
    const ports = await billingPorts(waiting, [accountRecord]);
    expect(await voidOrder(merchantUid, call, ports)).toMatchObject({
      outcome: "pending",
      order: { state: "awaiting_deposit", isVoidWanted: true },
    });
    expect(await storedOrder(ports)).toMatchObject({
      state: "awaiting_deposit",
      isVoidWanted: true,
      wishedAtMs: ports.clock.nowMs(),
      dueAtMs: waiting.nextLookAtMs,
      attempts: [{ isRevoking: true }],
    });
    ports.money.revokes.push({ outcome: "done", value: closed });
    expect(await voidOrder(merchantUid, call, ports)).toMatchObject({ outcome: "voided" });
  });

  it.each([
    ["closed already", [closed], "voided"],
    ["paid into", [deposited], "order_not_voidable"],
    ["still open", [accountRecord], "pending"],
    ["unknown", [], "pending"],
  ])("asks what became of an account PortOne refuses to close: %s", async (_, records, outcome) => {
    const ports = await billingPorts(waiting, records);
    ports.money.revokes.push(refused);
    expect(await voidOrder(merchantUid, call, ports)).toMatchObject({ outcome });
    expect(ports.gateway.asked).toEqual([impUid]);
  });

  it("keeps the wish when nobody can tell what became of it", async () => {
    const ports = await billingPorts(waiting, [closed]);
    ports.money.revokes.push(refused);
    ports.gateway.answers.push(silence);
    expect(await voidOrder(merchantUid, call, ports)).toMatchObject({ outcome: "pending" });
    expect(await storedOrder(ports)).toMatchObject({ isVoidWanted: true, attempts: [{ isRevoking: true }] });
  });

  it("does not apply its answer to what somebody else wrote: a deposit wins", async () => {
    const ports = await billingPorts(waiting, [deposited]);
    ports.money.revokes.push({ outcome: "done", value: closed });
    const interfere = ports.money.revokeAccount.bind(ports.money);
    ports.money.revokeAccount = (named) => {
      ports.store.interfere((order) => synced(order, [deposited]));
      return interfere(named);
    };
    expect(await voidOrder(merchantUid, call, ports)).toEqual({ outcome: "order_not_voidable" });
    expect(await storedOrder(ports)).toMatchObject({ state: "paid", impUid });
  });

  it("is finished by the next look when the closing could not be written down", async () => {
    const ports = await billingPorts(waiting, [closed]);
    const revoke = ports.money.revokeAccount.bind(ports.money);
    ports.money.revokes.push({ outcome: "done", value: closed }, refused);
    ports.money.revokeAccount = (named) => {
      if (ports.money.revoked.length === 0) ports.store.fail("update");
      return revoke(named);
    };
    expect(await voidOrder(merchantUid, call, ports)).toMatchObject({ outcome: "pending" });
    expect(await storedOrder(ports)).toMatchObject({ isVoidWanted: true });
    expect(await voidOrder(merchantUid, call, ports)).toMatchObject({ outcome: "voided" });
  });
});
