// npm `iamport-rest-client-nodejs` 0.9.12, unmodified, against the simulator. Its constructor takes a base URL.
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testRows } from "./rows.ts";
import {
  account,
  type Body,
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
  readonly baseUrl: string;
}
interface Request {
  request(client: Iamport): Promise<{ readonly status: number; readonly data: Body }>;
}
type Requests = Readonly<Record<string, Readonly<Record<string, (param?: object) => Request>>>>;
const imp = createRequire(import.meta.url)("iamport-rest-client-nodejs") as {
  readonly Iamport: new (options: { apiKey: string; apiSecret: string; baseUrl: string }) => Iamport;
  readonly Request: Requests;
};

let world: World;
let client: Iamport;
let impUid: string;
let transferUid: string;
let escrowUid: string;

beforeAll(async () => {
  world = await openWorld();
  client = new imp.Iamport({ apiKey: world.impKey, apiSecret: world.impSecret, baseUrl: world.url });
  impUid = await world.pay("ord-rest");
  transferUid = await world.pay("ord-transfer", { pay_method: "trans" });
  escrowUid = await world.pay("ord-escrow", { pay_method: "trans", escrow: true });
  await call("Customers.postBillingKey", { customer_uid: "user42", ...keyBody });
  await call("Subscribe.schedule", { customer_uid: "user42", schedules: [reservation("sub-before")] });
});
afterAll(() => world?.close());

/** What the client made of the answer; its items carry PortOne's fields. */
async function call(path: string, param?: object): Promise<unknown> {
  const [group = "", method = ""] = path.split(".");
  const make = imp.Request[group]?.[method];
  if (!make) throw new Error(`no ${path}`);
  const { data } = await make(param).request(client);
  return JSON.parse(JSON.stringify(data)) as unknown;
}
const said = async (path: string, param: object | undefined, text: string) =>
  expect(JSON.stringify(await call(path, param))).toContain(text);
const window = {
  from: Math.floor(Date.now() / 1000) - 3_600,
  to: Math.floor(Date.now() / 1000) + 7 * 86_400,
};

