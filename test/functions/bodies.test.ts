// Bodies as programs send them: with a byte order mark, with a type and nothing in them, packed, in another encoding, with
// a name given twice.
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { named, pointers } from "../support/answers.ts";
import { asForm, Doors, gatewayEvent } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, orderBody } from "../support/shop.ts";
import { card } from "../support/steps.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  doors = new Doors(stack);
});
afterAll(() => stack?.close());

const form = "application/x-www-form-urlencoded";
const mark = "\ufeff";
const create = (
  body: unknown,
  type: string | null = "application/json",
  headers: Record<string, string> = {},
) => doors.merchant("POST", "/orders", { body, type, headers });
const order = (uid: string, more: Json = {}) => JSON.stringify(orderBody(uid, more));
/** A fresh order's doors for PortOne, and what PortOne says there. */
async function fresh(merchantUid: string) {
  const requestPay = await doors.shop.createOrder(merchantUid);
  return {
    confirm: new URL(String(requestPay["confirm_url"])).pathname,
    notice: new URL(String(requestPay["notice_url"])).pathname,
    question: { imp_uid: "imp_730112845061", merchant_uid: merchantUid, amount: 109_000 },
  };
}
const knock = (path: string, body: unknown, type: string, headers: Record<string, string> = {}) =>
  doors.knock("POST", path, { body, type, headers });

describe("a byte order mark is skipped", () => {
  it.each<[string, string | Uint8Array]>([
    ["as text", mark + order("ord-mark-1")],
    ["as bytes", Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(order("ord-mark-2"))])],
  ])("by merchants' doors, %s", async (_, body) => {
    expect((await create(body)).status).toBe(201);
  });

  it("and nothing but it is nothing", async () => {
    expect(named(await create(mark))).toEqual([400, "invalid_field"]);
    const path = "/orders/ord-mark-1/void";
    expect((await doors.merchant("POST", path, { body: mark })).status).toBe(200);
  });

  it.each([
    ["application/json", (fields: Json) => mark + JSON.stringify(fields)],
    [form, (fields: Json) => mark + asForm(fields)],
  ])("where PortOne knocks: %s", async (type, write) => {
    const uid = `ord-mark-${type.includes("json") ? "json" : "form"}`;
    const { confirm, notice, question } = await fresh(uid);
    expect((await knock(confirm, write(question), type)).status).toBe(200);
    expect((await knock(notice, write({ ...question, status: "paid" }), type)).status).toBe(200);
    expect((await doors.shop.order(uid)).state).toBe("approved");
  });

  it("by the page's door, and when it was packed in base64", async () => {
    const body = mark + JSON.stringify({ imp_uid: null, merchant_uid: "ord-none" });
    expect(named(await doors.knock("POST", "/payments/complete", { body }))).toEqual([
      404,
      "order_not_found",
    ]);
    const event = gatewayEvent({
      routeKey: "POST /payments/complete",
      rawPath: "/payments/complete",
      headers: { "content-type": "application/json" },
      body: Buffer.from(body).toString("base64"),
      isBase64Encoded: true,
    });
    expect(named(await doors.invokeWithEvent("complete", event))).toEqual([404, "order_not_found"]);
  });
});

describe("nothing in a body is no fault of its type", () => {
  it.each<[string, string, number, string | undefined]>([
    ["POST", "/orders/ord-empty/sync", 200, undefined],
    ["POST", "/orders/ord-empty/void", 200, undefined],
    ["DELETE", "/orders/ord-empty/receipt", 404, "receipt_not_found"],
    ["DELETE", "/receipts/external/sale-1", 404, "receipt_not_found"],
    ["DELETE", "/customers/nobody/billing-key", 404, "billing_key_not_found"],
    ["DELETE", "/customers/nobody/schedules", 200, undefined],
    ["POST", "/customers/nobody/schedules/none/retry", 404, "order_not_found"],
  ])("%s %s", async (method, path, status, code) => {
    if (path.includes("ord-empty")) await create(order("ord-empty"));
    for (const type of ["application/json", "application/json; charset=utf-8", form, "text/plain", null])
      for (const body of ["", undefined]) {
        const headers = type === null ? {} : { "content-type": type };
        const reply = await doors.merchant(method, path, { body, type: null, headers });
        expect(named(reply), `${type}`).toEqual([status, code]);
      }
  });

  it.each(["/portone/confirm/AAAAAAAAAAAAAAAAAAAAAA", "/portone/notice"])(
    "at %s it is malformed, as before",
    async (path) => {
      for (const type of ["application/json", form, "text/plain"])
        expect((await knock(path, "", type)).status).toBe(400);
    },
  );
});

