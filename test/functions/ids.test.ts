// Order numbers and customer numbers that a URL reads as syntax: refused by name at every door, and PortOne is asked
// nothing.
import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { named, pointers } from "../support/answers.ts";
import { asForm, Doors, gatewayEvent } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, orderBody } from "../support/shop.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack();
  doors = new Doors(stack);
});
afterAll(() => stack?.close());

const card = { card_number: "4518-4200-0000-0015", expiry: "2031-12", birth: "820213", pwd_2digit: "00" };
const charge = { name: "정기구독 8월분", amount: 8_900, buyer_name: "홍길동", product_type: "real" };
const receipt = { identifier: "01012345678", type: "person", product_type: "real" };
const sale = { ...receipt, name: "책상 조명", amount: 1_000, buyer_name: "홍길동" };
const person = {
  name: "홍길동",
  tel: "010-1234-5678",
  addr: "서울 성동구 성수이로 20길 16",
  postcode: "04783",
};
const logis = { company: "CJGLS", invoice: "1234567890", sent_at: "2026-08-05T03:00:00Z" };
const parcel = { sender: person, receiver: person, logis };
const entry = { ...charge, merchant_uid: "sub-1", schedule_at: "2031-08-05T03:00:00Z" };

/** What stands in a path: the function, the route, the body. */
const paths: readonly [string, string, Json?][] = [
  ["orders", "GET /orders/{merchant_uid}"],
  ["orders", "POST /orders/{merchant_uid}/void"],
  ["orders", "POST /orders/{merchant_uid}/sync"],
  ["orders", "POST /orders/{merchant_uid}/resolve", { action: "sync" }],
  ["refund", "POST /orders/{merchant_uid}/refunds", { amount: 1_000 }],
  ["refund", "GET /orders/{merchant_uid}/refunds"],
  ["refund", "GET /orders/{merchant_uid}/refunds/{refund_id}"],
  ["receipt", "POST /orders/{merchant_uid}/receipt", receipt],
  ["receipt", "GET /orders/{merchant_uid}/receipt"],
  ["receipt", "DELETE /orders/{merchant_uid}/receipt"],
  ["receipt", "POST /receipts/external/{merchant_uid}", sale],
  ["receipt", "GET /receipts/external/{merchant_uid}"],
  ["receipt", "DELETE /receipts/external/{merchant_uid}"],
  ["delivery", "POST /orders/{merchant_uid}/delivery", parcel],
  ["delivery", "GET /orders/{merchant_uid}/delivery"],
  ["delivery", "PUT /orders/{merchant_uid}/delivery", parcel],
  [
    "billing",
    "POST /orders/{merchant_uid}/virtual-account",
    { vbank_code: "088", vbank_due_at: "2031-08-05T03:00:00Z", product_type: "real" },
  ],
  ["billing", "DELETE /orders/{merchant_uid}/virtual-account"],
  ["billing", "POST /customers/{customer_uid}/payments", { ...charge, merchant_uid: "sub-1" }],
  ["billing", "POST /customers/{customer_uid}/billing-key", card],
  ["billing", "GET /customers/{customer_uid}/billing-key"],
  ["billing", "DELETE /customers/{customer_uid}/billing-key"],
  ["billing", "POST /customers/{customer_uid}/schedules", { schedules: [entry] }],
  ["billing", "GET /customers/{customer_uid}/schedules"],
  ["billing", "DELETE /customers/{customer_uid}/schedules"],
];
const climbing = [
  ".",
  "..",
  "...",
  "%2e%2e",
  "%2E",
  "../customers",
  "..%2f",
  "..\\",
  "a/b",
  "a?b",
  "a#b",
  "",
];
const tooLong = { merchant_uid: "o".repeat(41), customer_uid: "c".repeat(81) };

/** As API Gateway hands it over: the parameters of the path decoded. */
const ask = (functionName: string, routeKey: string, pathParameters: Record<string, string>, body?: Json) =>
  doors.invokeWithEvent(
    functionName,
    gatewayEvent({
      routeKey,
      rawPath: "/",
      pathParameters,
      headers: {
        authorization: `Bearer ${doors.merchantKey}`,
        "content-type": "application/json",
        "idempotency-key": "k1",
      },
      ...(body && { body: JSON.stringify(body) }),
    }),
  );

const calls = async (): Promise<unknown> => {
  const { counts } = await doors.shop.control<{ counts: Json }>("GET", "/calls");
  return Object.keys(counts).filter((name) => name !== "POST /users/getToken");
};

