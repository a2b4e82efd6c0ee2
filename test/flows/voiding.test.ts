// S24: an order is taken back while its buyer could still pay into an account. The account is closed first,
// and whoever was quicker wins: the merchant or the deposit. Over sockets on the built functions.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, orderBody, Shop } from "../support/shop.ts";
import {
  approve,
  byAccount,
  deposit,
  issueAccount,
  noon,
  open,
  statuses,
  withoutConfirm,
  withoutNotices,
} from "../support/steps.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  shop = new Shop(stack);
  await shop.local("POST", "/clock", { set: noon });
});
afterEach(async () => {
  await shop.control("DELETE", "/faults");
});
afterAll(() => stack?.close());

const revoke = "DELETE /vbanks/{imp_uid}";

const voidOrder = (merchantUid: string) => shop.merchant("POST", `/orders/${merchantUid}/void`, {});
const revokesOf = async (impUid: string) => {
  const { calls } = await shop.control<{ calls: readonly Json[] }>("GET", "/calls");
  return calls.filter(({ method, path }) => method === "DELETE" && path === `/vbanks/${impUid}`).length;
};

describe("S24 an order voided while an account is open", () => {
  it("S24 the account is revoked, and nobody can pay into it any more", async () => {
    const { imp_uid } = await issueAccount(shop, "ord-void");
    const voided = await voidOrder("ord-void");
    expect([voided.status, voided.json["state"], voided.json["vbank"]]).toEqual([200, "voided", null]);
    expect(await statuses(shop, "ord-void")).toEqual(["cancelled"]);
    await expect(deposit(shop, imp_uid)).rejects.toThrow("409");
    const again = await voidOrder("ord-void");
    expect([again.status, again.json]).toEqual([200, voided.json]);
  });

  it.each([
    ["no_answer", "ready"],
    ["server_error_then_ok", "ready"],
    ["answer_lost_after_effect", "cancelled"],
  ])("S24 %s to the revoking: 202, the wish stays, and the sweep finishes it", async (name, status) => {
    const merchantUid = `ord-void-${name.slice(0, 9)}`;
    const { imp_uid } = await issueAccount(shop, merchantUid);
    await shop.fault(name, revoke, { imp_uid });
    const undecided = await voidOrder(merchantUid);
    expect(undecided.status).toBe(202);
    expect(undecided.json).toMatchObject({
      state: "awaiting_deposit",
      vbank: null,
      operation: { id: imp_uid, kind: "vbank_revoke" },
    });
    expect(await statuses(shop, merchantUid)).toEqual([status]);
    expect(await shop.order(merchantUid)).toMatchObject({
      state: "awaiting_deposit",
      operation: { id: imp_uid, kind: "vbank_revoke" },
    });
    await shop.sweep();
    expect(await shop.order(merchantUid)).toMatchObject({
      state: "voided",
      operation: null,
      review_reason: null,
    });
    expect(await statuses(shop, merchantUid)).toEqual(["cancelled"]);
  });

  it("S24 the merchant's own repeat finishes it as well", async () => {
    const { imp_uid } = await issueAccount(shop, "ord-void-repeat");
    await shop.fault("server_error_then_ok", revoke, { imp_uid });
    expect((await voidOrder("ord-void-repeat")).status).toBe(202);
    const again = await voidOrder("ord-void-repeat");
    expect([again.status, again.json["state"]]).toEqual([200, "voided"]);
  });

  it("S24 meanwhile nobody may pay another way", async () => {
    const { imp_uid } = await issueAccount(shop, "ord-void-asked");
    await shop.fault("server_error_then_ok", revoke, { imp_uid });
    expect((await voidOrder("ord-void-asked")).status).toBe(202);
    const repeated = await shop.merchant("POST", "/orders", orderBody("ord-void-asked", byAccount));
    const second = await shop.pay(repeated.json["request_pay"] as Json);
    expect(second.confirm).toMatchObject({ status: 409, reason: "결제할 수 없는 주문입니다" });
  });

  it("S24 a deposit that came first: 409, and the order is paid", async () => {
    const { imp_uid } = await issueAccount(shop, "ord-void-late");
    await withoutNotices(shop, "ord-void-late");
    await deposit(shop, imp_uid);
    const refused = await voidOrder("ord-void-late");
    expect([refused.status, refused.json["code"]]).toEqual([409, "order_not_voidable"]);
    expect(await shop.order("ord-void-late")).toMatchObject({ state: "paid", imp_uid, operation: null });
  });

  it("S24 a deposit between the wish and the sweep: the order is paid", async () => {
    const { imp_uid } = await issueAccount(shop, "ord-void-between");
    await shop.fault("server_error_then_ok", revoke, { imp_uid });
    expect((await voidOrder("ord-void-between")).status).toBe(202);
    await deposit(shop, imp_uid);
    await shop.notices("ord-void-between", 2);
    await shop.sweep();
    expect(await shop.order("ord-void-between")).toMatchObject({ state: "paid", imp_uid, operation: null });
    expect(await revokesOf(imp_uid)).toBe(1);
    expect((await voidOrder("ord-void-between")).status).toBe(409);
  });

  it("S24 a deposit after the void waits for a person, and the order stays void", async () => {
    const window = await open(shop, withoutConfirm(await shop.createOrder("ord-void-deposit", byAccount)));
    await withoutNotices(shop, "ord-void-deposit");
    expect((await voidOrder("ord-void-deposit")).json["state"]).toBe("voided");
    await approve(shop, window);
    await deposit(shop, window.imp_uid);
    await shop.complete("ord-void-deposit", window.imp_uid);
    await shop.sweep();
    expect(await shop.order("ord-void-deposit")).toMatchObject({
      state: "voided",
      imp_uid: null,
      review_reason: "refund_account_needed",
      attempts: [{ imp_uid: window.imp_uid, state: "paid" }],
    });
    expect(await shop.cancels("ord-void-deposit")).toEqual([]);
  });

  it("S24 an account issued after the void is revoked at once", async () => {
    const window = await open(shop, withoutConfirm(await shop.createOrder("ord-void-issued", byAccount)));
    expect((await voidOrder("ord-void-issued")).json["state"]).toBe("voided");
    await approve(shop, window);
    await shop.notices("ord-void-issued", 1);
    expect(await statuses(shop, "ord-void-issued")).toEqual(["cancelled"]);
    expect(await shop.order("ord-void-issued")).toMatchObject({ state: "voided", vbank: null });
  });
});
