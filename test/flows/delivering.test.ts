// Parcels of escrow orders: told to PortOne once it listens. Over sockets on the built functions.
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_CONTRACTS: "vbank,escrow,instalments,easy_pay,phone" } });
  shop = new Shop(stack);
  await shop.control("PUT", "/settings", {
    contracts: ["vbank", "escrow", "instalments", "easy_pay", "phone"],
  });
});
afterEach(async () => {
  await shop.control("DELETE", "/faults");
});
afterAll(() => stack?.close());

const parcel = (logis: Json = {}, more: Json = {}): Json => ({
  sender: { name: "샘플상점", tel: "02-000-0000", addr: "서울 성동구 성수이로", postcode: "04783" },
  receiver: { name: "홍길동", tel: "010-1234-5678", addr: "부산 해운대구 우동", postcode: "48058" },
  logis: { company: "CJGLS", invoice: "600000000000", sent_at: "2026-08-06T04:20:00.000Z", ...logis },
  ...more,
});

async function payByEscrow(merchantUid: string): Promise<string> {
  const requestPay = await shop.createOrder(merchantUid, { pay_method: "trans", escrow: true });
  const { imp_uid } = await shop.pay(requestPay);
  await shop.notices(merchantUid, 1);
  expect(await shop.order(merchantUid)).toMatchObject({ state: "paid", escrow: true });
  return imp_uid;
}
const deliver = (method: string, merchantUid: string, body?: Json) =>
  shop.merchant(method, `/orders/${merchantUid}/delivery`, body);
const minutes = (count: number) => shop.advance(count * 60_000);

it("a parcel is registered, visible later, and changed by the sweep once PortOne takes it", async () => {
  await payByEscrow("esc-1");
  expect((await deliver("GET", "esc-1")).json).toMatchObject({ status: 404, code: "delivery_not_found" });
  const registered = await deliver("POST", "esc-1", parcel());
  expect([registered.status, registered.json]).toEqual([
    200,
    {
      merchant_uid: "esc-1",
      company: "CJGLS",
      invoice: "600000000000",
      sent_at: "2026-08-06T04:20:00.000Z",
      applied_at: expect.stringMatching(/Z$/),
      state: "registered",
      review_reason: null,
    },
  ]);
  expect((await deliver("POST", "esc-1", parcel())).json).toEqual(registered.json);
  expect((await deliver("GET", "esc-1")).json).toMatchObject({
    status: 409,
    code: "delivery_not_visible_yet",
  });

  const early = await deliver("PUT", "esc-1", parcel({ invoice: "600000000001" }));
  expect([early.status, early.json["state"], early.json["invoice"]]).toEqual([
    202,
    "scheduled",
    "600000000001",
  ]);
  const queued = async () => (await shop.merchant("GET", "/queue")).json["operations"];
  expect(await queued()).toEqual([]);
  await minutes(2);
  await shop.sweep();
  expect(await queued()).toMatchObject([
    { merchant_uid: "esc-1", of: "delivery", kind: "delivery_update", state: "scheduled" },
  ]);
  for (const wait of [5, 15, 30]) {
    await minutes(wait);
    await shop.sweep();
  }
  expect(await queued()).toEqual([]);
  const changed = await deliver("GET", "esc-1");
  expect([changed.status, changed.json["invoice"]]).toEqual([200, "600000000001"]);
  const { json } = await deliver("PUT", "esc-1", parcel({ invoice: "600000000002" }));
  expect(json).toMatchObject({ state: "registered", invoice: "600000000002" });
});

it("a parcel whose answer is lost is registered once", async () => {
  await payByEscrow("esc-2");
  await shop.fault("answer_lost_after_effect", "POST /escrows/logis/{imp_uid}", {});
  expect((await deliver("POST", "esc-2", parcel())).status).toBe(202);
  for (const wait of [2, 5, 15, 30, 120]) {
    await minutes(wait);
    await shop.sweep();
  }
  expect((await deliver("GET", "esc-2")).json).toMatchObject({
    invoice: "600000000000",
    state: "registered",
  });
  const { logis } = await shop.control<{ logis: readonly Json[] }>("GET", "/state");
  expect(logis.filter(({ invoice }) => invoice === "600000000000")).toHaveLength(1);
});

it.each<[string, string, Json, number, string]>([
  ["an unknown courier", "esc-1", parcel({ company: "PIGEON" }), 400, "invalid_field"],
  ["no receiver", "esc-1", parcel({}, { receiver: undefined }), 400, "invalid_field"],
  ["a time in seconds", "esc-1", parcel({ sent_at: 1_785_990_000 }), 400, "invalid_field"],
  ["no such order", "esc-nobody", parcel(), 404, "order_not_found"],
])("is refused by name: %s", async (_, merchantUid, body, status, code) => {
  expect((await deliver("POST", merchantUid, body)).json).toMatchObject({ status, code });
});

it("is for paid escrow orders only", async () => {
  await shop.createOrder("esc-unpaid", { pay_method: "trans", escrow: true });
  expect((await deliver("POST", "esc-unpaid", parcel())).json).toMatchObject({ code: "order_not_paid" });
  await shop.pay(await shop.createOrder("esc-none"));
  await shop.notices("esc-none", 1);
  const refused = await deliver("POST", "esc-none", parcel());
  expect(refused.json).toMatchObject({ status: 422, code: "escrow_not_requested" });
});

it("a part of an escrow payment is not refunded before the purchase is confirmed (R-KS-33)", async () => {
  await payByEscrow("esc-3");
  const part = await shop.refund("esc-3", "key-1", { amount: 20_000 });
  expect(part.json).toMatchObject({ status: 422, code: "escrow_not_confirmed", rule: "R-KS-33" });
  expect(await shop.cancels("esc-3")).toEqual([]);
  expect((await shop.refund("esc-3", "key-2", {})).status).toBe(200);
});
