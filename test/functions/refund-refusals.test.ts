// What a refund may not be. One paid order serves all rows: none of them may move a won of it.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { named, pointers } from "../support/answers.ts";
import { Doors } from "../support/doors.ts";
import { payByTransfer } from "../support/kill-points.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import type { Reply } from "../support/shop.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off", PAY_CONTRACTS: "vbank,escrow" } });
  doors = new Doors(stack);
  await payByTransfer(doors.shop, "ord-unmoved");
  await doors.shop.createOrder("ord-unpaid");
});
afterEach(() => doors.mend());
afterAll(() => stack?.close());

const refund = (uid: string, key: string, body: unknown = {}): Promise<Reply> =>
  doors.merchant("POST", `/orders/${uid}/refunds`, { body, headers: { "idempotency-key": key } });
const read = (uid: string, path = "") => doors.merchant("GET", `/orders/${uid}/refunds${path}`);

describe("is refused and moves nothing", () => {
  const tooMuch = "refund_exceeds_remaining";
  const wrongSplit = "refund_tax_free_exceeds_remaining";

  it.each<[number, string, readonly string[], unknown]>([
    [400, "refund_amount_not_positive", [], { amount: 0 }],
    [400, "refund_amount_not_positive", [], { amount: "0" }],
    [400, "refund_amount_not_positive", [], { amount: "0.00" }],
    [400, "refund_amount_not_positive", [], { amount: -1 }],
    [400, "refund_amount_not_positive", [], { amount: "-20000" }],
    [400, "invalid_field", ["/amount"], { amount: "20,000" }],
    [400, "invalid_field", ["/amount"], { amount: "1e4" }],
    [400, "invalid_field", ["/amount"], '{"amount":1e4}'],
    [400, "invalid_field", ["/amount"], { amount: 0.5 }],
    [400, "invalid_field", ["/amount"], { amount: 1_000_000_000 }],
    [400, "invalid_field", ["/amount"], { amount: null }],
    [400, "invalid_field", ["/amount"], { amount: true }],
    [400, "invalid_field", ["/tax_free"], { amount: 1_000, tax_free: -1 }],
    [400, "invalid_field", ["/tax_free"], { amount: 1_000, tax_free: null }],
    [400, "invalid_field", ["/reason"], { reason: "가".repeat(257) }],
    [400, "invalid_field", ["/requester"], { requester: "buyer" }],
    [400, "invalid_field", ["/refund_holder"], { refund_holder: "" }],
    [400, "invalid_field", ["/refund_account"], { refund_account: "계좌" }],
    [400, "invalid_field", ["/ammount"], { ammount: 1_000 }],
    [400, "invalid_field", ["/checksum"], { amount: 1_000, checksum: 109_000 }],
    [400, "invalid_field", ["/idempotency_key"], { idempotency_key: "key" }],
    [400, "invalid_field", ["/merchant_uid"], { merchant_uid: "ord-unpaid" }],
    [400, "malformed_json", [], "{"],
    [400, "malformed_json", [], "[]"],
    [409, tooMuch, ["/amount"], { amount: 109_001 }],
    [409, tooMuch, ["/amount"], { amount: "999999999" }],
    [409, wrongSplit, ["/tax_free"], { amount: 9_000, tax_free: 3_001 }],
    [409, wrongSplit, ["/tax_free"], { amount: 1_000, tax_free: 1_001 }],
    [409, wrongSplit, ["/tax_free"], { tax_free: 0 }],
  ])("as %i %s %j: %j", async (status, code, places, body) => {
    const before = await doors.shop.order("ord-unmoved");
    const reply = await refund("ord-unmoved", "key-refused", body);
    expect(named(reply), reply.text).toEqual([status, code]);
    expect(pointers(reply)).toEqual(places);
    expect(await doors.shop.order("ord-unmoved")).toEqual(before);
  });

  it("with what could be refunded instead, in numbers and words", async () => {
    await payByTransfer(doors.shop, "ord-left");
    await refund("ord-left", "key-1", { amount: 20_000, tax_free: 3_000 });
    const { json } = await refund("ord-left", "key-2", { amount: 89_001 });
    expect(json).toMatchObject({
      detail: "환불 가능한 금액은 89,000원입니다.",
      remaining: 89_000,
      remaining_tax_free: 0,
      errors: [{ pointer: "/amount", code: "refund_exceeds_remaining" }],
    });
  });

  it.each<[number, string, string | null, string]>([
    [415, "unsupported_media_type", "application/x-www-form-urlencoded", "amount=1000"],
    [415, "unsupported_media_type", null, "{}"],
    [413, "body_too_large", "application/json", `{"reason":"${"x".repeat(65_536)}"}`],
  ])("as %i %s", async (status, code, type, body) => {
    const sent = { body, type, headers: { "idempotency-key": "key" } };
    expect(named(await doors.merchant("POST", "/orders/ord-unmoved/refunds", sent))).toEqual([status, code]);
  });

  it("in part before an escrow purchase is confirmed; all of it may go back", async () => {
    const escrow = { pay_method: "trans", escrow: true };
    await doors.shop.pay(await doors.shop.createOrder("ord-escrow", escrow));
    await doors.shop.notices("ord-escrow", 1);
    const part = await refund("ord-escrow", "key-part", { amount: 20_000 });
    expect([...named(part), part.json["rule"]]).toEqual([422, "escrow_not_confirmed", "R-KS-33"]);
    expect(await doors.shop.cancels("ord-escrow")).toEqual([]);
    expect((await refund("ord-escrow", "key-all")).status).toBe(200);
  });

  it("for an order that is not paid, and one nobody knows", async () => {
    expect(named(await refund("ord-unpaid", "key"))).toEqual([409, "order_not_paid"]);
    expect(named(await refund("ord-nobody", "key"))).toEqual([404, "order_not_found"]);
    expect(named(await read("ord-nobody"))).toEqual([404, "order_not_found"]);
    expect(named(await read("ord-nobody", "/rf_1"))).toEqual([404, "order_not_found"]);
    for (const id of ["rf_1", "rf_AAAAAAAAAAAAAAAAAAAAAA", "cx_c-1"])
      expect(named(await read("ord-unmoved", `/${id}`))).toEqual([404, "refund_not_found"]);
    expect((await read("ord-unpaid")).json).toEqual({ refunds: [] });
  });
});

