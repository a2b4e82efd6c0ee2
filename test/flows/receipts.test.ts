// Stories of cash receipts, told over sockets on the built functions.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { payByTransfer, providerState } from "../support/kill-points.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
});
afterEach(async () => {
  await shop.control("DELETE", "/faults");
});
afterAll(() => stack?.close());

const phone = {
  identifier: "010-1234-5678",
  identifier_type: "phone",
  type: "person",
  product_type: "real",
};
const company = { ...phone, identifier: "117-81-78260", identifier_type: "business", type: "company" };
const issue = (merchantUid: string, body: Json = phone) =>
  shop.merchant("POST", `/orders/${merchantUid}/receipt`, body);
const live = async () => (await providerState(shop))["receipts"] ?? [];

describe("a receipt of an order", () => {
  it("is previewed, issued, read, cancelled and issued again, over what is left", async () => {
    await payByTransfer(shop, "ord-receipt");
    const preview = await shop.merchant("POST", "/orders/ord-receipt/receipt?preview=true", {});
    expect([preview.status, preview.json]).toEqual([200, { amount: 109_000, tax_free: 3_000, vat: 9_636 }]);
    expect(await live()).toEqual([]);

    const issued = await issue("ord-receipt");
    expect(issued.status, issued.text).toBe(201);
    expect(issued.json).toMatchObject({
      state: "issued",
      type: "person",
      identifier_masked: "010****5678",
      amount: 109_000,
      tax_free: 3_000,
      vat: 9_636,
      generation: 1,
      origin: "merchant",
      cancelled_at: null,
    });
    expect((await shop.merchant("GET", "/orders/ord-receipt/receipt")).json).toEqual(issued.json);
    expect((await shop.order("ord-receipt"))["receipt"]).toEqual(issued.json);

    const cancelled = await shop.merchant("DELETE", "/orders/ord-receipt/receipt");
    expect(cancelled.json).toMatchObject({ state: "cancelled", cancelled_at: expect.any(String) });
    expect((await shop.merchant("DELETE", "/orders/ord-receipt/receipt")).text).toBe(cancelled.text);
    await shop.refund("ord-receipt", "key", { amount: 20_000 });
    expect((await issue("ord-receipt", company)).json).toMatchObject({
      state: "issued",
      type: "company",
      identifier_masked: "117***8260",
      amount: 89_000,
      tax_free: 2_450,
      vat: 7_868,
      generation: 2,
    });
  });

  it.each([
    ["an identifier with letters", { ...phone, identifier: "0101234567a" }, 422, "identifier_invalid"],
    ["a wrong check digit", { ...company, identifier: "1178178261" }, 422, "identifier_invalid"],
    [
      "no product type",
      { identifier: "01012345678", identifier_type: "phone" },
      422,
      "product_type_required",
    ],
    ["an unknown product type", { ...phone, product_type: "food" }, 400, "invalid_field"],
    ["an unknown field", { ...phone, amount: 1 }, 400, "invalid_field"],
  ])("refuses %s by name and issues nothing", async (title, body, status, code) => {
    const merchantUid = `ord-${title.replaceAll(" ", "-").slice(0, 30)}`;
    await payByTransfer(shop, merchantUid);
    const before = (await live()).length;
    const reply = await issue(merchantUid, body);
    expect([reply.status, reply.json["code"]], reply.text).toEqual([status, code]);
    expect(await live()).toHaveLength(before);
  });

  it("is refused for a card payment, an unpaid order, and none", async () => {
    await shop.pay(await shop.createOrder("ord-card"));
    await shop.notices("ord-card", 1);
    expect((await issue("ord-card")).json["code"]).toBe("receipt_not_applicable");
    await shop.createOrder("ord-unpaid", { pay_method: "trans" });
    expect((await issue("ord-unpaid")).json["code"]).toBe("order_not_paid");
    expect((await issue("ord-nobody")).json["code"]).toBe("order_not_found");
    expect((await shop.merchant("GET", "/orders/ord-card/receipt")).json["code"]).toBe("receipt_not_found");
    expect((await shop.merchant("DELETE", "/orders/ord-card/receipt")).json["code"]).toBe(
      "receipt_not_found",
    );
  });

  it("is refused when the window issued one by itself", async () => {
    const requestPay = await shop.createOrder("ord-window", { pay_method: "trans" });
    await shop.pay(requestPay, { cash_receipt: "01012345678" });
    await shop.notices("ord-window", 1);
    const refused = await issue("ord-window");
    expect([refused.status, refused.json["code"]]).toEqual([409, "receipt_exists"]);
  });
});

