// npm `iamport` 0.3.4, unmodified, against the simulator. Its host is a public setting of its own.
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { methodsOf, testRows } from "./rows.ts";
import {
  account,
  type Body,
  brokeCard,
  card,
  charge,
  keyBody,
  openWorld,
  reservation,
  type World,
} from "./world.ts";

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
  readonly resources: Readonly<Record<string, { readonly prototype: object }>>;
}

const Iamport = createRequire(import.meta.url)("iamport") as IamportClass;
let world: World;
let client: Iamport;
let declinedUid: string;
let impUid: string;

beforeAll(async () => {
  world = await openWorld();
  Iamport.DEFAULT_HOST = world.url;
  client = new Iamport(world);
  declinedUid = await world.decline("ord-declined");
  impUid = await world.pay("ord-iamport");
});
afterAll(() => world?.close());

const call = async (path: string, param: object): Promise<Body> => {
  const [resource, method = ""] = path.split(".") as [keyof Iamport, string];
  const run = client[resource][method];
  if (!run) throw new Error(`no ${path}`);
  return run.call(client[resource], param);
};
const gives = async (path: string, param: object, expected: object) =>
  expect(await call(path, param)).toMatchObject(expected);

/** `Payment` is reached as `client.payment`. */
const exported = Object.entries(Iamport.resources).flatMap(([name, { prototype }]) =>
  methodsOf(prototype).map((method) => `${name.charAt(0).toLowerCase()}${name.slice(1)}.${method}`),
);