describe("in a path", () => {
  it.each(paths)("%s: %s refuses what is none by name", async (functionName, route, body) => {
    const field = route.includes("{customer_uid}") ? "customer_uid" : "merchant_uid";
    const others = route.includes("{refund_id}") ? { refund_id: "rf_1" } : {};
    for (const uid of [...climbing, tooLong[field]]) {
      const reply = await ask(functionName, route, { ...others, [field]: uid }, body);
      expect([...named(reply), pointers(reply)], uid).toEqual([400, "invalid_field", [`/${field}`]]);
    }
    expect(await calls()).toEqual([]);
  });

  it.each([
    "PUT /customers/{customer_uid}/schedules/{merchant_uid}",
    "POST /customers/{customer_uid}/schedules/{merchant_uid}/retry",
  ])("billing: %s refuses either", async (route) => {
    const body = route.startsWith("PUT") ? { schedule_at: entry.schedule_at } : {};
    for (const [parameters, pointer] of [
      [{ customer_uid: "..", merchant_uid: "sub-1" }, "/customer_uid"],
      [{ customer_uid: "user42", merchant_uid: ".." }, "/merchant_uid"],
      [{ customer_uid: "user42", merchant_uid: "." }, "/merchant_uid"],
    ] as const)
      expect(pointers(await ask("billing", route, parameters, body))).toEqual([pointer]);
    expect(await calls()).toEqual([]);
  });

  /** The path as it is, which `fetch` would tidy up. */
  const raw = (method: string, path: string) =>
    new Promise<number | undefined>((resolve, reject) => {
      const headers = { authorization: `Bearer ${doors.merchantKey}` };
      httpRequest(`${stack.gatewayUrl}/`, { method, path, headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on("error", reject)
        .end();
    });

  it.each<[string, string, number]>([
    ["GET", "/orders/%2e%2e", 400],
    ["GET", "/orders/%2E", 400],
    ["GET", "/orders/.", 400],
    ["POST", "/orders/%2e%2e/sync", 400],
    ["GET", "/customers/%2e%2e/billing-key", 400],
    ["DELETE", "/customers/../billing-key", 400],
    ["GET", "/orders/..%2f..%2fpayments", 404],
    ["GET", "/orders/%252e%252e", 400],
    ["GET", "/orders/%00", 400],
    ["GET", "/orders/ord-1%23a", 400],
  ])("%s %s as it is written on the wire is %i", async (method, path, status) => {
    expect(await raw(method, path)).toBe(status);
    expect(await calls()).toEqual([]);
  });
});

describe("in a body, and by direct invocation", () => {
  const bodies: readonly [string, string, Json, string][] = [
    ["orders", "POST /orders", orderBody(".."), "/merchant_uid"],
    ["billing", "POST /payments/onetime", { ...charge, ...card, merchant_uid: "." }, "/merchant_uid"],
    [
      "billing",
      "POST /payments/onetime",
      { ...charge, ...card, merchant_uid: "one-1", customer_uid: "..", issue_key: true },
      "/customer_uid",
    ],
    [
      "billing",
      "POST /payments/onetime",
      { ...charge, ...card, merchant_uid: "one-1", replaces: ".." },
      "/replaces",
    ],
  ];
  it.each(bodies)("%s: %s", async (functionName, route, body, pointer) => {
    const reply = await ask(functionName, route, {}, body);
    expect([...named(reply), pointers(reply)]).toEqual([400, "invalid_field", [pointer]]);
    expect(await calls()).toEqual([]);
  });

  it("a reservation's number", async () => {
    const body = { schedules: [entry, { ...entry, merchant_uid: ".." }] };
    const path = "/customers/user42/schedules";
    expect(pointers(await doors.merchant("POST", path, { body }))).toEqual(["/schedules/1/merchant_uid"]);
    expect(pointers(await doors.merchant("DELETE", `${path}?merchant_uid=sub-1&merchant_uid=..`))).toEqual([
      "/merchant_uid/1",
    ]);
    expect(await calls()).toEqual([]);
  });

  it.each<[string, string, Json]>([
    ["orders", "order.get", { merchant_uid: ".." }],
    ["orders", "order.create", orderBody("..")],
    ["orders", "order.sync", { merchant_uid: "." }],
    ["refund", "refund.create", { merchant_uid: "..", idempotency_key: "k1" }],
    ["receipt", "receipt.get", { merchant_uid: ".." }],
    ["receipt", "receipt.cancel_external", { merchant_uid: ".." }],
    ["delivery", "delivery.get", { merchant_uid: ".." }],
    ["billing", "billing.retry", { customer_uid: "user42", merchant_uid: ".." }],
    ["billing", "billing.revoke_vbank", { merchant_uid: ".." }],
    ["billing", "billing.get_key", { customer_uid: ".." }],
    ["billing", "billing.delete_key", { customer_uid: "." }],
    ["billing", "billing.unschedule", { customer_uid: "user42", merchant_uid: [".."] }],
  ])("%s: %s", async (functionName, action, fields) => {
    const { status, json } = await doors.direct(functionName, { action, ...fields });
    expect([status, json["code"]]).toEqual([400, "invalid_field"]);
    expect(await calls()).toEqual([]);
  });
});

describe("where PortOne and browsers knock", () => {
  const names = { imp_uid: "imp_730112845061", merchant_uid: ".." };

  it.each(["application/json", "application/x-www-form-urlencoded"])(
    "confirm and notice: %s",
    async (type) => {
      const write = (fields: Json) => (type === "application/json" ? fields : asForm(fields));
      const confirm = await doors.knock("POST", "/portone/confirm/AAAAAAAAAAAAAAAAAAAAAA", {
        type,
        body: write({ ...names, amount: 109_000 }),
      });
      expect([confirm.status, confirm.json["reason"]]).toEqual([400, "요청 형식이 올바르지 않습니다"]);
      const notice = await doors.knock("POST", "/portone/notice", {
        type,
        body: write({ ...names, status: "paid" }),
      });
      expect(notice.status).toBeLessThan(500);
      expect(await calls()).toEqual([]);
    },
  );

  it("complete and redirect", async () => {
    const reply = await doors.knock("POST", "/payments/complete", { body: names });
    expect(pointers(reply)).toEqual(["/merchant_uid"]);
    const { status, headers } = await doors.knock("GET", "/payments/redirect?imp_uid=imp_1&merchant_uid=..");
    const location = new URL(headers.get("location") ?? "");
    expect([status, location.searchParams.get("state")]).toEqual([303, "unknown"]);
    expect(location.searchParams.get("merchant_uid")).toBe("");
    expect(await calls()).toEqual([]);
  });
});
