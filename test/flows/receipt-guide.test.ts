// The two cash receipts of PortOne's old KSNET guide, with its own values, through our doors: taken as they are, or
// refused by the name of what the guide left out.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { payByTransfer, providerState } from "../support/kill-points.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
});
afterAll(() => stack?.close());

const guideOrder = "order_id_1667634130160";
const guideSale = "order_id_1667643230720";
const company = {
  identifier: "1178178260",
  identifier_type: "business",
  type: "company",
  product_type: "digital",
};
const sale = {
  ...company,
  merchant_uid: guideSale,
  name: "나이키 와플 트레이너 2 SD",
  amount: 109_000,
  tax_free: "3000",
  pg: "ksnet",
};
const shown = {
  state: "issued",
  type: "company",
  identifier_masked: "117***8260",
  amount: 109_000,
  tax_free: 3_000,
  vat: 9_636,
};

describe("the old guide's receipt of a payment", () => {
  it("needs no more than it says: the order knows its buyer", async () => {
    await payByTransfer(shop, guideOrder);
    const { imp_uid } = await shop.order(guideOrder);
    const reply = await shop.merchant("POST", `/orders/${guideOrder}/receipt`, company);
    expect([reply.status, reply.json], reply.text).toMatchObject([
      201,
      { ...shown, merchant_uid: guideOrder, imp_uid },
    ]);
    const [sent] = ((await providerState(shop))["receipts"] ?? []) as readonly Json[];
    expect(sent).toMatchObject({
      identifier: "1178178260",
      identifier_type: "business",
      type: "company",
      product_type: "digital",
      buyer_name: "홍길동",
    });
  });

  it("is for cash: the guide's own sample, paid by card, has none", async () => {
    await shop.pay(await shop.createOrder("order_id_1667634130161"));
    await shop.sync("order_id_1667634130161");
    const reply = await shop.merchant("POST", "/orders/order_id_1667634130161/receipt", company);
    expect([reply.status, reply.json["code"]]).toEqual([422, "receipt_not_applicable"]);
  });
});

describe("the old guide's receipt of a sale outside PortOne", () => {
  const issue = (body: Json) => shop.merchant("POST", `/receipts/external/${guideSale}`, body);

  it("lacks the buyer's name, and is told so by name", async () => {
    const reply = await issue(sale);
    expect([reply.status, reply.json["code"], reply.json["rule"]]).toEqual([
      422,
      "buyer_name_required",
      "R-KS-14",
    ]);
    expect((reply.json["errors"] as readonly Json[]).map(({ pointer }) => pointer)).toEqual(["/buyer_name"]);
    expect((await providerState(shop))["external_receipts"] ?? []).toEqual([]);
  });

  it("is issued with it, its tax-free part a text as there", async () => {
    const reply = await issue({ ...sale, buyer_name: "홍길동" });
    expect([reply.status, reply.json], reply.text).toMatchObject([
      201,
      { ...shown, merchant_uid: guideSale, imp_uid: null },
    ]);
  });
});
