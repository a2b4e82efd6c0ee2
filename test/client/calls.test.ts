// Which door each named call opens, and that any other is opened by its path.
import { describe, expect, it } from "vitest";
import { type Client, ProblemError } from "../../lib/client/index.ts";
import { scripted } from "./scripted.ts";

const order = {
  merchant_uid: "ord-1",
  name: "양말",
  amount: 5_000,
  buyer_name: "홍길동",
  pay_method: "card",
} as const;
const debt = { ...order, product_type: "real" } as const;
const card = { card_number: "4518-4200-0000-0015", expiry: "2031-12", birth: "820213", pwd_2digit: "00" };
const receipt = { identifier: "010-1234-5678", product_type: "real" } as const;

describe("a named call", () => {
  it.each<[string, (client: Client) => Promise<unknown>, string, unknown]>([
    ["createOrder", (client) => client.createOrder(order), "POST /orders", order],
    ["getOrder", (client) => client.getOrder("ord-1"), "GET /orders/ord-1", null],
    ["syncOrder", (client) => client.syncOrder("ord-1"), "POST /orders/ord-1/sync", null],
    ["refund", (client) => client.refund("ord-1", "return-1"), "POST /orders/ord-1/refunds", {}],
    [
      "chargeCard",
      (client) => client.chargeCard({ ...debt, ...card }),
      "POST /payments/onetime",
      { ...debt, ...card },
    ],
    [
      "chargeKey",
      (client) => client.chargeKey("cust-1", { ...debt }),
      "POST /customers/cust-1/payments",
      debt,
    ],
    [
      "issueReceipt",
      (client) => client.issueReceipt("ord-1", receipt),
      "POST /orders/ord-1/receipt",
      receipt,
    ],
  ])("%s", async (_, call, route, body) => {
    const { client, sent } = scripted([{ status: 200, body: { merchant_uid: "ord-1" } }]);
    expect(await call(client)).toEqual({ merchant_uid: "ord-1" });
    expect(sent.map(({ method, path }) => `${method} ${path}`)).toEqual([route]);
    expect(sent[0]?.body === "" ? null : JSON.parse(sent[0]?.body ?? "")).toEqual(body);
  });
});

it("any other door by its path", async () => {
  const { client, sent } = scripted([{ status: 200, body: { orders: [], cursor: null } }]);
  const { data } = await client.doors.GET("/orders", { params: { query: { day: "2026-08-05", limit: 50 } } });
  expect(data).toEqual({ orders: [], cursor: null });
  expect(sent[0]?.path).toBe("/orders?day=2026-08-05&limit=50");
});

describe("a receipt that is there already", () => {
  const exists = { status: 409, body: { code: "receipt_exists" } };
  it("is the one an earlier send has issued", async () => {
    const { client, sent } = scripted(["lost", exists, { status: 200, body: { state: "issued" } }]);
    expect(await client.issueReceipt("ord-1", receipt)).toEqual({ state: "issued" });
    expect(sent.map(({ method }) => method)).toEqual(["POST", "POST", "GET"]);
  });
  it("is a refusal at the first send", async () => {
    const { client, sent } = scripted([exists]);
    await expect(client.issueReceipt("ord-1", receipt)).rejects.toBeInstanceOf(ProblemError);
    expect(sent).toHaveLength(1);
  });
  it("hides no other refusal", async () => {
    const refused = { status: 422, body: { code: "provider_refused" } };
    const { client } = scripted(["lost", refused, { status: 200, body: { state: "issued" } }]);
    await expect(client.issueReceipt("ord-1", receipt)).rejects.toMatchObject({ code: "provider_refused" });
  });
});
