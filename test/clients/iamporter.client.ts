// npm `iamporter` 1.4.2, unmodified, against the simulator. Its constructor takes a host.
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testRows } from "./rows.ts";
import { account, type Body, card, charge, keyBody, openWorld, type World } from "./world.ts";

interface Answer {
  readonly status: number;
  readonly data: Body;
}
type Iamporter = Readonly<Record<string, (...args: unknown[]) => Promise<Answer>>>;
const { Iamporter } = createRequire(import.meta.url)("iamporter") as {
  Iamporter: new (options: { apiKey: string; secret: string; host: string }) => Iamporter;
};

let world: World;
let client: Iamporter;
let impUid: string;

beforeAll(async () => {
  world = await openWorld();
  client = new Iamporter({ apiKey: world.impKey, secret: world.impSecret, host: world.url });
  impUid = await world.pay("ord-iamporter");
});
afterAll(() => world?.close());

const call = async (method: string, ...args: unknown[]): Promise<Body> => {
  const run = client[method];
  if (!run) throw new Error(`no ${method}`);
  return (await run.apply(client, args)).data;
};

describe("iamporter 1.4.2", () => {
  testRows("iamporter", {
    getToken: async () => expect(await call("getToken")).toMatchObject({ access_token: expect.any(String) }),
    findByImpUid: async () =>
      expect(await call("findByImpUid", impUid)).toMatchObject({ imp_uid: impUid, buyer_name: "홍길동" }),
    findByMerchantUid: async () =>
      expect(await call("findByMerchantUid", "ord-iamporter")).toMatchObject({ imp_uid: impUid }),
    findAllByMerchantUid: async () =>
      expect(await call("findAllByMerchantUid", "ord-iamporter", { status: "paid" })).toMatchObject({
        list: [{ imp_uid: impUid }],
      }),
    findAllByStatus: async () => expect(await call("findAllByStatus", "paid")).toMatchObject({ total: 1 }),
    cancel: async () =>
      expect(await call("cancel", { imp_uid: impUid, amount: 9_000 })).toMatchObject({
        cancel_amount: 9_000,
      }),
    cancelByImpUid: async () =>
      expect(await call("cancelByImpUid", impUid, { amount: 10_000, reason: "단순 변심" })).toMatchObject({
        cancel_amount: 19_000,
      }),
    cancelByMerchantUid: async () =>
      expect(await call("cancelByMerchantUid", "ord-iamporter")).toMatchObject({ cancel_amount: 109_000 }),
    createPreparedPayment: async () =>
      expect(await call("createPreparedPayment", { merchant_uid: "prepared", amount: 5_000 })).toMatchObject({
        amount: 5_000,
      }),
    getPreparedPayment: async () =>
      expect(await call("getPreparedPayment", "prepared")).toMatchObject({ amount: 5_000 }),
    payOnetime: async () =>
      expect(await call("payOnetime", { ...charge("one"), ...card })).toMatchObject({ status: "paid" }),
    createSubscription: async () =>
      expect(await call("createSubscription", { customer_uid: "user42", ...keyBody })).toMatchObject({
        card_number: "451842******0015",
      }),
    getSubscription: async () =>
      expect(await call("getSubscription", "user42")).toMatchObject({ customer_uid: "user42" }),
    paySubscription: async () => {
      await call("createSubscription", { customer_uid: "user43", ...keyBody });
      const paid = await call("paySubscription", { ...charge("again"), customer_uid: "user43" });
      expect(paid).toMatchObject({ status: "paid" });
    },
    deleteSubscription: async () => {
      await call("createSubscription", { customer_uid: "user44", ...keyBody });
      expect(await call("deleteSubscription", "user44")).toMatchObject({ customer_uid: "user44" });
    },
    createVbank: async () =>
      expect(await call("createVbank", account("vb"))).toMatchObject({ status: "ready" }),
  });

  it("is told why, as it tells it on", async () => {
    await expect(call("cancelByImpUid", impUid)).rejects.toThrow("이미 전액취소된 주문입니다.");
    const stranger = new Iamporter({ apiKey: world.impKey, secret: "wrong", host: world.url });
    await expect(stranger["getToken"]?.()).rejects.toThrow("아임포트 API 인증에 실패하였습니다.");
  });
});
