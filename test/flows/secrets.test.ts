// Functions that read their secrets from the parameter store, as deployed ones do: what each asks for, what happens
// while the store is in trouble, and keys that are changed under running functions.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FunctionName, parametersOf, secretsOf } from "../../lib/secrets.ts";
import { named } from "../support/answers.ts";
import { Doors } from "../support/doors.ts";
import { eventsKey } from "../support/events-shop.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type ParameterStore, startParameterStore } from "../support/parameter-store.ts";
import { orderBody } from "../support/shop.ts";
import { secretsPath } from "../support/stack.ts";
import { minuteMs, notify } from "../support/steps.ts";

let store: ParameterStore;
let stack: LocalStack;
let doors: Doors;
const set = (name: string, text: string) => store.parameters.set(`${secretsPath}${name}`, text);
const get = (name: string): string => store.parameters.get(`${secretsPath}${name}`) ?? "";
const later = (ms: number) => doors.shop.local("POST", "/clock", { advance_ms: ms });

beforeEach(async () => {
  store = await startParameterStore();
  stack = await startStack({
    parameterStore: store,
    environment: { PAY_EVENTS_URL: "http://127.0.0.1:9/", PAY_EVENTS_KEY: eventsKey },
  });
  doors = new Doors(stack);
});
afterEach(async () => {
  await stack?.close();
  await store?.close();
});

it("each function asks once, and for exactly the parameters of its own", async () => {
  for (const name of Object.keys(secretsOf)) await doors.invoke(name, { source: "warm-up" });
  const asked = store.asked.map(({ by, names }) => [by.replace(/-\d+$/, ""), names]);
  const own = (name: FunctionName) =>
    secretsOf[name].flatMap(parametersOf).map((parameter) => `${secretsPath}${parameter}`);
  expect(asked).toEqual((Object.keys(secretsOf) as FunctionName[]).map((name) => [name, own(name)]));
});

it("a payment runs through, and none of them stands in a line of the log", async () => {
  await doors.shop.pay(await doors.shop.createOrder("ssm-1"));
  expect((await doors.shop.sync("ssm-1")).state).toBe("paid");
  const lines = stack.logLines().join("\n");
  for (const secret of store.parameters.values()) expect(lines).not.toContain(secret);
});

describe("a store in trouble", () => {
  const confirm = (token = "token") =>
    doors.knock("POST", `/portone/confirm/${token}`, {
      body: { imp_uid: "imp_1", merchant_uid: "ssm-2", amount: 109_000 },
    });

  it("leaves functions alive that know nothing: nothing is decided, and all is well a moment later", async () => {
    store.trouble = "denied";
    expect(await confirm()).toMatchObject({ status: 503, json: { reason: "잠시 후 다시 시도해 주세요" } });
    expect((await doors.merchant("POST", "/orders", { body: orderBody("ssm-2") })).status).toBe(500);
    const notice = { body: { imp_uid: "imp_1", merchant_uid: "ssm-2", status: "paid" } };
    expect(await doors.knock("POST", "/portone/notice", notice)).toMatchObject({ status: 500, text: "{}" });
    expect(stack.logLines().join("\n")).toContain('"event":"secrets_unread"');
    store.trouble = "none";
    await later(1_000);
    expect((await doors.merchant("POST", "/orders", { body: orderBody("ssm-2") })).status).toBe(201);
    expect((await confirm()).json).toEqual({ reason: "주문을 찾을 수 없습니다" });
  });

  it("fails no event that asks for nothing", async () => {
    store.trouble = "denied";
    for (const name of ["confirm", "orders", "reconcile"])
      expect(await doors.invoke(name, { source: "warm-up" })).toEqual({
        error: null,
        json: { ignored: true },
      });
  });

  it("that passes while a function starts is waited out", async () => {
    store.trouble = "throttled";
    const answer = doors.merchant("POST", "/orders", { body: orderBody("ssm-3") });
    while (store.asked.length < 2) await new Promise((resolve) => setImmediate(resolve));
    store.trouble = "none";
    expect((await answer).status).toBe(201);
  });

  it("is no trouble for functions that know them", async () => {
    await doors.shop.createOrder("ssm-4");
    store.trouble = "denied";
    await later(6 * minuteMs);
    expect((await doors.shop.order("ssm-4")).state).toBe("created");
  });
});

describe("a merchant's key", () => {
  it("that is taken away opens nothing after five minutes, and a new one does, without a deployment", async () => {
    const [entry] = JSON.parse(get("PAY_MERCHANT_KEYS")) as readonly object[];
    expect((await doors.merchant("POST", "/orders", { body: orderBody("ssm-5") })).status).toBe(201);
    set("PAY_MERCHANT_KEYS", JSON.stringify([{ ...entry, sha256: "0".repeat(64) }]));
    await later(5 * minuteMs);
    expect(named(await doors.merchant("GET", "/orders/ssm-5"))).toEqual([401, "unauthorized"]);
    set("PAY_MERCHANT_KEYS_2", JSON.stringify([{ ...entry, name: "새 열쇠" }]));
    await later(5 * minuteMs);
    expect((await doors.merchant("GET", "/orders/ssm-5")).status).toBe(200);
  });

  it("that cannot be read changes nothing, and is told by the parameter's name", async () => {
    await doors.merchant("POST", "/orders", { body: orderBody("ssm-6") });
    set("PAY_MERCHANT_KEYS", "[{]");
    await later(5 * minuteMs);
    expect((await doors.merchant("GET", "/orders/ssm-6")).status).toBe(200);
    expect(stack.logLines().join("\n")).toContain("PAY_MERCHANT_KEYS: must be a JSON list");
  });
});

describe("a login that PortOne refuses", () => {
  it("is tried again with what the store holds by now, asked once a minute whatever comes in", async () => {
    const secret = get("PAY_PORTONE_SECRET");
    set("PAY_PORTONE_SECRET", "비밀이 바뀌었다");
    const requestPay = await doors.shop.createOrder("ssm-7");
    const askedBefore = () => store.asked.filter(({ by }) => by.startsWith("notice-")).length;
    const notices = async () => {
      for (let count = 0; count < 4; count++) await notify(doors.shop, requestPay, "imp_1");
    };
    await notices();
    expect(askedBefore()).toBe(2);
    set("PAY_PORTONE_SECRET", secret);
    await later(minuteMs);
    await notices();
    expect(askedBefore()).toBe(3);
    const { portone } = (await doors.shop.local("GET", "/calls")) as {
      portone: { by_function: Record<string, Record<string, number>> };
    };
    expect(portone.by_function["notice"]?.["POST /users/getToken"]).toBeGreaterThan(1);
  });
});
