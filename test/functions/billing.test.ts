// The billing door: what it takes, what it refuses by name, and that a direct invocation is answered alike.
// What becomes of charges is told in test/flows/charging.test.ts and reserving.test.ts.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { named, pointers, told } from "../support/answers.ts";
import { Doors } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import type { Json } from "../support/shop.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  doors = new Doors(stack);
  expect((await doors.merchant("POST", "/customers/user42/billing-key", { body: card })).status).toBe(201);
});
afterEach(() => doors.mend());
afterAll(() => stack?.close());

const card = { card_number: "4518-4200-0000-0015", expiry: "2031-12", birth: "820213", pwd_2digit: "00" };
const charge = (merchant_uid: string, more: Json = {}): Json => ({
  merchant_uid,
  name: "정기구독 8월분 📦",
  amount: 8_900,
  buyer_name: "홍길동",
  product_type: "digital",
  ...more,
});
const onetime = (body: Json) => doors.merchant("POST", "/payments/onetime", { body });
const again = (body: Json) => doors.merchant("POST", "/customers/user42/payments", { body });

describe("a charge", () => {
  it.each([
    ["an amount as text", { amount: "8900" }],
    ["a tax-free part", { tax_free: 900 }],
    ["custom data in Korean", { custom_data: '{"회차":8}' }],
    ["200 bytes of custom data", { custom_data: "가".repeat(66) }],
    ["a key nobody needs", { idempotency_key: "k1" }],
    ["40 characters of name", { name: "가".repeat(40) }],
  ])("takes %s", async (title, more) => {
    const reply = await again(charge(`ok-${title.length}-${Object.keys(more)[0]}`, more));
    expect(reply.status, reply.text).toBe(201);
  });

  it.each<[string, Json, number, string, string]>([
    ["no name", { name: undefined }, 400, "invalid_field", "/name"],
    ["41 characters of name", { name: "가".repeat(41) }, 400, "invalid_field", "/name"],
    ["17 characters of buyer", { buyer_name: "가".repeat(17) }, 400, "invalid_field", "/buyer_name"],
    ["no amount", { amount: undefined }, 400, "invalid_field", "/amount"],
    [
      "201 bytes of custom data",
      { custom_data: `${"가".repeat(66)}.` },
      400,
      "invalid_field",
      "/custom_data",
    ],
    ["nothing", { amount: 0 }, 400, "invalid_field", "/amount"],
    ["an amount with a comma", { amount: "8,900" }, 400, "invalid_field", "/amount"],
    ["half a won", { amount: 0.5 }, 400, "invalid_field", "/amount"],
    ["an unknown field", { 할인: 100 }, 400, "invalid_field", "/할인"],
    ["a number with a slash", { merchant_uid: "a/b" }, 400, "invalid_field", "/merchant_uid"],
    ["no product_type", { product_type: undefined }, 422, "product_type_required", "/product_type"],
    ["no buyer", { buyer_name: undefined }, 422, "buyer_name_required", "/buyer_name"],
    ["more tax-free than there is", { tax_free: 8_901 }, 422, "tax_free_exceeds_amount", "/tax_free"],
    ["dollars", { currency: "USD" }, 422, "currency_unsupported", "/currency"],
    ["small instalments", { card_quota: 3 }, 422, "instalments_below_minimum", "/card_quota"],
  ])("is refused with %s", async (_, more, status, code, pointer) => {
    const reply = await again(charge("refused", more));
    expect([...named(reply), pointers(reply)]).toEqual([status, code, [pointer]]);
    expect(named(await doors.merchant("GET", "/orders/refused"))).toEqual([404, "order_not_found"]);
  });

  it.each<[string, Json, string]>([
    ["a number that fails Luhn", { card_number: "1234-1234-1234-1234" }, "card_number_invalid"],
    ["an expired card", { expiry: "2019-01" }, "expiry_past"],
    ["a month that is none", { expiry: "2031-13" }, "expiry_past"],
    ["half a birth date", { birth: "8202" }, "birth_invalid"],
    ["one digit of a password", { pwd_2digit: "0" }, "pwd_2digit_invalid"],
    ["a customer_uid", { customer_uid: "user99" }, "customer_uid_unsupported"],
  ])("by number is refused with %s, and the value is not told back", async (_, more, code) => {
    const reply = await onetime(charge("refused", { ...card, ...more }));
    expect(named(reply)).toEqual([422, code]);
    for (const value of Object.values(more)) expect(reply.text).not.toContain(`"${String(value)}"`);
  });

  it("is not started when PortOne or the table does not answer", async () => {
    await doors.breakPortOne();
    expect(named(await doors.merchant("GET", "/customers/user42/billing-key"))).toEqual([
      503,
      "provider_unavailable",
    ]);
    await doors.mend();
    await doors.breakTable("billing");
    expect(named(await again(charge("table-down")))).toEqual([503, "storage_unavailable"]);
    await doors.mend();
    expect(named(await doors.merchant("GET", "/orders/table-down"))).toEqual([404, "order_not_found"]);
  });
});

describe("a direct invocation", () => {
  it("without an action charges a key, and is answered as over HTTP", async () => {
    const first = await again(charge("direct-1"));
    const direct = await doors.direct("billing", { customer_uid: "user42", ...charge("direct-1") });
    expect(told(direct)).toEqual({ ...told(first), status: 201 });
  });

  it.each<[string, Json, string, string]>([
    ["billing.onetime", { ...charge("d"), ...card, expiry: "2019-01" }, "POST", "/payments/onetime"],
    ["billing.get_key", { customer_uid: "nobody" }, "GET", "/customers/nobody/billing-key"],
    ["billing.get_key", { customer_uid: "user42" }, "GET", "/customers/user42/billing-key"],
    ["billing.schedules", { customer_uid: "user42" }, "GET", "/customers/user42/schedules"],
    ["billing.revoke_vbank", { merchant_uid: "none" }, "DELETE", "/orders/none/virtual-account"],
  ])("%s is answered as over HTTP: %o", async (action, fields, method, path) => {
    const body = method === "POST" ? { body: fields } : {};
    const http = await doors.merchant(method, path, body);
    expect(told(await doors.direct("billing", { action, ...fields }))).toEqual(told(http));
  });
});

describe("a virtual account by API", () => {
  const account = { vbank_code: "088", vbank_due_at: "2031-08-08T14:59:59.000Z", product_type: "real" };
  const open = (body: Json) => doors.merchant("POST", "/orders/none/virtual-account", { body });

  it.each<[string, Json, number, string]>([
    ["no such order", {}, 404, "order_not_found"],
    ["a due time that is over", { vbank_due_at: "2020-01-01T00:00:00.000Z" }, 422, "vbank_due_past"],
    ["a due time in Korean form", { vbank_due_at: "2031-08-08 23:59:59" }, 400, "invalid_field"],
    ["no product_type", { product_type: undefined }, 422, "product_type_required"],
    ["no bank", { vbank_code: undefined }, 400, "invalid_field"],
  ])("is refused: %s", async (_, more, status, code) => {
    expect(named(await open({ ...account, ...more }))).toEqual([status, code]);
  });
});
