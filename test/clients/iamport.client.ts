// npm `iamport` 0.3.4, unmodified, against the simulator. Its host is a public setting of its own.
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testRows } from "./rows.ts";
import { account, type Body, card, charge, keyBody, openWorld, reservation, type World } from "./world.ts";

type Resource = Readonly<Record<string, (param: object) => Promise<Body>>>;
interface Iamport {
  readonly payment: Resource;
  readonly subscribe: Resource;
  readonly subscribe_customer: Resource;
  readonly vbank: Resource;
}
interface IamportClass {
  new (options: { impKey: string; impSecret: string }): Iamport;
  DEFAULT_HOST: string;
}

const Iamport = createRequire(import.meta.url)("iamport") as IamportClass;
let world: World;
let client: Iamport;
let impUid: string;

beforeAll(async () => {
  world = await openWorld();
  Iamport.DEFAULT_HOST = world.url;
  client = new Iamport(world);
  impUid = await world.pay("ord-iamport");
  await client.subscribe_customer["create"]?.({ customer_uid: "user42", ...keyBody });
});
afterAll(() => world?.close());

const call = async (resource: keyof Iamport, method: string, param: object): Promise<Body> => {
  const run = client[resource][method];
  if (!run) throw new Error(`no ${resource}.${method}`);
  return run.call(client[resource], param);
};

describe("iamport 0.3.4", () => {
  const keyOf = async (customer_uid: string, method: string) =>
    expect(await call("subscribe_customer", method, { customer_uid, ...keyBody })).toMatchObject({
      customer_uid,
    });

  testRows("iamport", {
    "payment.getByImpUid": async () =>
      expect(await call("payment", "getByImpUid", { imp_uid: impUid })).toMatchObject({
        imp_uid: impUid,
        status: "paid",
        buyer_name: "홍길동",
      }),
    "payment.getByMerchant": async () =>
      expect(await call("payment", "getByMerchant", { merchant_uid: "ord-iamport" })).toMatchObject({
        imp_uid: impUid,
      }),
    "payment.getByStatus": async () =>
      expect((await call("payment", "getByStatus", { payment_status: "paid" }))["list"]).toContainEqual(
        expect.objectContaining({ imp_uid: impUid }),
      ),
    "payment.cancel": async () => {
      const part = { imp_uid: impUid, amount: 20_000, checksum: 109_000, reason: "단순 변심" };
      expect(await call("payment", "cancel", part)).toMatchObject({ cancel_amount: 20_000 });
      expect(await call("payment", "cancel", { imp_uid: impUid })).toMatchObject({ cancel_amount: 109_000 });
    },
    "payment.prepare": async () => {
      const prepared = { merchant_uid: "ord-prepared", amount: 5_000 };
      expect(await call("payment", "prepare", prepared)).toMatchObject(prepared);
      await expect(call("payment", "prepare", prepared)).rejects.toMatchObject({ code: "IAMPORT_1" });
    },
    "payment.getPrepare": async () =>
      expect(await call("payment", "getPrepare", { merchant_uid: "ord-prepared" })).toMatchObject({
        amount: 5_000,
      }),
    "subscribe.onetime": async () =>
      expect(await call("subscribe", "onetime", { ...charge("one"), ...card })).toMatchObject({
        status: "paid",
      }),
    "subscribe.again": async () =>
      expect(await call("subscribe", "again", { ...charge("again"), customer_uid: "user42" })).toMatchObject({
        status: "paid",
      }),
    "subscribe.schedule": async () =>
      expect(
        await call("subscribe", "schedule", { customer_uid: "user42", schedules: [reservation("sub")] }),
      ).toMatchObject([{ schedule_status: "scheduled" }]),
    "subscribe.unschedule": async () =>
      expect(
        await call("subscribe", "unschedule", { customer_uid: "user42", merchant_uid: ["sub"] }),
      ).toMatchObject([{ schedule_status: "revoked" }]),
    "subscribe_customer.get": () => keyOf("user42", "get"),
    "subscribe_customer.getCustomers": () => keyOf("user42", "getCustomers"),
    "subscribe_customer.create": () => keyOf("user43", "create"),
    "subscribe_customer.createCustomers": () => keyOf("user44", "createCustomers"),
    "subscribe_customer.delete": () => keyOf("user43", "delete"),
    "subscribe_customer.deleteCustomers": () => keyOf("user44", "deleteCustomers"),
    "vbank.create": async () =>
      expect(await call("vbank", "create", account("vb"))).toMatchObject({
        status: "ready",
        pay_method: "vbank",
      }),
  });

  it("is told why, as it tells it on", async () => {
    await expect(call("payment", "cancel", { imp_uid: impUid })).rejects.toMatchObject({
      code: "IAMPORT_1",
      message: "이미 전액취소된 주문입니다.",
    });
    const stranger = new Iamport({ impKey: world.impKey, impSecret: "wrong" });
    await expect(stranger.payment["getByImpUid"]?.({ imp_uid: impUid })).rejects.toMatchObject({
      code: "HTTP_401",
    });
    await expect(call("payment", "getByImpUid", { imp_uid: "imp_0" })).rejects.toMatchObject({
      code: "HTTP_404",
    });
  });
});
