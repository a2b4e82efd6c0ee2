// npm `iamport-server-api` 10.0.0, unmodified, against the simulator. A connection names its host.
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
  receipt,
  type World,
} from "./world.ts";

interface Connection {
  readonly host: string;
  readonly headers: { readonly Authorization: string };
}
interface Connector {
  get(): Promise<Connection>;
}
interface Module {
  readonly functional: Body;
  readonly IamportConnector: new (host: string, login: { imp_key: string; imp_secret: string }) => Connector;
  readonly HttpError: new () => Error;
}
interface Envelope {
  readonly code: number;
  readonly message: string | null;
  readonly response: Body | null;
}
type Run = (connection: Connection, ...args: readonly unknown[]) => Promise<Envelope>;

const imp = createRequire(import.meta.url)("iamport-server-api") as Module;
let world: World;
let login: { imp_key: string; imp_secret: string };
let connection: Connection;
let impUid: string;
let transferUid: string;

beforeAll(async () => {
  world = await openWorld();
  login = { imp_key: world.impKey, imp_secret: world.impSecret };
  connection = await new imp.IamportConnector(world.url, login).get();
  impUid = await world.pay("ord-server-api");
  transferUid = await world.pay("ord-transfer", { pay_method: "trans" });
});
afterAll(() => world?.close());

async function call(path: string, ...args: readonly unknown[]): Promise<Envelope> {
  const run = path.split(".").reduce<unknown>((node, name) => (node as Body)[name], imp.functional) as Run;
  return run(connection, ...args);
}
const gives = async (expected: object, path: string, ...args: readonly unknown[]) =>
  expect(await call(path, ...args)).toMatchObject({ code: 0, message: null, response: expected });

/** Its functions are the leaves of a tree of modules. */
const functionsOf = (node: Body, prefix = ""): string[] =>
  Object.entries(node).flatMap(([name, value]) =>
    typeof value === "function" ? [prefix + name] : functionsOf(value as Body, `${prefix}${name}.`),
  );

describe("iamport-server-api 10.0.0", () => {
  testRows("iamport-server-api", {
    world: () => world,
    // `getToken` is declared private; `get` calls it.
    exported: [
      ...functionsOf(imp.functional),
      ...methodsOf(imp.IamportConnector.prototype as object)
        .filter((name) => name !== "getToken")
        .map((name) => `IamportConnector.${name}`),
    ],
    tests: {
      "IamportConnector.get": async () =>
        expect(await new imp.IamportConnector(world.url, login).get()).toEqual({
          host: world.url,
          headers: { Authorization: expect.stringMatching(/^[0-9a-f]{40}$/) },
        }),
      "users.getToken": () =>
        gives(
          { access_token: connection.headers.Authorization, expired_at: expect.any(Number) },
          "users.getToken",
          login,
        ),
      "payments.at": () =>
        gives(
          { imp_uid: impUid, status: "paid", amount: 109_000, buyer_name: "홍길동", card_name: "신한카드" },
          "payments.at",
          impUid,
          {},
        ),
      "payments.cancel": async () => {
        const part = { imp_uid: impUid, amount: 20_000, checksum: 109_000, reason: "단순 변심" };
        const history = [{ amount: 20_000, reason: "단순 변심" }];
        await gives({ cancel_amount: 20_000, cancel_history: history }, "payments.cancel", part);
      },
      "receipts.create": () =>
        gives({ imp_uid: transferUid, type: "person", amount: 109_000 }, "receipts.create", transferUid, {
          imp_uid: transferUid,
          ...receipt,
        }),
      "receipts.at": () =>
        gives(
          { imp_uid: transferUid, apply_num: expect.stringMatching(/^\d+$/), cancelled_at: 0 },
          "receipts.at",
          transferUid,
        ),
      "receipts.erase": async () => {
        const { response } = await call("receipts.erase", transferUid);
        expect(response).toMatchObject({ imp_uid: transferUid, amount: 109_000 });
        expect(response?.["cancelled_at"]).toBeGreaterThan(0);
      },
      "subscribe.customers.create": () =>
        gives(
          { customer_uid: "user42", card_number: "451842******0015" },
          "subscribe.customers.create",
          "user42",
          { customer_uid: "user42", ...keyBody },
        ),
      "subscribe.customers.at": () =>
        gives({ customer_uid: "user42", card_name: "신한카드" }, "subscribe.customers.at", "user42"),
      "subscribe.payments.onetime": () =>
        gives(
          { merchant_uid: "one", status: "paid", amount: 8_900, name: "정기구독 8월분" },
          "subscribe.payments.onetime",
          { ...charge("one"), ...card },
        ),
      "subscribe.payments.again": () =>
        gives({ merchant_uid: "again", status: "paid", customer_uid: "user42" }, "subscribe.payments.again", {
          ...charge("again"),
          customer_uid: "user42",
        }),
      "subscribe.customers.erase": async () => {
        await gives({ customer_uid: "user42" }, "subscribe.customers.erase", "user42");
        await expect(call("subscribe.customers.at", "user42")).rejects.toMatchObject({ status: 404 });
      },
      "vbanks.create": () =>
        gives(
          { merchant_uid: "vb", status: "ready", vbank_name: "신한은행", vbank_num: expect.any(String) },
          "vbanks.create",
          account("vb"),
        ),
    },
    failing: {
      "vbanks.update": () =>
        expect(call("vbanks.update", { imp_uid: impUid, amount: 1_000 })).rejects.toMatchObject({
          method: "PUT",
          path: "/vbanks",
          status: 404,
        }),
    },
  });

  it("gives PortOne's refusal as an answer, and a declined charge as a success that is failed", async () => {
    const stale = { imp_uid: impUid, amount: 1_000, checksum: 109_000, reason: "단순 변심" };
    expect(await call("payments.cancel", stale)).toMatchObject({
      code: 1,
      message: "취소 가능 잔액(checksum)이 일치하지 않습니다.",
      response: null,
    });
    await gives({ status: "failed", fail_reason: "한도초과" }, "subscribe.payments.onetime", {
      ...charge("broke"),
      ...brokeCard,
    });
  });

  it("throws an HttpError with the status and PortOne's words", async () => {
    const missing = call("payments.at", "imp_0", {});
    await expect(missing).rejects.toBeInstanceOf(imp.HttpError);
    await expect(missing).rejects.toMatchObject({
      method: "GET",
      path: "/payments/imp_0",
      status: 404,
      message: expect.stringContaining("존재하지 않는 결제정보입니다."),
    });
    const stranger = new imp.IamportConnector(world.url, { ...login, imp_secret: "wrong" });
    await expect(stranger.get()).rejects.toMatchObject({ status: 401 });
  });

  it("asks for one token as long as it holds, and is told when it ended", async () => {
    const connector = new imp.IamportConnector(world.url, login);
    const { counts } = await world.callsDuring(async () => {
      connection = await connector.get();
      expect(await connector.get()).toEqual(connection);
    });
    expect(counts).toEqual({ "POST /users/getToken": 1 });
    await world.endTokens();
    await expect(call("payments.at", impUid, {})).rejects.toMatchObject({ status: 401 });
  });
});