describe("iamport 0.3.4", () => {
  const key = { customer_uid: "user42", card_number: "451842******0015", card_name: "신한카드" };

  testRows("iamport", {
    world: () => world,
    exported,
    tests: {
      "payment.getByImpUid": () =>
        gives(
          "payment.getByImpUid",
          { imp_uid: impUid },
          { imp_uid: impUid, status: "paid", amount: 109_000, buyer_name: "홍길동", pg_provider: "ksnet" },
        ),
      "payment.getByMerchant": () =>
        gives("payment.getByMerchant", { merchant_uid: "ord-iamport" }, { imp_uid: impUid }),
      "payment.getByStatus": async () => {
        const newestFirst = [{ imp_uid: impUid }, { imp_uid: declinedUid, fail_reason: "한도초과" }];
        const all = { payment_status: "all" };
        await gives("payment.getByStatus", all, { total: 2, next: 0, list: newestFirst });
        const oldestFirst = { ...all, sorting: "started" };
        await gives("payment.getByStatus", oldestFirst, { list: newestFirst.toReversed() });
      },
      "payment.cancel": async () => {
        const part = { imp_uid: impUid, amount: 20_000, checksum: 109_000, reason: "단순 변심" };
        const history = [{ amount: 20_000, reason: "단순 변심" }];
        await gives("payment.cancel", part, { cancel_amount: 20_000, cancel_history: history });
        await gives("payment.cancel", { imp_uid: impUid }, { cancel_amount: 109_000, status: "cancelled" });
      },
      "payment.prepare": async () => {
        const prepared = { merchant_uid: "ord-prepared", amount: 5_000 };
        await gives("payment.prepare", prepared, prepared);
        await expect(call("payment.prepare", prepared)).rejects.toMatchObject({ code: "IAMPORT_1" });
      },
      "payment.getPrepare": () =>
        gives("payment.getPrepare", { merchant_uid: "ord-prepared" }, { amount: 5_000 }),
      "subscribe_customer.create": () =>
        gives("subscribe_customer.create", { customer_uid: "user42", ...keyBody }, key),
      "subscribe_customer.createCustomers": () =>
        gives(
          "subscribe_customer.createCustomers",
          { customer_uid: "user44", ...keyBody },
          { ...key, customer_uid: "user44" },
        ),
      "subscribe_customer.get": () => gives("subscribe_customer.get", { customer_uid: "user42" }, key),
      "subscribe_customer.getCustomers": () =>
        gives("subscribe_customer.getCustomers", { customer_uid: "user42" }, key),
      "subscribe.onetime": () =>
        gives(
          "subscribe.onetime",
          { ...charge("one"), ...card },
          { merchant_uid: "one", status: "paid", amount: 8_900, name: "정기구독 8월분" },
        ),
      "subscribe.again": () =>
        gives(
          "subscribe.again",
          { ...charge("again"), customer_uid: "user42" },
          { merchant_uid: "again", status: "paid", customer_uid: "user42" },
        ),
      "subscribe.schedule": async () => {
        const [first, second] = [reservation("sub-1"), reservation("sub-2")];
        await gives("subscribe.schedule", { customer_uid: "user42", schedules: [first, second] }, [
          { merchant_uid: "sub-1", schedule_status: "scheduled", amount: 8_900, imp_uid: null },
          { merchant_uid: "sub-2", schedule_status: "scheduled", schedule_at: second.schedule_at },
        ]);
      },
      "subscribe.unschedule": async () => {
        const one = { customer_uid: "user42", merchant_uid: ["sub-2"] };
        await gives("subscribe.unschedule", one, [{ merchant_uid: "sub-2", schedule_status: "revoked" }]);
        const others = { customer_uid: "user42" };
        await gives("subscribe.unschedule", others, [{ merchant_uid: "sub-1", schedule_status: "revoked" }]);
      },
      "subscribe_customer.delete": async () => {
        await gives("subscribe_customer.delete", { customer_uid: "user42" }, key);
        const gone = call("subscribe_customer.get", { customer_uid: "user42" });
        await expect(gone).rejects.toMatchObject({ code: "HTTP_404" });
      },
      "subscribe_customer.deleteCustomers": () =>
        gives("subscribe_customer.deleteCustomers", { customer_uid: "user44" }, { customer_uid: "user44" }),
      "vbank.create": () =>
        gives("vbank.create", account("vb"), {
          merchant_uid: "vb",
          status: "ready",
          pay_method: "vbank",
          vbank_name: "신한은행",
          vbank_num: expect.stringMatching(/^\d+$/),
        }),
    },
  });

  it("tells PortOne's refusals and HTTP's apart by the code of its error", async () => {
    await expect(call("payment.cancel", { imp_uid: impUid })).rejects.toMatchObject({
      code: "IAMPORT_1",
      message: "이미 전액취소된 주문입니다.",
    });
    await expect(call("payment.getByImpUid", { imp_uid: "imp_0" })).rejects.toMatchObject({
      code: "HTTP_404",
    });
    const stranger = new Iamport({ impKey: world.impKey, impSecret: "wrong" });
    await expect(stranger.payment["getByImpUid"]?.({ imp_uid: impUid })).rejects.toMatchObject({
      code: "HTTP_401",
    });
  });

  it("gives a declined charge as PortOne does: a success that is failed", async () => {
    const declined = { status: "failed", fail_reason: "한도초과", paid_at: 0 };
    await gives("subscribe.onetime", { ...charge("broke"), ...brokeCard }, declined);
  });

  it("asks for one token as long as it holds, and for another once when PortOne says it ended", async () => {
    client = new Iamport(world);
    const twice = async () => {
      await call("payment.getByImpUid", { imp_uid: impUid });
      await call("payment.getByImpUid", { imp_uid: impUid });
    };
    const fresh = await world.callsDuring(twice);
    expect(fresh.counts).toEqual({ "POST /users/getToken": 1, "GET /payments/{imp_uid}": 2 });
    await world.endTokens();
    const { calls } = await world.callsDuring(twice);
    expect(calls.map(({ path, status }) => [path, status])).toEqual([
      [`/payments/${impUid}`, 401],
      ["/users/getToken", 200],
      [`/payments/${impUid}`, 200],
      [`/payments/${impUid}`, 200],
    ]);
  });
});