describe("what is packed or in a wide encoding is not read", () => {
  const packed: readonly [string, Record<string, string>][] = [
    ["gzip", { "content-encoding": "gzip" }],
    ["GZIP", { "content-encoding": "GZIP" }],
    ["br", { "content-encoding": "br" }],
    ["deflate after identity", { "content-encoding": "identity, deflate" }],
  ];
  it.each(packed)("%s", async (_, headers) => {
    const body = gzipSync(order("ord-packed"));
    expect(named(await create(body, "application/json", headers))).toEqual([415, "unsupported_media_type"]);
    const { confirm, notice, question } = await fresh(
      `ord-packed-${packed.findIndex(([, one]) => one === headers)}`,
    );
    for (const type of ["application/json", form]) {
      const refused = await knock(confirm, gzipSync(JSON.stringify(question)), type, headers);
      expect([refused.status, refused.json["reason"]]).toEqual([415, "요청 형식이 올바르지 않습니다"]);
      const unread = await knock(notice, gzipSync(JSON.stringify(question)), type, headers);
      expect([unread.status, unread.text]).toEqual([415, "{}"]);
    }
    expect((await doors.shop.order(question.merchant_uid)).version).toBe(1);
  });

  it.each(["utf-16", "UTF-16LE", '"utf-16be"', "utf-32", "ucs-2", "utf-7"])("charset=%s", async (charset) => {
    const bytes = Buffer.from(order("ord-wide"), "utf16le");
    expect(named(await create(bytes, `application/json; charset=${charset}`))).toEqual([
      415,
      "unsupported_media_type",
    ]);
    const path = "/portone/confirm/AAAAAAAAAAAAAAAAAAAAAA";
    expect((await knock(path, bytes, `application/json;charset=${charset}`)).status).toBe(415);
    expect((await knock("/portone/notice", bytes, `${form}; charset=${charset}`)).status).toBe(415);
  });

  it.each<[string, Record<string, string>]>([
    ["application/json", { "content-encoding": "identity" }],
    ["application/json", { "content-encoding": "" }],
    ["APPLICATION/JSON", {}],
    ["application/json ; Charset=UTF-8", {}],
    ['application/json; charset="utf-8"', {}],
    ["application/json; odata=verbose; charset=utf-8", {}],
    ["application/json;charset=US-ASCII", {}],
    ["application/json; charset=ISO-8859-1", {}],
    ["application/json;", {}],
  ])("but %s %o is", async (type, headers) => {
    const uid = `ord-type-${type.length}-${Object.values(headers).join("")}-${type.slice(-4).replaceAll(/\W/g, "")}`;
    expect((await create(order(uid), type, headers)).status).toBe(201);
  });
});

describe("bytes that are no UTF-8", () => {
  /** 홍길동 as old Korean systems write it. */
  const eucKr = Buffer.from([0xc8, 0xab, 0xb1, 0xe6, 0xb5, 0xbf]);
  const [before = "", after = ""] = JSON.stringify(orderBody("ord-euc")).split("홍길동");
  const body = Buffer.concat([Buffer.from(before), eucKr, Buffer.from(after)]);

  it.each(["application/json", "application/json; charset=utf-8", "application/json; charset=euc-kr"])(
    "called %s are malformed",
    async (type) => {
      expect(named(await doors.merchant("POST", "/orders", { type, body }))).toEqual([400, "malformed_json"]);
    },
  );

  it.each<[string, string, boolean]>([
    ["handed over as base64", body.toString("base64"), true],
    ["decoded by somebody before us", body.toString("utf8"), false],
    [
      "cut within a character",
      Buffer.from(JSON.stringify(orderBody("ord-euc")))
        .subarray(0, -3)
        .toString(),
      false,
    ],
    ["UTF-16", Buffer.from(JSON.stringify(orderBody("ord-euc")), "utf16le").toString("base64"), true],
  ])("%s are malformed", async (_, given, isBase64Encoded) => {
    const event = gatewayEvent({
      routeKey: "POST /orders",
      rawPath: "/orders",
      headers: { authorization: `Bearer ${doors.merchantKey}`, "content-type": "application/json" },
      body: given,
      isBase64Encoded,
    });
    expect(named(await doors.invokeWithEvent("orders", event))).toEqual([400, "malformed_json"]);
  });

  it("are malformed where PortOne knocks", async () => {
    const notice = Buffer.concat([
      Buffer.from('{"imp_uid":"imp_1","merchant_uid":"ord-1","name":"'),
      eucKr,
      Buffer.from('"}'),
    ]);
    expect((await doors.knock("POST", "/portone/notice", { body: notice })).status).toBe(400);
    const path = "/portone/confirm/AAAAAAAAAAAAAAAAAAAAAA";
    expect((await doors.knock("POST", path, { body: notice })).status).toBe(400);
  });
});

