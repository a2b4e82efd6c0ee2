// Wrong requests that a newcomer makes once an order is paid, and at the doors that are not the merchant's own server's.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Doors, gatewayEvent, type Sent } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import type { Json } from "../support/shop.ts";
import { card, debt } from "../support/steps.ts";
import {
  badAmount,
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
let before: Json;
beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  doors = new Doors(stack);
  await doors.shop.local("POST", "/clock", { set: "2026-08-05T03:00:00.000Z" });
  await doors.shop.pay(await doors.shop.createOrder("ord-paid"));
  await doors.shop.notices("ord-paid", 1);
  await doors.shop.createOrder("ord-new");
  await doors.shop.refund("ord-paid", "return-1", { amount: 20_000 });
  before = await doors.shop.order("ord-paid");
});
afterAll(() => stack?.close());

describe("POST /orders/{merchant_uid}/refunds", () => {
  const asked = (body: Json, key: string | null = "return-77"): Sent => ({
    body,
    ...(key !== null && { headers: { "idempotency-key": key } }),
  });
  const noKey =
    "Idempotency-Key 헤더(직접 호출은 idempotency_key)가 필요합니다. 환불마다 새 값(공백 없는 영문·숫자·기호 64자 이하)을 저장한 뒤 보내고, 다시 보낼 때는 같은 값을 써 주세요.";
  const notPositive = "환불 금액은 1 이상이어야 합니다. 전액 환불은 amount를 빼고 요청해 주세요.";
  const rows: readonly Row[] = [
    ["no key", asked({ amount: 1_000 }, null), 400, "idempotency_key_required", noKey],
    ["a key with blanks", asked({ amount: 1_000 }, "return 77"), 400, "idempotency_key_required", noKey],
    field("the key in the body", asked({ idempotency_key: "return-77" }, null), {
      "/idempotency_key": "본문이 아니라 idempotency-key 헤더로 보내야 합니다.",
    }),
    ["a negative amount", asked({ amount: -20_000 }), 400, "refund_amount_not_positive", notPositive],
    ["an amount of 0", asked({ amount: 0 }), 400, "refund_amount_not_positive", notPositive],
    field("a comma in the amount", asked({ amount: "20,000" }), { "/amount": badAmount }),
    field("PortOne's checksum", asked({ amount: 1_000, checksum: 89_000 }), { "/checksum": unknown }),
    field("another order in the body", asked({ merchant_uid: "ord-new" }), {
      "/merchant_uid": "주소에 있는 값과 다릅니다. 본문에서 빼거나 같은 값을 보내 주세요.",
    }),
    [
      "a key used before for another body",
      asked({ amount: 30_000 }, "return-1"),
      422,
      "idempotency_key_reused",
      "같은 Idempotency-Key로 다른 내용의 요청이 있었습니다. 다시 보내는 것이면 처음 본문 그대로, 새 환불이면 새 키로 요청해 주세요.",
    ],
    [
      "more than is left",
      asked({ amount: 89_001 }),
      409,
      "refund_exceeds_remaining",
      { "/amount": "환불 가능한 금액은 89,000원입니다." },
    ],
  ];
  it.each(rows)("%s", async (...row) => {
    check(await doors.merchant("POST", "/orders/ord-paid/refunds", row[1]), row);
    expect(await doors.shop.order("ord-paid")).toEqual(before);
  });
});

describe("other doors of the merchant's", () => {
  const receipt = { identifier: "010-1234-5678", product_type: "real" };
  const onetime = (more: Json) => ({ ...debt("sub-wrong"), ...card(), ...more });
  it.each<[string, string, Json, number, string, Told]>([
    [
      "a receipt for a card payment",
      "/orders/ord-paid/receipt",
      receipt,
      422,
      "receipt_not_applicable",
      "현금영수증은 원화 가상계좌와 계좌이체 결제에만 발급할 수 있습니다. 카드 결제는 카드 매출전표가 대신합니다.",
    ],
    [
      "a receipt for a number that is no text",
      "/orders/ord-paid/receipt",
      { ...receipt, identifier: 1_012_345_678 },
      400,
      "invalid_field",
      { "/identifier": "큰따옴표로 감싼 문자열이어야 합니다." },
    ],
    [
      "a receipt without product_type",
      "/orders/ord-paid/receipt",
      { identifier: "010-1234-5678" },
      422,
      "product_type_required",
      { "/product_type": "KSNET 현금영수증에는 product_type(real 또는 digital)이 필요합니다." },
    ],
    [
      "an expiry as it stands on the card",
      "/payments/onetime",
      onetime({ expiry: "12/31" }),
      422,
      "expiry_past",
      { "/expiry": "유효기간이 지났거나 올바르지 않습니다. 2031-12처럼 YYYY-MM으로 보내 주세요." },
    ],
    [
      "a wrong digit in the card's number",
      "/payments/onetime",
      onetime({ card_number: "4518-4200-0000-0016" }),
      422,
      "card_number_invalid",
      { "/card_number": "카드번호가 올바르지 않습니다. 13~19자리 번호를 다시 확인해 주세요." },
    ],
    [
      "a charge of a key that was never issued",
      "/customers/hong/payments",
      debt("sub-wrong"),
      404,
      "billing_key_not_found",
      "등록된 빌링키를 찾을 수 없습니다. customer_uid를 확인하거나 빌링키를 먼저 발급해 주세요.",
    ],
    [
      "a reservation at PortOne's epoch seconds",
      "/customers/hong/schedules",
      { schedules: [debt("sub-wrong", { schedule_at: 1_786_000_000 })] },
      400,
      "invalid_field",
      { "/schedules/0/schedule_at": badTime },
    ],
    [
      "a decision where none is wanted",
      "/orders/ord-paid/resolve",
      { action: "clear" },
      409,
      "order_not_in_review",
      "확인이 필요하다고 표시된 주문이 아닙니다. 주문을 조회해 review_reason을 확인해 주세요.",
    ],
  ])("%s", async (title, path, body, status, code, told) => {
    check(await doors.merchant("POST", path, { body }), [title, { body }, status, code, told]);
  });
});

