// Cash receipts for sales outside PortOne.
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
});
afterEach(() => doors.mend());
afterAll(() => stack?.close());

const sale = {
  name: "무통장 입금 주문",
  amount: 55_000,
  buyer_name: "홍길동",
  identifier: "01012345678",
  identifier_type: "phone",
  type: "person",
  product_type: "real",
};
const path = (uid: string) => `/receipts/external/${uid}`;
const issue = (uid: string, more: Json = {}) =>
  doors.merchant("POST", path(uid), { body: { ...sale, ...more } });
const read = (uid: string) => doors.merchant("GET", path(uid));
const cancel = (uid: string) => doors.merchant("DELETE", path(uid));

let sales = 0;
function nextUid(): string {
  sales += 1;
  return `sale-${sales}`;
}

describe("a receipt of a sale outside PortOne", () => {
  it("is issued, read, cancelled and issued again", async () => {
    const issued = await issue("sale-whole", { tax_free: "3000", merchant_uid: "sale-whole", pg: "ksnet" });
    expect([issued.status, issued.json]).toEqual([
      201,
      {
        merchant_uid: "sale-whole",
        imp_uid: null,
        state: "issued",
        type: "person",
        identifier_masked: "010****5678",
        amount: 55_000,
        tax_free: 3_000,
        vat: 4_727,
        receipt_tid: expect.any(String),
        apply_num: expect.any(String),
        receipt_url: expect.toSatisfy((url) => url === null || typeof url === "string"),
        applied_at: expect.any(String),
        cancelled_at: null,
        generation: 1,
        origin: "merchant",
        review_reason: null,
        todo: null,
      },
    ]);
    expect((await read("sale-whole")).text).toBe(issued.text);
    expect(named(await issue("sale-whole"))).toEqual([409, "receipt_exists"]);
    const cancelled = await cancel("sale-whole");
    expect([cancelled.status, cancelled.json["state"]]).toEqual([200, "cancelled"]);
    expect((await cancel("sale-whole")).text).toBe(cancelled.text);
    expect((await issue("sale-whole")).json).toMatchObject({ state: "issued", generation: 2, tax_free: 0 });
  });

  it.each<[string, Json, Json]>([
    ["the amount as digits", { amount: "55000" }, { amount: 55_000, vat: 5_000 }],
    ["all of it tax-free", { tax_free: 55_000 }, { tax_free: 55_000, vat: 0 }],
    ["less than half a won of tax rounded down", { amount: 1_006 }, { vat: 91 }],
    ["more than half rounded up", { amount: 1_007 }, { vat: 92 }],
    ["the tax of what is not tax-free", { amount: 1_010, tax_free: 3 }, { vat: 92 }],
    ["a name of 40", { name: `${"가".repeat(39)}🎁` }, { state: "issued" }],
    [
      "a company",
      { identifier: "1178178260", identifier_type: "business", type: "company" },
      { type: "company" },
    ],
    [
      "the channel's own key",
      { channel_key: "channel-key-00000000-0000-0000-0000-000000000000" },
      { state: "issued" },
    ],
  ])("takes %s", async (_, more, shown) => {
    const reply = await issue(nextUid(), more);
    expect(reply.status, reply.text).toBe(201);
    expect(reply.json).toMatchObject(shown);
  });

  it.each<[string, Json]>([
    ["/name", { name: undefined }],
    ["/name", { name: "가".repeat(41) }],
    ["/name", { name: "" }],
    ["/amount", { amount: undefined }],
    ["/amount", { amount: 0 }],
    ["/amount", { amount: -1 }],
    ["/amount", { amount: "55,000" }],
    ["/amount", { amount: 0.5 }],
    ["/amount", { amount: 1_000_000_000 }],
    ["/tax_free", { tax_free: -1 }],
    ["/tax_free", { tax_free: 0.5 }],
    ["/tax_free", { tax_free: 55_001 }],
    ["/pg", { pg: "kcp" }],
    ["/pg", { pg: "ksnetx" }],
    ["/channel_key", { channel_key: "channel-key-11111111-1111-1111-1111-111111111111" }],
    ["/merchant_uid", { merchant_uid: "sale-other" }],
    ["/vat", { vat: 5_000 }],
  ])("names %s in %j", async (pointer, more) => {
    const reply = await issue("sale-none", more);
    expect(named(reply), reply.text).toEqual([400, "invalid_field"]);
    expect(pointers(reply)).toEqual([pointer]);
    expect(named(await read("sale-none"))).toEqual([404, "receipt_not_found"]);
  });

  it.each<[string, Json]>([
    ["buyer_name_required", { buyer_name: undefined }],
    ["product_type_required", { product_type: undefined }],
    ["identifier_invalid", { identifier: "010-1234-567x" }],
  ])("is refused as 422 %s", async (code, more) => {
    expect(named(await issue("sale-none", more))).toEqual([422, code]);
  });

  it("is refused for a number that has an order here", async () => {
    await doors.shop.createOrder("ord-here");
    const refused = await issue("ord-here");
    expect(named(refused)).toEqual([422, "receipt_not_applicable"]);
    expect(refused.json["detail"]).toMatch(/^같은 번호의 주문이 있습니다\./);
    expect(named(await read("ord-here"))).toEqual([404, "receipt_not_found"]);
  });

  it("that lives keeps the order made under its number later from having another", async () => {
    expect((await issue("sale-first")).status).toBe(201);
    await doors.shop.pay(await doors.shop.createOrder("sale-first", { pay_method: "trans" }));
    await doors.shop.sync("sale-first");
    const receipt = {
      identifier: "01012345678",
      identifier_type: "phone",
      type: "person",
      product_type: "real",
    };
    const ask = () => doors.merchant("POST", "/orders/sale-first/receipt", { body: receipt });
    expect(named(await ask())).toEqual([409, "receipt_exists"]);
    expect((await doors.merchant("DELETE", path("sale-first"))).status).toBe(200);
    expect((await ask()).status).toBe(201);
  });

  it.each([
    ["GET", "sale-none", 404, "receipt_not_found"],
    ["DELETE", "sale-none", 404, "receipt_not_found"],
    ["GET", "sale%201", 400, "invalid_field"],
    ["DELETE", "sale%201", 400, "invalid_field"],
  ])("to %s for %s: %i %s", async (method, uid, status, code) => {
    expect(named(await doors.merchant(method, path(uid)))).toEqual([status, code]);
  });

  it("whose answer is lost is 202, then found", async () => {
    await doors.shop.fault("answer_lost_after_effect", "POST /receipts/external/{merchant_uid}");
    const pending = await issue("sale-lost");
    expect([pending.status, pending.json["state"]]).toEqual([202, "pending"]);
    expect(named(await issue("sale-lost", { amount: 1 }))).toEqual([409, "operation_in_flight"]);
    const queued = async () => (await doors.merchant("GET", "/queue")).json["operations"];
    expect(await queued()).toMatchObject([
      { merchant_uid: "sale-lost", of: "external_sale", kind: "receipt_issue", state: "unknown" },
    ]);
    expect((await issue("sale-lost")).json).toMatchObject({ state: "issued", generation: 1 });
    expect(await queued()).toEqual([]);
  });

  it("answers a direct invocation as HTTP", async () => {
    const direct = (action: string, more: Json = {}) =>
      doors.direct("receipt", { action: `receipt.${action}`, merchant_uid: "sale-direct", ...more });
    const issued = await direct("issue_external", sale);
    expect(issued.status).toBe(201);
    expect(told(await direct("get_external"))).toEqual(told(await read("sale-direct")));
    expect(told(await direct("issue_external", sale))).toEqual(told(await issue("sale-direct")));
    expect(told(await direct("cancel_external"))).toEqual(told(await cancel("sale-direct")));
    expect(told(await direct("issue_external", { ...sale, amount: 0 }))).toEqual(
      told(await issue("sale-direct", { amount: 0 })),
    );
  });
});

describe("in detail", () => {
  it("a pg with another MID than the configured is refused", async () => {
    const reply = await issue(nextUid(), { pg: "ksnet.2009999999" });
    expect([...named(reply), ...pointers(reply)]).toEqual([400, "invalid_field", "/pg"]);
  });
  it.each(["pg", "channel_key"])("a %s that is no text is explained in Korean", async (field) => {
    expect(pointers(await issue("sale-none", { [field]: 5 }))).toEqual([`/${field}`]);
  });
});
