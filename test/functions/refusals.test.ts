// Refusals in their own words, all at once, and what the log line says of them: on the built functions.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Doors } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, orderBody } from "../support/shop.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off", PAY_CONTRACTS: "key_in,billing,vbank" } });
  doors = new Doors(stack);
  await doors.shop.local("POST", "/clock", { set: "2026-08-05T03:00:00.000Z" });
});
afterAll(() => stack?.close());

const errorsOf = (json: Json) =>
  ((json["errors"] ?? []) as readonly Json[]).map(({ pointer, code }) => `${pointer} ${code}`);
const sentencesOf = (json: Json) => ((json["errors"] ?? []) as readonly Json[]).map(({ detail }) => detail);

const charge = {
  merchant_uid: "sub-1",
  name: "정기구독 8월분",
  amount: 8_900,
  card_number: "4518-4200-0000-0015",
  expiry: "2031-12",
};

describe("a broken rule is answered in its own words", () => {
  it("a card charge without product_type and buyer_name says nothing of cash receipts", async () => {
    const { status, json } = await doors.merchant("POST", "/payments/onetime", { body: charge });
    expect([status, json["code"], json["rule"]]).toEqual([422, "product_type_required", "R-KS-16"]);
    expect(json["detail"]).toBe("상품 구분(product_type: real 또는 digital)이 필요합니다.");
    expect(sentencesOf(json)).toEqual([
      "상품 구분(product_type: real 또는 digital)이 필요합니다.",
      "구매자 이름(buyer_name)이 필요합니다.",
    ]);
    expect(JSON.stringify(json)).not.toContain("현금영수증");
  });

  it("a virtual account without product_type says nothing of cash receipts, and names what is past as well", async () => {
    await doors.shop.createOrder("ord-account", { pay_method: "vbank", vbank_due: "2026-08-07" });
    const { status, json } = await doors.merchant("POST", "/orders/ord-account/virtual-account", {
      body: { vbank_code: "004", vbank_due_at: "2026-08-05T03:00:00.000Z" },
    });
    expect([status, json["code"]]).toEqual([422, "product_type_required"]);
    expect(errorsOf(json)).toEqual(["/product_type product_type_required", "/vbank_due_at vbank_due_past"]);
    expect(JSON.stringify(json)).not.toContain("현금영수증");
  });

  it("a missing contract is named by its rule's id", async () => {
    const { status, json } = await doors.merchant("POST", "/orders", {
      body: orderBody("ord-phone", { pay_method: "phone" }),
    });
    expect([status, json["code"], errorsOf(json)]).toEqual([
      422,
      "request_pay_refused",
      ["/pay_method contract_missing"],
    ]);
  });
});

describe("every broken rule is named at once, shape and rules together", () => {
  it("an external receipt with three faults: one answer, three errors with pointers", async () => {
    const { status, json } = await doors.merchant("POST", "/receipts/external/sale-1", {
      body: { identifier: "1178178261", identifier_type: "business", name: "매장 판매", amount: 5_000 },
    });
    expect([status, json["code"]]).toEqual([422, "product_type_required"]);
    expect(errorsOf(json)).toEqual([
      "/product_type product_type_required",
      "/buyer_name buyer_name_required",
      "/identifier identifier_invalid",
    ]);
  });

  it("a malformed amount beside two broken rules: the shape leads, nothing is left out", async () => {
    const { status, json } = await doors.merchant("POST", "/receipts/external/sale-2", {
      body: { identifier: "1178178261", identifier_type: "business", name: "매장 판매", amount: 0.5 },
    });
    expect([status, json["code"]]).toEqual([400, "invalid_field"]);
    expect(errorsOf(json)).toEqual([
      "/amount invalid_field",
      "/product_type product_type_required",
      "/buyer_name buyer_name_required",
      "/identifier identifier_invalid",
    ]);
  });

  it.each<[string, string, Json, readonly string[]]>([
    [
      "an order",
      "/orders",
      orderBody("ord-both", { name: "가".repeat(41), pay_method: "phone" }),
      ["/name invalid_field", "/pay_method contract_missing"],
    ],
    [
      "a key-in",
      "/payments/onetime",
      { ...charge, name: "", expiry: "2026-07", product_type: "real", buyer_name: "홍길동" },
      ["/name invalid_field", "/expiry expiry_past"],
    ],
    [
      "a reservation",
      "/customers/hong-card1/schedules",
      {
        schedules: [
          { merchant_uid: "s-1", schedule_at: "2026-08-04T03:00:00.000Z", amount: 100, name: "8월분" },
        ],
      },
      [
        "/schedules/0/schedule_at invalid_field",
        "/schedules/0/product_type product_type_required",
        "/schedules/0/buyer_name buyer_name_required",
      ],
    ],
  ])("%s", async (_, path, body, errors) => {
    const { status, json } = await doors.merchant("POST", path, { body });
    expect([status, errorsOf(json)]).toEqual([400, errors]);
  });
});

