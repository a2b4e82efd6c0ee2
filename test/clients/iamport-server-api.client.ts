// npm `iamport-server-api` 10.0.0, unmodified, against the simulator. A connection names its host.
import { createRequire } from "node:module";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testRows } from "./rows.ts";
import { account, type Body, card, charge, keyBody, openWorld, receipt, type World } from "./world.ts";

interface Connection {
  readonly host: string;
}
interface Module {
  readonly functional: Body;
  readonly IamportConnector: new (
    host: string,
    accessor: { imp_key: string; imp_secret: string },
  ) => { get(): Promise<Connection> };
}
type Run = (connection: Connection, ...args: readonly unknown[]) => Promise<{ readonly response: Body }>;

const imp = createRequire(import.meta.url)("iamport-server-api") as Module;
let world: World;
let connection: Connection;
let impUid: string;
let transferUid: string;

beforeAll(async () => {
  world = await openWorld();
  connection = await new imp.IamportConnector(world.url, {
    imp_key: world.impKey,
    imp_secret: world.impSecret,
  }).get();
  impUid = await world.pay("ord-server-api");
  transferUid = await world.pay("ord-transfer", { pay_method: "trans" });
  await call("subscribe.customers.create", "user42", { customer_uid: "user42", ...keyBody });
});
afterAll(() => world?.close());

async function call(path: string, ...args: readonly unknown[]): Promise<Body> {
  const run = path.split(".").reduce<unknown>((node, name) => (node as Body)[name], imp.functional) as Run;
  return (await run(connection, ...args)).response;
}

describe("iamport-server-api 10.0.0", () => {
  testRows("iamport-server-api", {
    "users.getToken": async () => {
      const login = { imp_key: world.impKey, imp_secret: world.impSecret };
      expect(await call("users.getToken", login)).toMatchObject({ access_token: expect.any(String) });
    },
    "payments.at": async () =>
      expect(await call("payments.at", impUid, {})).toMatchObject({ imp_uid: impUid, buyer_name: "홍길동" }),
    "payments.cancel": async () =>
      expect(
        await call("payments.cancel", {
          imp_uid: impUid,
          amount: 20_000,
          checksum: 109_000,
          reason: "단순 변심",
        }),
      ).toMatchObject({ cancel_amount: 20_000 }),
    "receipts.create": async () =>
      expect(await call("receipts.create", transferUid, { imp_uid: transferUid, ...receipt })).toMatchObject({
        amount: 109_000,
      }),
    "receipts.at": async () => {
      const other = await world.pay("ord-receipt-at", { pay_method: "trans" });
      await call("receipts.create", other, { imp_uid: other, ...receipt });
      expect(await call("receipts.at", other)).toMatchObject({ apply_num: expect.any(String) });
    },
    "receipts.erase": async () => {
      const other = await world.pay("ord-receipt-erase", { pay_method: "trans" });
      await call("receipts.create", other, { imp_uid: other, ...receipt });
      expect(await call("receipts.erase", other)).toMatchObject({ cancelled_at: expect.any(Number) });
    },
    "subscribe.customers.at": async () =>
      expect(await call("subscribe.customers.at", "user42")).toMatchObject({ customer_uid: "user42" }),
    "subscribe.customers.create": async () =>
      expect(
        await call("subscribe.customers.create", "user43", { customer_uid: "user43", ...keyBody }),
      ).toMatchObject({ card_number: "451842******0015" }),
    "subscribe.customers.erase": async () => {
      await call("subscribe.customers.create", "user44", { customer_uid: "user44", ...keyBody });
      expect(await call("subscribe.customers.erase", "user44")).toMatchObject({ customer_uid: "user44" });
    },
    "subscribe.payments.onetime": async () =>
      expect(await call("subscribe.payments.onetime", { ...charge("one"), ...card })).toMatchObject({
        status: "paid",
      }),
    "subscribe.payments.again": async () =>
      expect(
        await call("subscribe.payments.again", { ...charge("again"), customer_uid: "user42" }),
      ).toMatchObject({ status: "paid" }),
    "vbanks.create": async () =>
      expect(await call("vbanks.create", account("vb"))).toMatchObject({ status: "ready" }),
  });

  it("is told of what is not there", async () => {
    await expect(call("payments.at", "imp_0", {})).rejects.toMatchObject({ status: 404 });
  });
});
