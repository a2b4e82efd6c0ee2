// Closing the accounts that nobody may pay into any more, with PortOne and the table failing in between.
import { describe, expect, it } from "vitest";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { revokeAccounts } from "../../../lib/usecases/syncing/revoke-accounts.ts";
import { silence } from "../../support/doubles.ts";
import {
  account,
  accountRecord,
  createdAtMs,
  createdOrder,
  minuteMs,
  paymentRecord,
  synced,
} from "../../support/orders.ts";
import { requestId, storedOrder, syncingPorts, touch } from "../../support/syncing-ports.ts";

const sender = { by: "sweep", requestId, account: null } as const;
const waiting = synced(createdOrder({ payMethod: "vbank" }), [accountRecord]);
const deposited = paymentRecord({ payMethod: "vbank", account, paidAtMs: createdAtMs + 4 * minuteMs });
const second = { ...accountRecord, impUid: "imp_2", account: { ...account, number: "56211100000002" } };
const closed: PaymentRecord = { ...second, status: "failed" };
/** Paid by its first account, the second one still open. */
const paidBesideOne = synced(synced(waiting, [second]), [deposited]);
const refused = { outcome: "refused", message: "입금 대기 중인 가상계좌가 아닙니다." } as const;

describe("closing accounts", () => {
  it("closes only those that are to be closed", async () => {
    const ports = await syncingPorts(paidBesideOne);
    ports.money.revokes.push({ outcome: "done", value: closed });
    const order = await revokeAccounts(paidBesideOne, sender, ports);
    expect(ports.money.revoked).toEqual(["imp_2"]);
    expect(order).toMatchObject({
      state: "paid",
      dueAtMs: null,
      attempts: [{ state: "paid" }, { state: "failed", isRevoking: false, account: null }],
    });
  });

  it("asks nobody for an order whose accounts may stay open", async () => {
    const ports = await syncingPorts(waiting);
    expect(await revokeAccounts(waiting, sender, ports)).toBe(waiting);
    expect(ports.money.revoked).toEqual([]);
  });

  it("leaves the wish and the order due while PortOne is silent", async () => {
    const ports = await syncingPorts(paidBesideOne);
    expect(await revokeAccounts(paidBesideOne, sender, ports)).toBe(paidBesideOne);
    expect(paidBesideOne.dueAtMs).not.toBeNull();
  });

  it.each([
    ["closed already", [closed], { state: "failed", isRevoking: false }],
    ["paid into", [{ ...deposited, impUid: "imp_2" }], { state: "paid", giveBack: "wanted" }],
    ["still open", [second], { state: "ready", isRevoking: true }],
  ])("believes PortOne's record of one it refuses to close: %s", async (_, records, expected) => {
    const ports = await syncingPorts(paidBesideOne, records);
    ports.money.revokes.push(refused);
    const order = await revokeAccounts(paidBesideOne, sender, ports);
    expect(ports.gateway.asked).toEqual(["imp_2"]);
    expect(order.attempts[1]).toMatchObject(expected);
  });

  it("keeps the wish when the record cannot be read", async () => {
    const ports = await syncingPorts(paidBesideOne);
    ports.money.revokes.push(refused);
    ports.gateway.answers.push(silence);
    expect(await revokeAccounts(paidBesideOne, sender, ports)).toBe(paidBesideOne);
    expect(ports.store.updates).toBe(0);
  });

  it("does not write its answer over somebody else's", async () => {
    const ports = await syncingPorts(paidBesideOne);
    ports.money.revokes.push({ outcome: "done", value: closed });
    ports.store.interfere(touch);
    await revokeAccounts(paidBesideOne, sender, ports);
    expect((await storedOrder(ports)).attempts[1]).toMatchObject({ state: "ready", isRevoking: true });
    expect(ports.store.updates).toBe(1);
  });

  it("goes no further on an order that somebody else has changed", async () => {
    const third = { ...accountRecord, impUid: "imp_3", account: { ...account, number: "56211100000003" } };
    const paidBesideTwo = synced(synced(synced(waiting, [second]), [third]), [deposited]);
    const answers = [second, third].map(
      (open) => ({ outcome: "done", value: { ...open, status: "failed" } }) as const,
    );
    const ports = await syncingPorts(paidBesideTwo);
    ports.money.revokes.push(...answers);
    await revokeAccounts(paidBesideTwo, sender, ports);
    expect(ports.money.revoked).toEqual(["imp_2", "imp_3"]);
    const beaten = await syncingPorts(paidBesideTwo);
    beaten.money.revokes.push(...answers);
    beaten.store.interfere(touch);
    await revokeAccounts(paidBesideTwo, sender, beaten);
    expect(beaten.money.revoked).toEqual(["imp_2"]);
  });

  it("fails when it cannot write, and the wish stays", async () => {
    const ports = await syncingPorts(paidBesideOne);
    ports.money.revokes.push({ outcome: "done", value: closed });
    ports.store.fail("update");
    await expect(revokeAccounts(paidBesideOne, sender, ports)).rejects.toThrow(StorageUnavailableError);
    expect(await storedOrder(ports)).toEqual(paidBesideOne);
  });
});
