// Wrong requests that a newcomer makes, his first order above all: each answer says, in Korean and literally here, what to do.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Doors } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, orderBody } from "../support/shop.ts";
import {
  badAmount,
  badJson,
  badNumber,
  badTime,
  badType,
  check,
  field,
  missing,
  noOrder,
  type Row,
  type Told,
  unknown,
} from "../support/wrong-requests.ts";

let stack: LocalStack;
let doors: Doors;
beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  doors = new Doors(stack);
  await doors.shop.local("POST", "/clock", { set: "2026-08-05T03:00:00.000Z" });
  await doors.shop.createOrder("ord-new");
});
afterAll(() => stack?.close());

describe("who asks", () => {
  const told =
    "인증 키가 없거나 올바르지 않습니다. PAY_MERCHANT_KEYS에 등록한 키를 Authorization: Bearer 헤더로 보내 주세요.";
  it.each<[string, (key: string) => Record<string, string>]>([
    ["in another header", (key) => ({ "x-api-key": key })],
    ["without Bearer", (key) => ({ authorization: key })],
    ["in PortOne V2's way", (key) => ({ authorization: `PortOne ${key}` })],
    ["in quotation marks", (key) => ({ authorization: `Bearer "${key}"` })],
  ])("the key %s", async (title, headersOf) => {
    const headers = headersOf(doors.merchantKey);
    const reply = await doors.knock("GET", "/orders/ord-new", { headers });
    check(reply, [title, {}, 401, "unauthorized", told]);
  });
  it("may write bearer as it likes", async () => {
    const headers = { authorization: `bearer ${doors.merchantKey}` };
    expect((await doors.knock("GET", "/orders/ord-new", { headers })).status).toBe(200);
  });
});

const order = (more: Json) => ({ body: orderBody("ord-wrong", more) });
const { merchant_uid: _, ...unnumbered } = orderBody("ord-wrong");
const window = (title: string, more: Json, told: Told): Row => [
  title,
  order(more),
  422,
  "request_pay_refused",
  told,
];