describe("a name given twice is refused, and named", () => {
  const twice = (text: string) => create(text);
  it.each<[string, string, readonly string[]]>([
    ["an amount", order("ord-twice").replace("{", '{"amount":1,'), ["/amount"]],
    ["the same amount", order("ord-twice").replace("{", '{"amount":109000,'), ["/amount"]],
    ["the number", order("ord-twice").replace("{", '{"merchant_uid":"ord-other",'), ["/merchant_uid"]],
    ["written in two ways", order("ord-twice").replace("{", '{"\\u0061mount":1,'), ["/amount"]],
    [
      "deeper",
      order("ord-twice", { card: { detail: [{ a: 1 }] } }).replace('"a":1', '"a":1,"a":2'),
      ["/card/detail/0/a"],
    ],
    [
      "in the shop's data",
      order("ord-twice", { custom_data: { memo: "," } }).replace(
        '"memo":","',
        '"me~mo":"{","x":[1,{}],"me~mo":2',
      ),
      ["/custom_data/me~0mo"],
    ],
    ["two of them", order("ord-twice").replace("{", '{"amount":1,"name":"책",'), ["/name", "/amount"]],
    [
      "of a field nobody knows",
      order("ord-twice").replace("{", '{"__proto__":1,"__proto__":2,'),
      ["/__proto__"],
    ],
  ])("%s", async (_, text, places) => {
    const reply = await twice(text);
    expect([...named(reply), [...pointers(reply)].sort()]).toEqual([
      400,
      "malformed_json",
      [...places].sort(),
    ]);
    expect(named(await doors.merchant("GET", "/orders/ord-twice"))).toEqual([404, "order_not_found"]);
  });

  it("but the same name in two objects, in a text, or as a value is not", async () => {
    const more = {
      custom_data: {
        a: { a: "a" },
        list: [{ a: 1 }, { a: 2 }],
        text: '{"a":1,"a":2}',
        'q"': "\\",
        "": "",
        " ": "",
      },
    };
    expect((await create(order("ord-once", more))).status).toBe(201);
  });

  it("where PortOne asks and tells, as JSON and as form", async () => {
    const { confirm, notice, question } = await fresh("ord-two-uids");
    const json = JSON.stringify(question).replace("{", '{"amount":1,');
    expect((await knock(confirm, json, "application/json")).status).toBe(400);
    expect((await knock(confirm, `${asForm(question)}&amount=1`, form)).status).toBe(400);
    const told = { ...question, status: "paid" };
    const twoUids = JSON.stringify(told).replace("{", '{"imp_uid":"imp_1",');
    expect((await knock(notice, twoUids, "application/json")).status).toBe(400);
    expect((await knock(notice, `${asForm(told)}&imp_uid=imp_1`, form)).status).toBe(400);
    expect((await doors.shop.order("ord-two-uids")).version).toBe(1);
    // One value said twice is one value, and fields nobody reads may repeat.
    expect((await knock(confirm, `${asForm(question)}&amount=109000&a[]=1&a[]=2`, form)).status).toBe(200);
  });

  it("at the page's door", async () => {
    const body = '{"imp_uid":"imp_1","merchant_uid":"ord-1","merchant_uid":"ord-2"}';
    const reply = await doors.knock("POST", "/payments/complete", { body });
    expect([...named(reply), pointers(reply)]).toEqual([400, "malformed_json", ["/merchant_uid"]]);
  });

  it("and a body full of them is refused as fast as any", async () => {
    const body = `{${Array.from({ length: 5_000 }, (_, index) => `"k${index % 2_500}":1`).join(",")}}`;
    expect(named(await create(body))).toEqual([400, "malformed_json"]);
  });
});

it("card data given twice is not told back", async () => {
  const body = JSON.stringify({ merchant_uid: "sub-1", ...card() }).replace(
    "{",
    '{"card_number":"4518420000000015",',
  );
  const reply = await doors.merchant("POST", "/payments/onetime", { body });
  expect([...named(reply), pointers(reply)]).toEqual([400, "malformed_json", ["/card_number"]]);
  expect(reply.text).not.toContain("4518");
});
