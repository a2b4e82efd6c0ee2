// Stories of a refund, told over sockets on the built functions. S-numbers name what happened to people.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { payByTransfer } from "../support/kill-points.ts";
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

const quietMs = 10 * 60_000;
const advance = (ms: number) => shop.advance(ms);
const sweep = () => shop.sweep();
const cancelsOf = (merchantUid: string) => shop.cancels(merchantUid);

/** Nobody tells the shop of a cancel in PortOne's console. */
const withoutNotices = (merchantUid: string) =>
  shop.control("POST", "/faults", {
    name: "notice_never",
    call: "notice",
    merchant_uid: merchantUid,
    count: 9,
  });

const cancelFault = (name: string, merchantUid: string, more: Json = {}) =>
  shop.control("POST", "/faults", {
    name,
    call: "POST /payments/cancel",
    merchant_uid: merchantUid,
    ...more,
  });

describe("a refund", () => {
  it("gives back a part with its tax-free share, and then the rest", async () => {
    await payByTransfer(shop, "ord-refund");
    const part = await shop.refund("ord-refund", "key-1", { amount: 20_000, reason: "단순 변심" });
    expect(part.status, part.text).toBe(200);
    expect(part.json).toMatchObject({
      state: "succeeded",
      origin: "merchant",
      amount: 20_000,
      tax_free: 550,
      remaining: 89_000,
      remaining_tax_free: 2_450,
    });
    const [cancel] = await cancelsOf("ord-refund");
    expect(cancel).toMatchObject({ amount: 20_000, reason: `${part.json["tag"]} 단순 변심` });
    expect(cancel?.["cancellation_id"]).toBe(part.json["cancellation_id"]);

    const rest = await shop.refund("ord-refund", "key-2", {});
    expect(rest.json).toMatchObject({ amount: 89_000, tax_free: 2_450, remaining: 0, remaining_tax_free: 0 });
    expect(await shop.order("ord-refund")).toMatchObject({
      state: "refunded",
      cancel_amount: 109_000,
      cancel_tax_free: 3_000,
    });
    const nothing = await shop.refund("ord-refund", "key-3", {});
    expect([nothing.status, nothing.json["code"], nothing.json["remaining"]]).toEqual([
      409,
      "refund_exceeds_remaining",
      0,
    ]);
    const listed = await shop.merchant("GET", "/orders/ord-refund/refunds");
    expect(listed.json["refunds"]).toEqual([part.json, rest.json]);
    const one = await shop.merchant("GET", `/orders/ord-refund/refunds/${part.json["refund_id"]}`);
    expect(one.text).toBe(part.text);
  });

  it.each([
    ["no key", undefined, {}, 400, "idempotency_key_required"],
    ["a key with a space", "a b", {}, 400, "idempotency_key_required"],
    ["a key of 65", "k".repeat(65), {}, 400, "idempotency_key_required"],
    ["S21 zero", "key", { amount: 0 }, 400, "refund_amount_not_positive"],
    ["S21 zero as text", "key", { amount: "0" }, 400, "refund_amount_not_positive"],
    ["less than nothing", "key", { amount: -1 }, 400, "refund_amount_not_positive"],
    ["S21 nothing at all (null)", "key", { amount: null }, 400, "invalid_field"],
    ["a fraction of a won", "key", { amount: 0.5 }, 400, "invalid_field"],
    ["an unknown field", "key", { ammount: 1 }, 400, "invalid_field"],
    ["a key in the body", "key", { idempotency_key: "key" }, 400, "invalid_field"],
    ["more than is left", "key", { amount: 109_001 }, 409, "refund_exceeds_remaining"],
    [
      "more tax-free than there is",
      "key",
      { amount: 9_000, tax_free: 3_001 },
      409,
      "refund_tax_free_exceeds_remaining",
    ],
  ])("refuses %s by name and moves nothing", async (title, key, body, status, code) => {
    const merchantUid = `ord-refused-${title.replaceAll(/[^a-z0-9]/gi, "-").slice(0, 20)}`;
    await payByTransfer(shop, merchantUid);
    const reply =
      key === undefined
        ? await shop.merchant("POST", `/orders/${merchantUid}/refunds`, body)
        : await shop.refund(merchantUid, key, body);
    expect([reply.status, reply.json["code"]], reply.text).toEqual([status, code]);
    expect(await cancelsOf(merchantUid)).toEqual([]);
    expect(await shop.order(merchantUid)).toMatchObject({ state: "paid", operation: null });
  });

  it("is refused for an order that is not paid, and for none", async () => {
    await shop.createOrder("ord-unpaid");
    expect((await shop.refund("ord-unpaid", "key", {})).json["code"]).toBe("order_not_paid");
    expect((await shop.refund("ord-nobody", "key", {})).json["code"]).toBe("order_not_found");
    expect((await shop.merchant("GET", "/orders/ord-unpaid/refunds/rf_none")).json["code"]).toBe(
      "refund_not_found",
    );
  });

  it("S17 asked twice at once under one key happens once and is answered alike", async () => {
    await payByTransfer(shop, "ord-s17");
    const [first, second] = await Promise.all([
      shop.refund("ord-s17", "key", { amount: 20_000 }),
      shop.refund("ord-s17", "key", { amount: "20000" }),
    ]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(second.text).toBe(first.text);
    expect(await cancelsOf("ord-s17")).toHaveLength(1);
    const other = await shop.refund("ord-s17", "key", { amount: 20_001 });
    expect([other.status, other.json["code"]]).toEqual([422, "idempotency_key_reused"]);
  });

  it("S18 of an equal amount under another key happens as well", async () => {
    await payByTransfer(shop, "ord-s18");
    expect((await shop.refund("ord-s18", "key-1", { amount: 10_000 })).status).toBe(200);
    expect((await shop.refund("ord-s18", "key-2", { amount: 10_000 })).status).toBe(200);
    expect(await cancelsOf("ord-s18")).toHaveLength(2);
  });

  it("names the refund in flight to another key", async () => {
    await payByTransfer(shop, "ord-in-flight");
    await cancelFault("answer_lost_after_effect", "ord-in-flight");
    const pending = await shop.refund("ord-in-flight", "key-1", { amount: 10_000 });
    const other = await shop.refund("ord-in-flight", "key-2", { amount: 10_000 });
    expect([other.status, other.json["code"]]).toEqual([409, "operation_in_flight"]);
    expect(other.json["operation"]).toBe(pending.json["refund_id"]);
    expect(other.headers.get("retry-after")).not.toBeNull();
  });

  it("keeps the answer of a refusal for its key", async () => {
    await payByTransfer(shop, "ord-final");
    await withoutNotices("ord-final");
    await shop.control("POST", `/payments/${(await shop.order("ord-final")).imp_uid}/cancel`, {
      amount: 100_000,
    });
    const refused = await shop.refund("ord-final", "key", { amount: 20_000 });
    expect([refused.status, refused.json["code"], refused.json["remaining"]]).toEqual([
      409,
      "remaining_changed",
      9_000,
    ]);
    const again = await shop.refund("ord-final", "key", { amount: 20_000 });
    expect(again.text).toBe(refused.text);
    const told = await shop.merchant("GET", `/orders/ord-final/refunds/${refused.json["operation"]}`);
    expect(told.json).toMatchObject({ state: "refused", amount: 20_000, cancellation_id: null });
  });
});

describe("a refund whose answer is lost", () => {
  it("S14 is 202 when it took effect, then succeeded, with exactly one cancel", async () => {
    await payByTransfer(shop, "ord-s14");
    await cancelFault("answer_lost_after_effect", "ord-s14");
    const pending = await shop.refund("ord-s14", "key", { amount: 20_000 });
    expect([pending.status, pending.json["state"]]).toEqual([202, "pending"]);
    const location = String(pending.headers.get("location"));
    expect((await shop.merchant("GET", location)).json["state"]).toBe("pending");
    await advance(61_000);
    const report = await sweep();
    expect(report).toMatchObject({ errors: 0, left: 0, stopped: "done" });
    expect(report["resumed"]).toBeGreaterThanOrEqual(1);
    expect((await shop.merchant("GET", location)).json).toMatchObject({
      state: "succeeded",
      remaining: 89_000,
    });
    expect(await cancelsOf("ord-s14")).toHaveLength(1);
  });

  it("S15 is 202 when it did not, and is sent once more after QUIET with the same tag and checksum", async () => {
    await payByTransfer(shop, "ord-s15");
    await cancelFault("reset_without_effect", "ord-s15").catch(() =>
      cancelFault("server_error_then_ok", "ord-s15"),
    );
    const pending = await shop.refund("ord-s15", "key", { amount: 20_000 });
    expect(pending.status).toBe(202);
    await advance(61_000);
    await sweep();
    expect(await cancelsOf("ord-s15")).toEqual([]);
    for (let looks = 0; looks < 4; looks += 1) {
      await advance(quietMs / 2);
      await sweep();
    }
    const cancels = await cancelsOf("ord-s15");
    expect(cancels).toHaveLength(1);
    expect(String(cancels[0]?.["reason"])).toMatch(new RegExp(`^${pending.json["tag"]}`));
    const done = await shop.refund("ord-s15", "key", { amount: 20_000 });
    expect(done.json).toMatchObject({ state: "succeeded", remaining: 89_000 });
  });

  it("S46 reads that are behind un-happen nothing and send nothing again", async () => {
    await payByTransfer(shop, "ord-s46");
    const { imp_uid } = await shop.order("ord-s46");
    expect((await shop.refund("ord-s46", "key-1", { amount: 20_000 })).status).toBe(200);
    await shop.control("POST", "/faults", {
      name: "stale_read",
      call: "*",
      merchant_uid: "ord-s46",
      count: 50,
      delay_ms: 3_600_000,
    });
    const notice = { imp_uid, merchant_uid: "ord-s46", status: "cancelled" };
    await shop.anybody("POST", "/portone/notice", notice);
    expect(await shop.sync("ord-s46")).toMatchObject({ state: "partially_refunded", remaining: 89_000 });
    await cancelFault("answer_lost_after_effect", "ord-s46");
    expect((await shop.refund("ord-s46", "key-2", { amount: 20_000 })).status).toBe(202);
    for (let looks = 0; looks < 4; looks += 1) {
      await advance(quietMs);
      await sweep();
    }
    expect(await cancelsOf("ord-s46")).toHaveLength(2);
    await shop.control("DELETE", "/faults");
    expect((await shop.refund("ord-s46", "key-2", { amount: 20_000 })).json).toMatchObject({
      state: "succeeded",
      remaining: 69_000,
    });
    expect(await cancelsOf("ord-s46")).toHaveLength(2);
  });

  it("the provider keeps no reason: found by the remainder it was sent with", async () => {
    await payByTransfer(shop, "ord-dropped");
    await cancelFault("answer_lost_after_effect", "ord-dropped");
    await cancelFault("reason_dropped", "ord-dropped");
    await shop.refund("ord-dropped", "key", { amount: 20_000 });
    await advance(61_000);
    await sweep();
    const done = await shop.refund("ord-dropped", "key", { amount: 20_000 });
    expect([done.status, done.json["state"], done.json["remaining"]]).toEqual([200, "succeeded", 89_000]);
    expect(await cancelsOf("ord-dropped")).toHaveLength(1);
  });
});

it("S19 a console cancel that came first: the refund is refused with what is left, nothing moved", async () => {
  await payByTransfer(shop, "ord-s19");
  await withoutNotices("ord-s19");
  const { imp_uid } = await shop.order("ord-s19");
  await shop.control("POST", `/payments/${imp_uid}/cancel`, { amount: 30_000 });
  const refused = await shop.refund("ord-s19", "key", { amount: 20_000 });
  expect([refused.status, refused.json["code"], refused.json["remaining"]]).toEqual([
    409,
    "remaining_changed",
    79_000,
  ]);
  expect(await cancelsOf("ord-s19")).toHaveLength(1);
  expect(await shop.order("ord-s19")).toMatchObject({ state: "partially_refunded", remaining: 79_000 });
  const listed = await shop.merchant("GET", "/orders/ord-s19/refunds");
  expect(listed.json["refunds"]).toMatchObject([{ origin: "console", amount: 30_000, remaining: 79_000 }]);
  expect((await shop.refund("ord-s19", "key-2", { amount: 20_000 })).json).toMatchObject({
    remaining: 59_000,
  });
});

it("S47 a key that succeeded long ago gets its old answer after other refunds, without a call", async () => {
  await payByTransfer(shop, "ord-s47");
  const first = await shop.refund("ord-s47", "key-0", { amount: 1_000 });
  for (let index = 1; index <= 8; index += 1)
    expect((await shop.refund("ord-s47", `key-${index}`, { amount: 1_000 })).status).toBe(200);
  await advance(90 * 24 * 3_600_000);
  await shop.local("DELETE", "/calls");
  const again = await shop.refund("ord-s47", "key-0", { amount: 1_000 });
  expect(again.text).toBe(first.text);
  const calls = await shop.local<{ portone: { by_function: Json } }>("GET", "/calls");
  expect(calls.portone.by_function["refund"] ?? {}).toEqual({});
  expect(await cancelsOf("ord-s47")).toHaveLength(9);
});

it("answers a direct invocation like HTTP", async () => {
  await payByTransfer(shop, "ord-direct");
  const invoke = (body: Json) => shop.anybody("POST", "/2015-03-31/functions/refund/invocations", body);
  const direct = await invoke({ merchant_uid: "ord-direct", idempotency_key: "k1", amount: 20_000 });
  expect(direct.json).toMatchObject({ status: 200, body: { state: "succeeded", amount: 20_000 } });
  const http = await shop.refund("ord-direct", "k1", { amount: 20_000 });
  expect(http.json).toEqual(direct.json["body"]);
  const refused = await invoke({ action: "refund.create", merchant_uid: "ord-direct", amount: 20_000 });
  expect(refused.json).toMatchObject({ status: 400, body: { code: "idempotency_key_required" } });
});
