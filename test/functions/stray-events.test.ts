// What was meant for somebody else: notices of other shops at the one address an account has, and events that are no
// request. On the built functions.
import { readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { checkProblemBody } from "../support/answers.ts";
import { asForm, Doors } from "../support/doors.ts";
import { type LocalStack, startStack, templatePath } from "../support/local-stack.ts";
import type { Json } from "../support/shop.ts";
import { type Calls, countCalls } from "../support/steps.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  doors = new Doors(stack);
});
afterEach(() => doors.mend());
afterAll(() => stack?.close());

const called = ({ dynamodb, portone }: Calls) => [dynamodb.calls, portone.by_function];
const lastLine = (): Json => JSON.parse(doors.logLines().at(-1) ?? "{}") as Json;

describe("another shop's notice is answered 200 and asks nobody", () => {
  it.each([
    "order#2026/1",
    "주문_1",
    "ORD 2026 1",
    " ",
    "ord-1\n",
    "a".repeat(41),
    "../subscribe/payments",
    "ord%2F1",
    "注文🎁",
    "null,null",
  ])("%j", async (merchant_uid) => {
    const notice = { imp_uid: "imp_448280090638", merchant_uid, status: "paid" };
    const type = "application/x-www-form-urlencoded";
    const calls = await countCalls(doors.shop, async () => {
      const sent = [
        { body: notice },
        { body: asForm(notice), type },
        { body: { ...notice, status: undefined } },
      ];
      for (const one of sent)
        expect((await doors.knock("POST", "/portone/notice", one)).status, JSON.stringify(one)).toBe(200);
    });
    expect(called(calls)).toEqual([0, {}]);
    expect(lastLine()).toMatchObject({ event: "answered", outcome: "not_ours", imp_uid: "imp_448280090638" });
    expect(lastLine()["merchant_uid"]).toBeUndefined();
  });

  it.each([
    {},
    { merchant_uid: "" },
    { merchant_uid: null },
    { merchant_uid: ["주문_1"] },
    { imp_uid: "한글" },
  ])("%j is no notice", async (more) => {
    const body = { imp_uid: "imp_448280090638", ...more };
    expect((await doors.knock("POST", "/portone/notice", { body })).status).toBe(400);
  });

  it("one of ours needs no status", async () => {
    await doors.shop.fault("notice_never", "notice", { merchant_uid: "ord-no-status", count: 9 });
    const { imp_uid } = await doors.shop.pay(await doors.shop.createOrder("ord-no-status"));
    const body = { imp_uid, merchant_uid: "ord-no-status", status: null };
    expect((await doors.knock("POST", "/portone/notice", { body })).status).toBe(200);
    expect((await doors.shop.order("ord-no-status")).state).toBe("paid");
  });
});

const scheduled = {
  version: "0",
  id: "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa",
  "detail-type": "Scheduled Event",
  source: "aws.events",
  account: "123456789012",
  time: "2026-08-05T03:00:00Z",
  region: "ap-northeast-2",
  resources: ["arn:aws:events:ap-northeast-2:123456789012:rule/warm"],
  detail: {},
};
const asking = [
  { source: "aws.events" },
  { source: "serverless-plugin-warmup" },
  { source: null },
  scheduled,
];
const strange = [
  { warmup: true },
  {},
  "ping",
  "",
  null,
  7,
  true,
  [],
  [scheduled],
  { Records: [{ body: "{}" }] },
];
const browsers = ["confirm", "notice", "complete"];
const merchants = ["orders", "refund", "receipt", "billing", "delivery"];
const clocked = ["reconcile", "audit"];

describe.each([...browsers, ...merchants, ...clocked])("%s", (functionName) => {
  it.each(asking)("ignores %j, and says so", async (event) => {
    const before = doors.logLines().length;
    expect(await doors.invoke(functionName, event)).toEqual({ error: null, json: { ignored: true } });
    expect(doors.logLines()).toHaveLength(before + 1);
    expect(lastLine()).toMatchObject({
      level: "info",
      function: functionName,
      request_id: expect.any(String),
    });
  });

  it.each(strange.map((event) => [event]))("answers %j", async (event) => {
    const { error, json } = await doors.invoke(functionName, event);
    expect(error).toBeNull();
    if (browsers.includes(functionName)) expect(json).toEqual({ ignored: true });
    else if ("status" in json) checkProblemBody(Number(json["status"]), json["body"] as Json);
    else expect(clocked).toContain(functionName);
    expect(lastLine()).toMatchObject({ function: functionName, request_id: expect.any(String) });
  });
});

describe.each(browsers)("%s, misrouted", (functionName) => {
  it("fails: an answer of 200 could be taken for a yes", async () => {
    const { error } = await doors.invoke(functionName, { version: "2.0", routeKey: "$default", headers: {} });
    expect(error).toMatchObject({ errorMessage: expect.stringContaining("no door") });
  });
});

describe("a clocked function is told what is wrong with its event", () => {
  it.each<[string, Json, string]>([
    ["audit", { from: "어제" }, "/from"],
    ["audit", { from: "2026-08-05" }, "/from"],
    ["audit", { from: 1_785_898_800 }, "/from"],
    ["audit", { from: "2026-02-31T00:00:00.000Z" }, "/from"],
    ["audit", { from: null }, "/from"],
    ["audit", { from: "2026-08-04T00:00:00.000Z", to: "" }, "/to"],
    ["audit", { from: "2026-08-05T00:00:00.000Z", to: "2026-08-04T00:00:00.000Z" }, "/from"],
    ["audit", { from: "2999-01-01T00:00:00.000Z" }, "/from"],
    ["audit", { to: "2020-01-01T00:00:00.000Z" }, "/to"],
    ["reconcile", { sweep: "0" }, "/sweep"],
    ["reconcile", { sweep: -1 }, "/sweep"],
    ["reconcile", { sweep: 0.5 }, "/sweep"],
    ["reconcile", { sweep: null }, "/sweep"],
    ["reconcile", { sweep: 1e300 }, "/sweep"],
    ["reconcile", { sweep: { number: 0 } }, "/sweep"],
  ])("%s %j", async (functionName, event, pointer) => {
    const calls = await countCalls(doors.shop, async () => {
      const { error, json } = await doors.invoke(functionName, event);
      expect(error).toBeNull();
      expect(json).toMatchObject({ status: 400, body: { code: "invalid_field", errors: [{ pointer }] } });
      checkProblemBody(400, json["body"] as Json);
    });
    expect(called(calls)).toEqual([0, {}]);
    expect(lastLine()).toMatchObject({ level: "error", event: "event_refused", code: "invalid_field" });
  });

  it("and does its work for a good one", async () => {
    const from = new Date(Date.now() - 3_600_000).toISOString();
    expect((await doors.invoke("audit", { from })).json).toMatchObject({ complete: true });
    expect((await doors.invoke("reconcile", { sweep: 0 })).json).toHaveProperty("taken");
  });
});

it("no schedule sends an event that its function would ignore", () => {
  const template = JSON.parse(readFileSync(templatePath, "utf8")) as {
    readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties: Json }>>;
  };
  const rules = Object.values(template.Resources).filter(({ Type }) => Type === "AWS::Events::Rule");
  const targets = rules.flatMap(({ Properties }) => Properties["Targets"] as readonly Json[]);
  expect(targets).toHaveLength(2);
  // Without an input of its own, EventBridge sends the event that says where it comes from.
  for (const { Input } of targets) expect(JSON.parse(String(Input))).not.toHaveProperty("source");
});