describe("S26 a receipt asked for twice", () => {
  it("is issued once, and the second is told so", async () => {
    await payByTransfer(shop, "ord-s26");
    const replies = await Promise.all([issue("ord-s26"), issue("ord-s26")]);
    const codes = replies.map((reply) => reply.json["code"] ?? reply.json["state"]).sort();
    expect([
      ["issued", "receipt_exists"],
      ["issued", "pending"],
    ]).toContainEqual(codes);
    expect((await issue("ord-s26")).json["code"]).toBe("receipt_exists");
    expect((await live()).filter((receipt) => receipt["merchant_uid"] === "ord-s26")).toHaveLength(1);
  });

  it("after a lost answer is 202, then issued, with one live receipt", async () => {
    await payByTransfer(shop, "ord-s26-lost");
    await shop.control("POST", "/faults", {
      name: "answer_lost_after_effect",
      call: "POST /receipts/{imp_uid}",
    });
    const pending = await issue("ord-s26-lost");
    expect([pending.status, pending.json["state"], pending.json["amount"]]).toEqual([
      202,
      "pending",
      109_000,
    ]);
    expect((await shop.merchant("GET", "/orders/ord-s26-lost/receipt")).json["state"]).toBe("pending");
    await shop.local("POST", "/clock", { advance_ms: 61_000 });
    const report = await shop.anybody("POST", "/2015-03-31/functions/reconcile/invocations", {});
    expect(report.json).toMatchObject({ resumed: 1, errors: 0 });
    expect((await shop.merchant("GET", "/orders/ord-s26-lost/receipt")).json["state"]).toBe("issued");
    expect((await live()).filter((receipt) => receipt["merchant_uid"] === "ord-s26-lost")).toHaveLength(1);
  });

  it("does not block a refund while it is in doubt", async () => {
    await payByTransfer(shop, "ord-doubt");
    await shop.control("POST", "/faults", {
      name: "answer_lost_after_effect",
      call: "POST /receipts/{imp_uid}",
    });
    expect((await issue("ord-doubt")).status).toBe(202);
    expect((await shop.refund("ord-doubt", "key", { amount: 10_000 })).status).toBe(200);
  });
});

describe("a receipt of a sale outside PortOne", () => {
  const sale = { ...phone, name: "무통장 입금 주문", amount: 55_000, buyer_name: "홍길동" };
  const issueSale = (merchantUid: string, body: Json = sale) =>
    shop.merchant("POST", `/receipts/external/${merchantUid}`, body);

  it("is issued, read and cancelled under a number of the shop's own", async () => {
    const issued = await issueSale("sale-1", {
      ...sale,
      pg: "ksnet",
      tax_free: "3000",
      merchant_uid: "sale-1",
    });
    expect(issued.status, issued.text).toBe(201);
    expect(issued.json).toMatchObject({
      merchant_uid: "sale-1",
      imp_uid: null,
      amount: 55_000,
      tax_free: 3_000,
      vat: 4_727,
    });
    expect((await shop.merchant("GET", "/receipts/external/sale-1")).json).toEqual(issued.json);
    expect((await issueSale("sale-1")).json["code"]).toBe("receipt_exists");
    expect((await shop.merchant("DELETE", "/receipts/external/sale-1")).json["state"]).toBe("cancelled");
    expect((await shop.merchant("GET", "/receipts/external/sale-none")).json["code"]).toBe(
      "receipt_not_found",
    );
  });

  it.each([
    ["another number than the path's", { ...sale, merchant_uid: "sale-other" }, 400, "invalid_field"],
    ["another PG", { ...sale, pg: "kcp" }, 400, "invalid_field"],
    ["another channel", { ...sale, channel_key: "channel-key-other" }, 400, "invalid_field"],
    ["no buyer", { ...phone, name: "주문", amount: 1 }, 422, "buyer_name_required"],
    ["no amount", { ...phone, name: "주문", buyer_name: "홍길동" }, 400, "invalid_field"],
  ])("refuses %s by name", async (_, body, status, code) => {
    const reply = await issueSale("sale-refused", body);
    expect([reply.status, reply.json["code"]], reply.text).toEqual([status, code]);
  });

  it("is refused for a number that has an order here", async () => {
    await payByTransfer(shop, "ord-with-order");
    expect((await issueSale("ord-with-order")).json["code"]).toBe("receipt_not_applicable");
  });
});

it("logs no identifier", () => {
  for (const line of stack.logLines()) expect(line).not.toMatch(/01012345678|010-1234-5678|1178178260/);
});

it("answers a direct invocation like HTTP", async () => {
  await payByTransfer(shop, "ord-direct");
  const invoke = (body: Json) => shop.anybody("POST", "/2015-03-31/functions/receipt/invocations", body);
  const direct = await invoke({ merchant_uid: "ord-direct", ...phone });
  expect(direct.json).toMatchObject({ status: 201, body: { state: "issued" } });
  const read = await invoke({ action: "receipt.get", merchant_uid: "ord-direct" });
  expect(read.json["body"]).toEqual((await shop.merchant("GET", "/orders/ord-direct/receipt")).json);
  expect((await invoke({ action: "receipt.none" })).json).toMatchObject({
    status: 400,
    body: { code: "invalid_field" },
  });
});
