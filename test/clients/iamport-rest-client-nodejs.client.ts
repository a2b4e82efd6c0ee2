// npm `iamport-rest-client-nodejs` 0.9.12, unmodified, against the simulator. Its constructor takes a base URL.
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
  parcel,
  receipt,
  reservation,
  sale,
  type World,
} from "./world.ts";

interface Iamport {
  getToken(): Promise<{ readonly data: Body }>;
  getHeaders(): Promise<Body>;
}
interface Request {
  request(client: Iamport): Promise<{ readonly status: number; readonly data: Body }>;
}
type Make = (param?: object) => Request;
const imp = createRequire(import.meta.url)("iamport-rest-client-nodejs") as {
  readonly Iamport: new (options: { apiKey: string; apiSecret: string; baseUrl: string }) => Iamport;
  readonly Request: Readonly<Record<string, Readonly<Record<string, Make>>>>;
};

let world: World;
let client: Iamport;
let declinedUid: string;
let impUid: string;
let transferUid: string;
let escrowUid: string;

beforeAll(async () => {
  world = await openWorld();
  client = newClient();
  declinedUid = await world.decline("ord-rest");
  impUid = await world.pay("ord-rest");
  transferUid = await world.pay("ord-transfer", { pay_method: "trans" });
  escrowUid = await world.pay("ord-escrow", { pay_method: "trans", escrow: true });
});
afterAll(() => world?.close());

const newClient = () =>
  new imp.Iamport({ apiKey: world.impKey, apiSecret: world.impSecret, baseUrl: world.url });

async function call(path: string, param?: object): Promise<{ status: number; data: Body }> {
  const [group = "", method = ""] = path.split(".");
  const make = imp.Request[group]?.[method];
  if (!make) throw new Error(`no ${path}`);
  const { status, data } = await make(param).request(client);
  return { status, data };
}
/** It makes objects of its own out of the answer, with PortOne's fields and times as dates. */
const gives = async (path: string, param: object | undefined, response: object, status = 200) =>
  expect(await call(path, param)).toMatchObject({ status, data: { code: 0, message: null, response } });
const isRefused = (path: string, param: object, response: object) =>
  expect(call(path, param)).rejects.toMatchObject({ response });

const key = { customer_uid: "user42", card_number: "451842******0015", card_name: "신한카드" };
const ofNextWeek = () => {
  const now = Math.floor(Date.now() / 1000);
  return { customer_uid: "user42", from: now - 3_600, to: now + 7 * 86_400 };
};