describe("a direct invocation", () => {
  it.each<[string, string, Json, Told]>([
    [
      "of an unknown action",
      "refund",
      { action: "refund" },
      { "/action": "refund.create, refund.get, refund.list, refund.withdraw 중 하나여야 합니다." },
    ],
    ["without its fields", "refund", { action: "refund.create" }, { "/merchant_uid": missing }],
    [
      "with its fields a level too deep",
      "orders",
      { action: "order.get", payload: { merchant_uid: "ord-paid" } },
      { "/merchant_uid": missing, "/payload": unknown },
    ],
  ])("%s", async (title, name, event, told) => {
    check(await doors.direct(name, event), field(title, {}, told));
  });
  it("dressed as HTTP wants a key", async () => {
    const event = gatewayEvent({ routeKey: "GET /orders/{merchant_uid}", rawPath: "/orders/ord-paid" });
    expect((await doors.invokeWithEvent("orders", event)).status).toBe(401);
  });
});

describe("the browser's door", () => {
  const complete = { imp_uid: "imp_1", merchant_uid: "ord-paid" };
  it.each<Row>([
    field(
      "in camel case",
      { body: { impUid: "imp_1", merchantUid: "ord-paid" } },
      { "/merchant_uid": missing },
    ),
    field(
      "with a payment of another alphabet",
      { body: { ...complete, imp_uid: "결제" } },
      { "/imp_uid": "imp_uid 형식이 아닙니다. 포트원이 알려 준 값을 그대로 보내 주세요." },
    ),
    ["with no payment and no token", { body: { merchant_uid: "ord-paid" } }, 404, "order_not_found", noOrder],
    [
      "by a form",
      { type: "application/x-www-form-urlencoded", body: "imp_uid=imp_1&merchant_uid=ord-paid" },
      415,
      "unsupported_media_type",
      badType,
    ],
  ])("%s", async (...row) => {
    check(await doors.knock("POST", "/payments/complete", row[1]), row);
  });
});

/** PortOne and buyers read these, so what to do stands in the log. */
describe("PortOne's doors", () => {
  const reason = { reason: "요청 형식이 올바르지 않습니다" };
  const question = { imp_uid: "imp_1", merchant_uid: "ord-new", amount: 109_000 };
  it.each<[string, string, Sent, number, Json]>([
    [
      "a question of V2's",
      "/portone/confirm",
      { body: { paymentId: "ord-new", totalAmount: 109_000 } },
      400,
      reason,
    ],
    ["a comma in the amount", "/portone/confirm", { body: { ...question, amount: "109,000" } }, 400, reason],
    [
      "a confirm_url of one's own",
      "/portone/confirm",
      { body: question },
      409,
      { reason: "주문을 찾을 수 없습니다" },
    ],
    [
      "a webhook of V2's",
      "/portone/notice",
      { body: { type: "Transaction.Paid", data: { paymentId: "ord-new" } } },
      400,
      {},
    ],
    ["a notice as text", "/portone/notice", { type: "text/plain", body: "imp_uid=imp_1" }, 415, {}],
  ])("%s", async (_title, path, sent, status, told) => {
    const { json, ...reply } = await doors.knock("POST", path, sent);
    expect([reply.status, json]).toEqual([status, told]);
    expect(doors.logLines().at(-1)).toMatch(
      /"outcome":"refused"|"code":"(invalid_field|unsupported_media_type)"/,
    );
  });
});