const lineOf = (door: string): Json =>
  doors
    .logLines()
    .map((line) => JSON.parse(line) as Json)
    .findLast((line) => line["event"] === "answered" && line["door"] === door) ?? {};

describe("the log line names the order and the key, also on a refusal", () => {
  it.each<[string, string, Json]>([
    ["POST /payments/onetime", "/payments/onetime", { ...charge, merchant_uid: "sub-log" }],
    ["POST /orders/{merchant_uid}/receipt", "/orders/sub-log/receipt", { identifier: "x" }],
    ["POST /orders/{merchant_uid}/delivery", "/orders/sub-log/delivery", {}],
    ["POST /orders/{merchant_uid}/refunds", "/orders/sub-log/refunds", {}],
    ["POST /orders/{merchant_uid}/virtual-account", "/orders/sub-log/virtual-account", {}],
  ])("%s", async (door, path, body) => {
    const { status } = await doors.merchant("POST", path, { body });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(lineOf(door)).toMatchObject({ status, merchant_uid: "sub-log", key: "local" });
  });

  it("a notice that is none is told by its number, and by nothing that is no number", async () => {
    await doors.knock("POST", "/portone/notice", { body: { merchant_uid: "sub-log", imp_uid: "한글" } });
    const line = lineOf("POST /portone/notice");
    expect(line).toMatchObject({ status: 400, merchant_uid: "sub-log" });
    expect([line["imp_uid"], line["key"]]).toEqual([undefined, undefined]);
  });

  it("a key that is unknown has no name", async () => {
    await doors.knock("POST", "/orders/sub-log/void", {
      body: {},
      headers: { authorization: "Bearer nobody" },
    });
    const line = lineOf("POST /orders/{merchant_uid}/void");
    expect(line).toMatchObject({ status: 401, merchant_uid: "sub-log" });
    expect(line["key"]).toBeUndefined();
  });
});

it("who refunded this? the order's history names the merchant key", async () => {
  await doors.shop.pay(await doors.shop.createOrder("ord-who"));
  await doors.shop.notices("ord-who", 1);
  await doors.shop.refund("ord-who", "return-1", { amount: 20_000, reason: "단순 변심" });
  const { history } = await doors.shop.order("ord-who");
  expect(history.at(-1)).toMatchObject({ by: "merchant", key: "local", to: "partially_refunded" });
  expect(history.find(({ to }) => to === "paid")).not.toHaveProperty("key");
});

it("every line says level, at, function, request_id and event, an alarm's too", async () => {
  await doors.shop.control("PUT", "/settings", { mid: "9999999999" });
  await doors.shop.pay(await doors.shop.createOrder("ord-alarm"));
  await doors.shop.notices("ord-alarm", 1);
  const lines = doors.logLines().map((line) => JSON.parse(line) as Json);
  expect(lines.filter(({ event }) => event === "alarm")).toMatchObject([
    { code: "foreign_channel", merchant_uid: "ord-alarm" },
  ]);
  for (const line of lines)
    expect(line).toMatchObject({
      level: expect.any(String),
      at: expect.any(String),
      function: expect.any(String),
      request_id: expect.any(String),
      event: expect.any(String),
    });
});
