// What PortOne's question must look like to be one. Anything else is refused before an order is looked for.
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { asForm, Doors } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import type { Json, Reply } from "../support/shop.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  doors = new Doors(stack);
});
afterEach(() => doors.mend());
afterAll(() => stack?.close());

const form = "application/x-www-form-urlencoded";
const anyPath = "/portone/confirm/AAAAAAAAAAAAAAAAAAAAAA";
const malformed = "요청 형식이 올바르지 않습니다";

const question = (merchantUid: string, more: Json = {}): Json => ({
  imp_uid: "imp_730112845061",
  merchant_uid: merchantUid,
  amount: 109_000,
  ...more,
});
const answerOf = ({ status, json }: Reply) => [status, json["reason"] ?? null];
/** A fresh order's confirm_url. */
const pathOf = async (merchantUid: string) =>
  new URL(String((await doors.shop.createOrder(merchantUid))["confirm_url"])).pathname;

it.each<[string, Json]>([
  ["a negative amount", { amount: -109_000 }],
  ["a fraction of a won", { amount: 109_000.5 }],
  ["an amount with a comma", { amount: "109,000" }],
  ["an amount of 1e5", { amount: "1e5" }],
  ["an amount with a sign", { amount: "+109000" }],
  ["an empty amount", { amount: "" }],
  ["an imp_uid of 33", { imp_uid: "i".repeat(33) }],
  ["an imp_uid of another alphabet", { imp_uid: "imp/1" }],
  ["an empty imp_uid", { imp_uid: "" }],
  ["a merchant_uid of 41", { merchant_uid: "o".repeat(41) }],
  ["a merchant_uid in Korean", { merchant_uid: "주문-1" }],
])("with %s is malformed as JSON and as form, and holds nothing", async (title, more) => {
  const uid = `ord-${title.replaceAll(/[^a-z0-9]/gi, "-")}`;
  const path = await pathOf(uid);
  const asked = question(uid, more);
  const replies = [
    await doors.knock("POST", path, { body: asked }),
    await doors.knock("POST", path, { type: form, body: asForm(asked) }),
  ];
  expect(replies.map(answerOf)).toEqual([
    [400, malformed],
    [400, malformed],
  ]);
  expect(await doors.shop.order(uid)).toMatchObject({ state: "created", version: 1 });
});

it.each(["imp_uid", "merchant_uid", "amount"])("without %s, or with null, is malformed", async (field) => {
  const path = await pathOf(`ord-without-${field.replace("_", "-")}`);
  for (const missing of [undefined, null]) {
    const body = question(`ord-without-${field.replace("_", "-")}`, { [field]: missing });
    expect(answerOf(await doors.knock("POST", path, { body }))).toEqual([400, malformed]);
  }
});

it("with an amount of 1e5, although JSON has such numbers, is malformed", async () => {
  const path = await pathOf("ord-exponent");
  const body = JSON.stringify(question("ord-exponent")).replace("109000", "1.09e5");
  expect(answerOf(await doors.knock("POST", path, { body }))).toEqual([400, malformed]);
});

it.each([
  ["nothing", ""],
  ["half an object", '{"imp_uid":"imp_1"'],
  ["a list", "[]"],
  ["null", "null"],
  ["a form called JSON", asForm(question("ord-1"))],
])("with %s for a body is malformed", async (_, body) => {
  expect(answerOf(await doors.knock("POST", anyPath, { body }))).toEqual([400, malformed]);
});

it("without body and type is malformed", async () => {
  expect(answerOf(await doors.knock("POST", anyPath))).toEqual([400, malformed]);
});

it.each(["text/plain", "application/xml", "multipart/form-data; boundary=x", null])(
  "of type %s is not read",
  async (type) => {
    const reply = await doors.knock("POST", anyPath, { type, body: question("ord-1") });
    expect(answerOf(reply)).toEqual([415, malformed]);
  },
);

it("of 65,537 bytes is too large, one byte less is asked", async () => {
  const path = await pathOf("ord-large");
  const short = JSON.stringify(question("ord-large", { memo: "" }));
  const body = short.replace('"memo":""', `"memo":"${"x".repeat(65_536 - short.length)}"`);
  expect(answerOf(await doors.knock("POST", path, { body: `${body} ` }))).toEqual([413, malformed]);
  expect(answerOf(await doors.knock("POST", path, { body }))).toEqual([200, null]);
});

it("is logged as malformed, with nothing of what it said", async () => {
  await doors.knock("POST", anyPath, { body: { imp_uid: "imp/홍길동", amount: "010-1234-5678" } });
  const line = doors.logLines().at(-1) ?? "";
  expect(JSON.parse(line)).toMatchObject({ function: "confirm", status: 400, code: "malformed" });
  expect(line).not.toMatch(/홍길동|1234/);
});