describe("iamport-rest-client-nodejs 0.9.12", () => {
  testRows("iamport-rest-client-nodejs", {
    world: () => world,
    exported: [
      ...methodsOf(imp.Iamport.prototype as object).map((method) => `Iamport.${method}`),
      ...Object.entries(imp.Request).flatMap(([group, of]) =>
        methodsOf(of).map((method) => `${group}.${method}`),
      ),
    ],
    tests: {
      "Iamport.getToken": async () =>
        expect((await client.getToken()).data).toMatchObject({
          code: 0,
          response: { access_token: expect.stringMatching(/^[0-9a-f]{40}$/) },
        }),
      "Iamport.getHeaders": async () =>
        expect(await client.getHeaders()).toMatchObject({
          Authorization: expect.stringMatching(/^Bearer [0-9a-f]{40}$/),
        }),
      "Authenticate.getToken": () =>
        gives(
          "Authenticate.getToken",
          { imp_key: world.impKey, imp_secret: world.impSecret },
          { access_token: expect.stringMatching(/^[0-9a-f]{40}$/), expired_at: expect.any(Date) },
        ),
      "Payments.getByImpUid": () =>
        gives(
          "Payments.getByImpUid",
          { imp_uid: impUid },
          {
            imp_uid: impUid,
            status: "paid",
            amount: 109_000,
            buyer_name: "홍길동",
            card_name: "신한카드",
            paid_at: expect.any(Date),
            cancelled_at: 0,
          },
        ),
      "Payments.getByImpUids": async () => {
        const both = [{ imp_uid: impUid }, { imp_uid: transferUid, pay_method: "trans" }];
        await gives("Payments.getByImpUids", { imp_uid: [impUid, transferUid] }, both);
        // With 207 it works out itself which are missing.
        const { status, data } = await call("Payments.getByImpUids", { imp_uid: ["imp_0", impUid] });
        expect([status, data["failed"]]).toEqual([207, ["imp_0"]]);
      },
      "Payments.getByMerchantUid": () =>
        gives("Payments.getByMerchantUid", { merchant_uid: "ord-rest", status: "paid" }, { imp_uid: impUid }),
      "Payments.getByMerchantUids": () =>
        gives(
          "Payments.getByMerchantUids",
          { merchant_uid: "ord-rest", status: "failed" },
          { total: 1, next: 0, list: [{ imp_uid: declinedUid, fail_reason: "한도초과" }] },
        ),
      "Payments.getByStatus": async () => {
        const newestFirst = [{ imp_uid: escrowUid }, { imp_uid: transferUid }, { imp_uid: impUid }];
        await gives("Payments.getByStatus", { status: "paid" }, { total: 3, list: newestFirst });
        const oldest = { status: "paid", sorting: "started", limit: 2 };
        await gives("Payments.getByStatus", oldest, { next: 2, list: newestFirst.toReversed().slice(0, 2) });
      },
      // Of KSNET there is no balance: PortOne's refusal reaches the caller.
      "Payments.getAmountByImpUid": () =>
        isRefused("Payments.getAmountByImpUid", { imp_uid: impUid }, { data: { code: 1, response: null } }),
      "Payments.cancel": () =>
        gives(
          "Payments.cancel",
          { imp_uid: impUid, amount: 20_000, checksum: 109_000, reason: "단순 변심" },
          { cancel_amount: 20_000, cancel_history: [{ amount: 20_000, reason: "단순 변심" }] },
        ),
      "Prepare.postAmount": () =>
        gives(
          "Prepare.postAmount",
          { merchant_uid: "prepared", amount: 5_000 },
          { merchant_uid: "prepared", amount: 5_000 },
        ),
      "Prepare.getAmount": () =>
        gives("Prepare.getAmount", { merchant_uid: "prepared" }, { merchant_uid: "prepared", amount: 5_000 }),
      "Receipts.postReceipt": () =>
        gives(
          "Receipts.postReceipt",
          { imp_uid: transferUid, ...receipt },
          { imp_uid: transferUid, type: "person", amount: 109_000, cancelled_at: 0 },
        ),
      "Receipts.getReceipt": () =>
        gives("Receipts.getReceipt", { imp_uid: transferUid }, { applied_at: expect.any(Date) }),
      "Receipts.deleteReceipt": () =>
        gives("Receipts.deleteReceipt", { imp_uid: transferUid }, { cancelled_at: expect.any(Date) }),
      "External.postReceipt": () =>
        gives(
          "External.postReceipt",
          { merchant_uid: "sale-1", ...sale },
          { merchant_uid: "sale-1", amount: 55_000, vat: 5_000, cancelled_at: 0 },
        ),
      "External.getReceipt": () =>
        gives("External.getReceipt", { merchant_uid: "sale-1" }, { applied_at: expect.any(Date) }),
      "External.deleteReceipt": () =>
        gives("External.deleteReceipt", { merchant_uid: "sale-1" }, { cancelled_at: expect.any(Date) }),
      "Customers.postBillingKey": () =>
        gives("Customers.postBillingKey", { customer_uid: "user42", ...keyBody }, key),
      "Customers.getBillingKey": () => gives("Customers.getBillingKey", { customer_uid: "user42" }, key),
      "Customers.getBillingKeys": async () => {
        await gives("Customers.getBillingKeys", { customer_uid: ["user42"] }, [key]);
        await gives("Customers.getBillingKeys", { customer_uid: ["user0", "user42"] }, [key], 207);
      },
      "Subscribe.onetime": () =>
        gives(
          "Subscribe.onetime",
          { ...charge("one"), ...card },
          { merchant_uid: "one", status: "paid", amount: 8_900, name: "정기구독 8월분" },
        ),
      "Subscribe.again": () =>
        gives(
          "Subscribe.again",
          { ...charge("again"), customer_uid: "user42" },
          { merchant_uid: "again", status: "paid", customer_uid: "user42" },
        ),
      "Customers.getPayments": () =>
        gives(
          "Customers.getPayments",
          { customer_uid: "user42", page: 1 },
          { total: 1, list: [{ merchant_uid: "again", status: "paid" }] },
        ),
      "Subscribe.schedule": () =>
        gives("Subscribe.schedule", { customer_uid: "user42", schedules: [reservation("sub")] }, [
          { merchant_uid: "sub", schedule_status: "scheduled", amount: 8_900, imp_uid: null },
        ]),
      "Subscribe.getScheduled": () =>
        gives(
          "Subscribe.getScheduled",
          { merchant_uid: "sub" },
          { schedule_at: expect.any(Date), executed_at: 0 },
        ),
      "Subscribe.unschedule": () =>
        gives("Subscribe.unschedule", { customer_uid: "user42", merchant_uid: ["sub"] }, [
          { merchant_uid: "sub", schedule_status: "revoked", revoked_at: expect.any(Date) },
        ]),
      "Customers.deleteBillingKey": async () => {
        await gives("Customers.deleteBillingKey", { customer_uid: "user42" }, key);
        await isRefused("Customers.getBillingKey", { customer_uid: "user42" }, { status: 404 });
      },
      "Vbanks.post": () =>
        gives("Vbanks.post", account("vb"), {
          status: "ready",
          vbank_name: "신한은행",
          vbank_num: expect.stringMatching(/^\d+$/),
          vbank_date: expect.any(Date),
        }),
      // Editing an account is another PG's: KSNET's refusal reaches the caller.
      "Vbanks.put": () =>
        isRefused(
          "Vbanks.put",
          { imp_uid: impUid, amount: 1_000, vbank_due: 1_999_999_999 },
          { status: 400, data: { code: -1, response: null } },
        ),
      "Vbanks.delete": async () => {
        const window = { pay_method: "vbank", tax_free: 0, vbank_due: "2031-12-31" };
        const opened = await world.pay("ord-vbank", window);
        await gives("Vbanks.delete", { imp_uid: opened }, { imp_uid: opened, status: "cancelled" });
      },
      "Escrows.postEscrow": () =>
        gives(
          "Escrows.postEscrow",
          { imp_uid: escrowUid, ...parcel },
          { company: "CJGLS", invoice: "600000000000", sent_at: new Date(1_785_990_000_000) },
        ),
      // A parcel can be changed only some 45 minutes after it was registered.
      "Escrows.putEscrow": async () => {
        const moved = { imp_uid: escrowUid, ...parcel, logis: { ...parcel.logis, invoice: "600000000001" } };
        await isRefused("Escrows.putEscrow", moved, { status: 409 });
        await world.control("PUT", "/settings", { switches: { escrow_delay_min: 0 } });
        await gives("Escrows.putEscrow", moved, { company: "CJGLS", invoice: "600000000001" });
      },
      "Cards.getCards": () =>
        gives("Cards.getCards", undefined, expect.arrayContaining([{ code: "366", name: "신한카드" }])),
      "Cards.getCard": () => gives("Cards.getCard", { code: "366" }, { code: "366", name: "신한카드" }),
      "Banks.getBanks": () =>
        gives("Banks.getBanks", undefined, expect.arrayContaining([{ code: "088", name: "신한은행" }])),
      "Banks.getBank": () => gives("Banks.getBank", { code: "088" }, { code: "088", name: "신한은행" }),
    },
    failing: {
      "Customers.getScheduleds": () =>
        throwsOnAList("Customers.getScheduleds", "/subscribe/customers/user42/schedules"),
      "Subscribe.getScheduleds": () =>
        throwsOnAList("Subscribe.getScheduleds", "/subscribe/payments/schedule/customers/user42"),
    },
  });

  /** PortOne's part went well; what the client makes of it does not. */
  async function throwsOnAList(path: string, asked: string): Promise<void> {
    const { calls } = await world.callsDuring(() =>
      expect(call(path, ofNextWeek())).rejects.toThrow(TypeError),
    );
    expect(calls).toMatchObject([{ path: asked, status: 200 }]);
  }

  it("rejects with PortOne's refusal, or with the HTTP client's error around it", async () => {
    const again = { imp_uid: impUid, amount: 20_000, checksum: 109_000 };
    const message = "취소 가능 잔액(checksum)이 일치하지 않습니다.";
    await isRefused("Payments.cancel", again, { data: { code: 1, message, response: null } });
    await expect(call("Payments.getByImpUid", { imp_uid: "imp_0" })).rejects.toMatchObject({
      isAxiosError: true,
      response: { status: 404, data: { code: -1, message: "존재하지 않는 결제정보입니다." } },
    });
    await isRefused("Authenticate.getToken", { imp_key: world.impKey, imp_secret: "wrong" }, { status: 401 });
  });

  it("gives a declined charge as PortOne does: a success that is failed", async () => {
    await gives(
      "Subscribe.onetime",
      { ...charge("broke"), ...brokeCard },
      { status: "failed", fail_reason: "한도초과", paid_at: 0 },
    );
  });

  it("asks for one token as long as it holds, and is told when it ended", async () => {
    client = newClient();
    const { counts } = await world.callsDuring(async () => {
      await call("Payments.getByImpUid", { imp_uid: impUid });
      await call("Payments.getByImpUid", { imp_uid: impUid });
    });
    expect(counts).toEqual({ "POST /users/getToken": 1, "GET /payments/{imp_uid}": 2 });
    await world.endTokens();
    await isRefused("Payments.getByImpUid", { imp_uid: impUid }, { status: 401 });
  });
});
