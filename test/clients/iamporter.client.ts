// npm `iamporter` 1.4.2, unmodified, against the simulator. Its constructor takes a host.
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { methodsOf, testRows } from "./rows.ts";
import { account, type Body, brokeCard, card, charge, keyBody, openWorld, type World } from "./world.ts";

interface Answer {
  readonly status: number;
  readonly message: string | null;
  readonly data: Body;
  readonly raw: Body;
}
type Iamporter = Readonly<Record<string, (...args: unknown[]) => Promise<Answer>>>;
const { Iamporter, IamporterError } = createRequire(import.meta.url)("iamporter") as {
  Iamporter: new (options: { apiKey: string; secret: string; host: string }) => Iamporter;
  IamporterError: new () => Error;
};

let world: World;
let client: Iamporter;
let declinedUid: string;
let impUid: string;

beforeAll(async () => {
  world = await openWorld();
  client = newClient();
  declinedUid = await world.decline("ord-iamporter");
  impUid = await world.pay("ord-iamporter");
});
afterAll(() => world?.close());

const newClient = () => new Iamporter({ apiKey: world.impKey, secret: world.impSecret, host: world.url });

const call = async (method: string, ...args: unknown[]): Promise<Answer> => {
  const run = client[method];
  if (!run) throw new Error(`no ${method}`);
  return run.apply(client, args);
};
const gives = async (expected: object, method: string, ...args: unknown[]) =>
  expect(await call(method, ...args)).toMatchObject({
    status: 200,
    message: null,
    data: expected,
    raw: { code: 0, response: expected },
  });

describe("iamporter 1.4.2", () => {
  testRows("iamporter", {
    world: () => world,
    exported: methodsOf(Iamporter.prototype as object),
    tests: {
      getToken: () =>
        gives(
          { access_token: expect.stringMatching(/^[0-9a-f]{40}$/), expired_at: expect.any(Number) },
          "getToken",
        ),
      findByImpUid: () =>
        gives(
          { imp_uid: impUid, status: "paid", amount: 109_000, buyer_name: "홍길동", card_name: "신한카드" },
          "findByImpUid",
          impUid,
        ),
      findByMerchantUid: () =>
        gives({ imp_uid: impUid, merchant_uid: "ord-iamporter" }, "findByMerchantUid", "ord-iamporter"),
      findAllByMerchantUid: async () => {
        const paid = { total: 1, list: [{ imp_uid: impUid }] };
        await gives(paid, "findAllByMerchantUid", "ord-iamporter", { status: "paid" });
        const failed = { total: 1, list: [{ imp_uid: declinedUid, fail_reason: "한도초과" }] };
        await gives(failed, "findAllByMerchantUid", "ord-iamporter", { status: "failed" });
      },
      findAllByStatus: async () => {
        const newestFirst = [{ imp_uid: impUid }, { imp_uid: declinedUid }];
        await gives({ total: 2, previous: 0, next: 0, list: newestFirst }, "findAllByStatus");
        const oldestFirst = { sorting: "started" };
        await gives({ list: newestFirst.toReversed() }, "findAllByStatus", "all", oldestFirst);
        await gives({ next: 2, list: newestFirst.slice(0, 1) }, "findAllByStatus", "all", { limit: 1 });
      },
      cancel: () =>
        gives({ imp_uid: impUid, cancel_amount: 9_000 }, "cancel", {
          imp_uid: impUid,
          amount: 9_000,
          checksum: 109_000,
        }),
      cancelByImpUid: () =>
        gives(
          {
            cancel_amount: 19_000,
            cancel_reason: "단순 변심",
            cancel_history: [{ amount: 9_000 }, { amount: 10_000, reason: "단순 변심" }],
          },
          "cancelByImpUid",
          impUid,
          { amount: 10_000, reason: "단순 변심" },
        ),
      cancelByMerchantUid: () =>
        gives({ cancel_amount: 109_000, status: "cancelled" }, "cancelByMerchantUid", "ord-iamporter"),
      createPreparedPayment: () =>
        gives({ merchant_uid: "prepared", amount: 5_000 }, "createPreparedPayment", {
          merchant_uid: "prepared",
          amount: 5_000,
        }),
      getPreparedPayment: () =>
        gives({ merchant_uid: "prepared", amount: 5_000 }, "getPreparedPayment", "prepared"),
      payOnetime: () =>
        gives({ merchant_uid: "one", status: "paid", amount: 8_900, name: "정기구독 8월분" }, "payOnetime", {
          ...charge("one"),
          ...card,
        }),
      createSubscription: () =>
        gives(
          { customer_uid: "user42", card_number: "451842******0015", card_name: "신한카드" },
          "createSubscription",
          { customer_uid: "user42", ...keyBody },
        ),
      getSubscription: () =>
        gives({ customer_uid: "user42", card_number: "451842******0015" }, "getSubscription", "user42"),
      paySubscription: () =>
        gives({ merchant_uid: "again", status: "paid", customer_uid: "user42" }, "paySubscription", {
          ...charge("again"),
          customer_uid: "user42",
        }),
      deleteSubscription: async () => {
        await gives({ customer_uid: "user42" }, "deleteSubscription", "user42");
        expect(await call("getSubscription", "user42")).toMatchObject({ status: 404, data: null });
      },
      createVbank: () =>
        gives(
          {
            merchant_uid: "vb",
            status: "ready",
            pay_method: "vbank",
            vbank_name: "신한은행",
            vbank_num: expect.stringMatching(/^\d+$/),
          },
          "createVbank",
          account("vb"),
        ),
    },
  });

  it("throws its own error with PortOne's refusal in it", async () => {
    const again = call("cancelByImpUid", impUid);
    await expect(again).rejects.toBeInstanceOf(IamporterError);
    await expect(again).rejects.toMatchObject({
      name: "IamporterError",
      message: "이미 전액취소된 주문입니다.",
      status: 200,
      raw: { code: 1, response: null },
    });
  });

  it("throws for a charge that PortOne calls a success and the card company declined", async () => {
    await expect(call("payOnetime", { ...charge("broke"), ...brokeCard })).rejects.toMatchObject({
      name: "IamporterError",
      message: "한도초과",
    });
  });

  it("gives a payment that is not there as an answer without data", async () => {
    expect(await call("findByImpUid", "imp_0")).toMatchObject({
      status: 404,
      message: "존재하지 않는 결제정보입니다.",
      data: null,
    });
  });

  it("needs a status to list an order's payments: left out, it asks for an empty one", async () => {
    const asked = await world.callsDuring(() =>
      expect(call("findAllByMerchantUid", "ord-iamporter")).rejects.toMatchObject({ status: 400 }),
    );
    expect(asked.calls).toMatchObject([{ path: "/payments/findAll/ord-iamporter/" }]);
  });

  it("names a wrong secret and a token that ended, and asks for one token as long as it holds", async () => {
    const stranger = new Iamporter({ apiKey: world.impKey, secret: "wrong", host: world.url });
    const refused = { status: 401, message: "아임포트 API 인증에 실패하였습니다." };
    await expect(stranger["getToken"]?.()).rejects.toMatchObject(refused);
    client = newClient();
    const { counts } = await world.callsDuring(async () => {
      await call("findByImpUid", impUid);
      await call("findByImpUid", impUid);
    });
    expect(counts).toEqual({ "POST /users/getToken": 1, "GET /payments/{imp_uid}": 2 });
    await world.endTokens();
    await expect(call("findByImpUid", impUid)).rejects.toMatchObject(refused);
  });
});