describe("POST /orders", () => {
  const rows: readonly Row[] = [
    field(
      "nothing",
      {},
      {
        "/merchant_uid": missing,
        "/name": missing,
        "/amount": missing,
        "/pay_method": missing,
        "/buyer_name": missing,
      },
    ),
    [
      "a form",
      { type: "application/x-www-form-urlencoded", body: "amount=109000" },
      415,
      "unsupported_media_type",
      badType,
    ],
    ["no content type", { ...order({}), type: null }, 415, "unsupported_media_type", badType],
    ["a list", { body: [orderBody("ord-wrong")] }, 400, "malformed_json", badJson],
    ["a comma at the end", { body: '{"merchant_uid":"ord-wrong",}' }, 400, "malformed_json", badJson],
    ["single quotes", { body: "{'merchant_uid':'ord-wrong'}" }, 400, "malformed_json", badJson],
    [
      "JSON inside JSON",
      { body: JSON.stringify(JSON.stringify(orderBody("ord-wrong"))) },
      400,
      "malformed_json",
      badJson,
    ],
    [
      "EUC-KR",
      { body: Uint8Array.from([0x7b, 0x22, 0xb0, 0xa1, 0x22, 0x3a, 0x31, 0x7d]) },
      400,
      "malformed_json",
      badJson,
    ],
    field("a comma in the amount", order({ amount: "109,000" }), { "/amount": badAmount }),
    field("a unit in the amount", order({ amount: "109000원" }), { "/amount": badAmount }),
    field("an amount of 0", order({ amount: 0, tax_free: 0 }), { "/amount": badAmount }),
    field("half a won", order({ amount: 109_000.5 }), {
      "/amount": "원화 금액은 소수점 없이 정수로 보내 주세요.",
    }),
    field("a field nobody knows", order({ coupon: "WELCOME" }), { "/coupon": unknown }),
    field(
      "names in camel case",
      { body: { ...unnumbered, merchantUid: "ord-wrong" } },
      {
        "/merchant_uid": missing,
        "/merchantUid": "알 수 없는 항목입니다. 이름을 merchant_uid(으)로 바꿔 주세요.",
      },
    ),
    field("a field of another place", order({ storeDetails: { buyerName: "홍길동" } }), {
      "/storeDetails/buyerName": unknown,
    }),
    field("the channel", order({ channelKey: "channel-key-1" }), {
      "/channelKey": "서버가 정합니다. 빼고 보내 주세요.",
    }),
    field("the channel by its other name", order({ channel_key: "channel-key-1" }), {
      "/channel_key": "서버가 정합니다. 빼고 보내 주세요.",
    }),
    field("a time without a zone", order({ expires_at: "2026-08-05T13:00:00" }), { "/expires_at": badTime }),
    field("a time without seconds", order({ expires_at: "2026-08-05T13:00+09:00" }), {
      "/expires_at": badTime,
    }),
    field("a time in seconds", order({ expires_at: 1_785_898_800 }), { "/expires_at": badTime }),
    field("a time next month", order({ expires_at: "2026-09-05T13:00:00+09:00" }), {
      "/expires_at": "지금 이후 7일 이내의 시각이어야 합니다.",
    }),
    field("a number of 41 characters", order({ merchant_uid: "o".repeat(41) }), {
      "/merchant_uid": badNumber,
    }),
    field("a number in Hangul", order({ merchant_uid: "주문-1" }), { "/merchant_uid": badNumber }),
    field("a long name", order({ name: "가".repeat(41) }), { "/name": "40자 이하여야 합니다." }),
    field("a text for a flag", order({ escrow: "true" }), { "/escrow": "true 또는 false여야 합니다." }),
    field("a number for a text", order({ name: 7 }), { "/name": "큰따옴표로 감싼 문자열이어야 합니다." }),
    field("a way back by http", order({ m_redirect_url: "http://shop.example/done" }), {
      "/m_redirect_url": "http가 아니라 https 주소여야 합니다.",
    }),
    window(
      "an unknown pay_method",
      { pay_method: "CARD" },
      {
        "/pay_method":
          "KSNET 결제창이 지원하지 않는 결제수단입니다. card, vbank, trans, phone, lpay, ssgpay, kakaopay, naverpay, payco 중에서 골라 주세요.",
      },
    ),
    window(
      "an account without a due day",
      { pay_method: "vbank" },
      { "/vbank_due": "가상계좌 결제에는 입금 기한(vbank_due, 예: 2026-08-07)이 필요합니다." },
    ),
    window(
      "instalments of a small amount",
      { amount: 49_999, display: { card_quota: [3] } },
      {
        "/display/card_quota":
          "할부는 50,000원(현대카드는 10,000원) 이상부터 가능합니다. 할부 개월을 빼고 요청해 주세요.",
      },
    ),
    window(
      "the tax-free part on top of the amount",
      { tax_free: 110_000 },
      {
        "/tax_free": "면세 금액은 결제 금액보다 클 수 없습니다. amount는 면세 금액을 포함한 전체 금액입니다.",
      },
    ),
    window(
      "a billing key",
      { customer_uid: "hong" },
      {
        "/customer_uid":
          "KSNET은 결제창을 통한 빌링키 발급을 지원하지 않습니다. customer_uid를 빼고 요청해 주세요.",
      },
    ),
  ];
  it.each(rows)("%s", async (...row) => {
    check(await doors.merchant("POST", "/orders", row[1]), row);
    expect((await doors.merchant("GET", "/orders/ord-wrong")).status).toBe(404);
  });
});

/** API Gateway answers by itself what has no route; docs/problems.md says what it means. */
describe("an address that is none", () => {
  it.each([
    ["PUT", "/orders/ord-new"],
    ["POST", "/orders/"],
    ["GET", "/orders/ord-new/"],
    ["POST", "//orders"],
    ["GET", "/api/orders/ord-new"],
    ["GET", "/payments/complete?imp_uid=imp_1&merchant_uid=ord-new"],
    ["GET", "/portone/notice"],
  ])("%s %s", async (method, path) => {
    const body = method === "GET" ? undefined : orderBody("ord-wrong");
    const { status, text } = await doors.shop.merchant(method, path, body);
    expect([status, text]).toEqual([404, '{"message":"Not Found"}']);
  });
  it("or names no order", async () => {
    const get = (path: string) => doors.merchant("GET", path);
    check(await get("/orders/주문-1"), field("", {}, { "/merchant_uid": badNumber }));
    check(await get("/orders/ord-none"), ["", {}, 404, "order_not_found", noOrder]);
    check(await get("/orders?day=20260805"), field("", {}, { "/day": "YYYY-MM-DD 형식의 날짜여야 합니다." }));
  });
});