it.each([
  ["storage_unavailable", () => doors.breakTable("refund")],
  [
    "provider_unavailable",
    async () => {
      // Its login has run out, and there is no other.
      await doors.shop.advance(31 * 60_000);
      await doors.breakPortOne("POST /users/getToken");
    },
  ],
])("503 %s: nothing was started, and the same key may be used again", async (code, silence) => {
  await silence();
  expect(named(await refund("ord-unmoved", `key-${code}`, { amount: 1_000 }))).toEqual([503, code]);
  await doors.mend();
  expect((await doors.shop.order("ord-unmoved"))["operation"]).toBeNull();
  expect((await refund("ord-unmoved", `key-${code}`, { amount: 1_000 })).status).toBe(200);
});

describe("in detail", () => {
  it("a wrong tax split is told as one", async () => {
    const { json } = await refund("ord-unmoved", "key-split", { amount: 1_000, tax_free: 1_001 });
    expect(json["detail"]).toContain("면세");
  });

  it("the account's and the id's form is explained in Korean", async () => {
    const account = { refund_holder: "홍길동", refund_bank: "004", refund_account: 110123456789 };
    expect(pointers(await refund("ord-unmoved", "key-account", account))).toEqual(["/refund_account"]);
    const event = { action: "refund.get", merchant_uid: "ord-unmoved", refund_id: 5 };
    expect(pointers(await doors.direct("refund", event))).toEqual(["/refund_id"]);
  });
});