describe("iamport-rest-client-nodejs 0.9.12", () => {
  testRows("iamport-rest-client-nodejs", {
    "Authenticate.getToken": () =>
      said("Authenticate.getToken", { imp_key: world.impKey, imp_secret: world.impSecret }, "access_token"),
    "Payments.getByImpUids": () =>
      said("Payments.getByImpUids", { imp_uid: [impUid, transferUid] }, transferUid),
    "Payments.getByMerchantUids": () =>
      said("Payments.getByMerchantUids", { merchant_uid: "ord-rest", status: "paid" }, impUid),
    "Payments.getByStatus": () => said("Payments.getByStatus", { status: "paid" }, impUid),
    "Payments.getByImpUid": () => said("Payments.getByImpUid", { imp_uid: impUid }, "홍길동"),
    "Payments.getByMerchantUid": () =>
      said("Payments.getByMerchantUid", { merchant_uid: "ord-rest", status: "paid" }, impUid),
    // Of KSNET there is no balance: PortOne's refusal reaches the caller.
    "Payments.getAmountByImpUid": () =>
      expect(call("Payments.getAmountByImpUid", { imp_uid: impUid })).rejects.toMatchObject({
        response: { data: { code: 1 } },
      }),
    "Payments.cancel": () =>
      said(
        "Payments.cancel",
        { imp_uid: impUid, amount: 20_000, checksum: 109_000, reason: "단순 변심" },
        "단순 변심",
      ),
    "Prepare.postAmount": () =>
      said("Prepare.postAmount", { merchant_uid: "prepared", amount: 5_000 }, "prepared"),
    "Prepare.getAmount": () => said("Prepare.getAmount", { merchant_uid: "prepared" }, "5000"),
    "Receipts.postReceipt": () =>
      said("Receipts.postReceipt", { imp_uid: transferUid, ...receipt }, "109000"),
    "Receipts.getReceipt": () => said("Receipts.getReceipt", { imp_uid: transferUid }, "109000"),
    "Receipts.deleteReceipt": () => said("Receipts.deleteReceipt", { imp_uid: transferUid }, "109000"),
    "External.postReceipt": () => said("External.postReceipt", { merchant_uid: "sale-1", ...sale }, "55000"),
    "External.getReceipt": () => said("External.getReceipt", { merchant_uid: "sale-1" }, "55000"),
    "External.deleteReceipt": () => said("External.deleteReceipt", { merchant_uid: "sale-1" }, "55000"),
    "Customers.postBillingKey": () =>
      said("Customers.postBillingKey", { customer_uid: "user43", ...keyBody }, "451842******0015"),
    "Customers.getBillingKey": () => said("Customers.getBillingKey", { customer_uid: "user42" }, "user42"),
    "Customers.getBillingKeys": () =>
      said("Customers.getBillingKeys", { customer_uid: ["user42"] }, "user42"),
    "Customers.deleteBillingKey": () =>
      said("Customers.deleteBillingKey", { customer_uid: "user43" }, "user43"),
    "Customers.getPayments": async () => {
      await call("Subscribe.again", { ...charge("again-before"), customer_uid: "user42" });
      await said("Customers.getPayments", { customer_uid: "user42", page: 1 }, "again-before");
    },
    "Subscribe.onetime": () => said("Subscribe.onetime", { ...charge("one"), ...card }, "paid"),
    "Subscribe.again": () => said("Subscribe.again", { ...charge("again"), customer_uid: "user42" }, "paid"),
    "Subscribe.schedule": () =>
      said("Subscribe.schedule", { customer_uid: "user42", schedules: [reservation("sub")] }, "scheduled"),
    "Subscribe.unschedule": () =>
      said("Subscribe.unschedule", { customer_uid: "user42", merchant_uid: ["sub"] }, "revoked"),
    "Subscribe.getScheduled": () =>
      said("Subscribe.getScheduled", { merchant_uid: "sub-before" }, "scheduled"),
    "Vbanks.post": () => said("Vbanks.post", account("vb"), "ready"),
    // Editing an account is another PG's (settle bank): KSNET's refusal reaches the caller.
    "Vbanks.put": () =>
      expect(
        call("Vbanks.put", { imp_uid: impUid, amount: 1_000, vbank_due: 1_999_999_999 }),
      ).rejects.toMatchObject({
        response: { status: 400 },
      }),
    "Vbanks.delete": async () => {
      const opened = await world.control("POST", "/pay", {
        request_pay: {
          pay_method: "vbank",
          merchant_uid: "vb-window",
          name: "조명",
          amount: 50_000,
          tax_free: 0,
          buyer_name: "홍길동",
          vbank_due: "2031-12-31",
        },
      });
      await said("Vbanks.delete", { imp_uid: String(opened["imp_uid"]) }, "cancelled");
    },
    "Escrows.postEscrow": () => said("Escrows.postEscrow", { imp_uid: escrowUid, ...parcel }, "600000000000"),
    "Escrows.putEscrow": () =>
      expect(call("Escrows.putEscrow", { imp_uid: escrowUid, ...parcel })).rejects.toMatchObject({
        response: { status: 409 },
      }),
    "Cards.getCards": () => said("Cards.getCards", undefined, "신한"),
    "Cards.getCard": () => said("Cards.getCard", { code: "366" }, "신한"),
    "Banks.getBanks": () => said("Banks.getBanks", undefined, "088"),
    "Banks.getBank": () => said("Banks.getBank", { code: "088" }, "신한"),
  });

  it.each(["Customers.getScheduleds", "Subscribe.getScheduleds"])(
    "%s throws on a plain list",
    async (method) => {
      await expect(call(method, { customer_uid: "user42", ...window })).rejects.toThrow(TypeError);
    },
  );

  it("is told why, as it tells it on", async () => {
    await expect(call("Payments.getByImpUid", { imp_uid: "imp_0" })).rejects.toMatchObject({
      response: { status: 404 },
    });
  });
});
