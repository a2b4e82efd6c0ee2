// The doors of refunds, on the built function: what a refund is told as, and what its key is good for.
import { createHash } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { named, told } from "../support/answers.ts";
import { Doors } from "../support/doors.ts";
import { payByTransfer } from "../support/kill-points.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import type { Json, Reply } from "../support/shop.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off", PAY_CONTRACTS: "vbank,escrow" } });
  doors = new Doors(stack);
  // Keys are tried won by won, more often than KSNET lets a payment be cancelled.
  await doors.shop.control("PUT", "/settings", { switches: { partial_cancel_limit: 1000 } });
  await payByTransfer(doors.shop, "ord-kept");
});
afterEach(() => doors.mend());
afterAll(() => stack?.close());

const refund = (uid: string, key: string | null, body: unknown = {}): Promise<Reply> =>
  doors.merchant("POST", `/orders/${uid}/refunds`, {
    body,
    headers: key === null ? {} : { "idempotency-key": key },
  });
const read = (uid: string, path = "") => doors.merchant("GET", `/orders/${uid}/refunds${path}`);
const loseAnswer = (uid: string) =>
  doors.shop.fault("answer_lost_after_effect", "POST /payments/cancel", { merchant_uid: uid });

/** `rf_` and the first 16 bytes of SHA-256 over number and key. */
const refundIdOf = (uid: string, key: string) =>
  `rf_${createHash("sha256").update(`${uid}\n${key}`).digest().subarray(0, 16).toString("base64url")}`;

describe("a refund", () => {
  it("is told whole, alone and in the order's list", async () => {
    await payByTransfer(doors.shop, "ord-whole");
    const { imp_uid } = await doors.shop.order("ord-whole");
    const reply = await refund("ord-whole", "key-1", { amount: 20_000, reason: "단순 변심" });
    const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect([reply.status, reply.json]).toEqual([
      200,
      {
        refund_id: refundIdOf("ord-whole", "key-1"),
        merchant_uid: "ord-whole",
        imp_uid,
        origin: "merchant",
        state: "succeeded",
        amount: 20_000,
        tax_free: 550,
        reason: "단순 변심",
        tag: expect.stringMatching(/^#[a-z2-7]{9}$/),
        cancellation_id: expect.any(String),
        requested_at: iso,
        scheduled_at: null,
        completed_at: iso,
        remaining: 89_000,
        remaining_tax_free: 2_450,
        provider_message: null,
      },
    ]);
    expect((await read("ord-whole", `/${reply.json["refund_id"]}`)).text).toBe(reply.text);
    expect((await read("ord-whole")).json).toEqual({ refunds: [reply.json] });
    expect((await refund("ord-whole", "key-2", { tax_free: "2450" })).json).toMatchObject({
      amount: 89_000,
      tax_free: 2_450,
      remaining: 0,
      remaining_tax_free: 0,
    });
    expect((await doors.shop.order("ord-whole")).state).toBe("refunded");
  });

  it("of everything needs no body", async () => {
    await payByTransfer(doors.shop, "ord-bare");
    const bare = await doors.merchant("POST", "/orders/ord-bare/refunds", {
      headers: { "idempotency-key": "key" },
    });
    expect([bare.status, bare.json["amount"], bare.json["reason"]]).toEqual([200, 109_000, null]);
  });

  it("tells PortOne its tag and 200 bytes of the reason, cut at a whole character", async () => {
    await payByTransfer(doors.shop, "ord-reason");
    const { json } = await refund("ord-reason", "key", { amount: 1_000, reason: "가".repeat(256) });
    const [cancel] = await doors.shop.cancels("ord-reason");
    expect(cancel?.["reason"]).toBe(`${json["tag"]} ${"가".repeat(66)}`);
  });

  it("made in the console is listed as the console's", async () => {
    await payByTransfer(doors.shop, "ord-console");
    const { imp_uid } = await doors.shop.order("ord-console");
    await doors.shop.control("POST", `/payments/${imp_uid}/cancel`, { amount: 30_000 });
    await doors.shop.sync("ord-console");
    const [cancel] = await doors.shop.cancels("ord-console");
    const refundId = `cx_${cancel?.["cancellation_id"]}`;
    const listed = await read("ord-console", `/${refundId}`);
    expect(listed.json).toMatchObject({
      refund_id: refundId,
      origin: "console",
      amount: 30_000,
      remaining: 79_000,
    });
    expect((await read("ord-console")).json).toEqual({ refunds: [listed.json] });
  });

  it("whose answer is lost is 202 and told where to ask; its key alone may ask again", async () => {
    await payByTransfer(doors.shop, "ord-lost");
    await loseAnswer("ord-lost");
    const pending = await refund("ord-lost", "key", { amount: 20_000 });
    const refundId = refundIdOf("ord-lost", "key");
    expect([pending.status, pending.headers.get("location")]).toEqual([
      202,
      `/orders/ord-lost/refunds/${refundId}`,
    ]);
    expect(pending.json).toMatchObject({ refund_id: refundId, state: "pending", completed_at: null });
    const other = await refund("ord-lost", "other", { amount: 20_000 });
    expect(named(other)).toEqual([409, "operation_in_flight"]);
    expect(other.json["operation"]).toBe(refundId);
    expect(named(await refund("ord-lost", "key", { amount: 1 }))).toEqual([422, "idempotency_key_reused"]);
    const found = await refund("ord-lost", "key", { amount: 20_000 });
    expect([found.status, found.json["state"]]).toEqual([200, "succeeded"]);
    expect(await doors.shop.cancels("ord-lost")).toHaveLength(1);
  });
});

describe("a repeat under its key", () => {
  it("is answered byte for byte alike, after whatever came in between", async () => {
    await payByTransfer(doors.shop, "ord-repeat");
    const first = await refund("ord-repeat", "key", { amount: 20_000, reason: "단순 변심" });
    await refund("ord-repeat", "key-2", { amount: 30_000 });
    const again = await refund("ord-repeat", "key", { reason: "단순 변심", amount: "20000" });
    expect([again.status, again.text]).toEqual([200, first.text]);
    expect(await doors.shop.cancels("ord-repeat")).toHaveLength(2);
  });

  it.each<[string, Json]>([
    ["another amount", { amount: 20_001 }],
    ["no amount", {}],
    ["another tax-free part", { amount: 20_000, tax_free: 1 }],
    ["another reason", { amount: 20_000, reason: "변심" }],
    ["another requester", { amount: 20_000, requester: "admin" }],
  ])("with %s is another refund, and refused", async (_, body) => {
    expect((await refund("ord-kept", "key-reused", { amount: 20_000 })).status).toBe(200);
    expect(named(await refund("ord-kept", "key-reused", body))).toEqual([422, "idempotency_key_reused"]);
  });

  it("that was refused for good is refused alike, also when it would fit by now", async () => {
    await payByTransfer(doors.shop, "ord-refused");
    await doors.shop.control("PUT", "/settings", { switches: { partial_cancel_limit: 0 } });
    const refused = await refund("ord-refused", "key", { amount: 20_000 });
    await doors.shop.control("PUT", "/settings", { switches: { partial_cancel_limit: 1000 } });
    expect(named(refused)).toEqual([422, "provider_refused"]);
    expect(refused.json).toMatchObject({
      provider_message: expect.stringMatching(/\p{Script=Hangul}/u),
      remaining: 109_000,
      operation: refundIdOf("ord-refused", "key"),
    });
    // The shop's client, because the answer carries the first request's number.
    const again = await doors.shop.refund("ord-refused", "key", { amount: 20_000 });
    expect([again.status, again.text]).toEqual([422, refused.text]);
    const asked = await read("ord-refused", `/${refundIdOf("ord-refused", "key")}`);
    expect(asked.json).toMatchObject({ state: "refused", cancellation_id: null });
  });

  it("that met another remainder is refused alike", async () => {
    await doors.shop.fault("notice_never", "notice", { merchant_uid: "ord-changed", count: 99 });
    await doors.shop.pay(await doors.shop.createOrder("ord-changed"));
    const { imp_uid } = await doors.shop.sync("ord-changed");
    await doors.shop.control("POST", `/payments/${imp_uid}/cancel`, { amount: 100_000 });
    const refused = await refund("ord-changed", "key", { amount: 5_000 });
    expect(named(refused)).toEqual([409, "remaining_changed"]);
    expect(refused.json["remaining"]).toBe(9_000);
    expect((await doors.shop.refund("ord-changed", "key", { amount: 5_000 })).text).toBe(refused.text);
    expect((await refund("ord-changed", "key-2", { amount: 5_000 })).status).toBe(200);
  });
});

/** All of `\x21-\x7e`, in two. */
const visible = Array.from({ length: 94 }, (_, index) => String.fromCharCode(0x21 + index)).join("");

describe("the Idempotency-Key", () => {
  it.each(["!", "~", "k".repeat(64), visible.slice(0, 47), visible.slice(47)])("may be %j", async (key) => {
    const reply = await refund("ord-kept", key, { amount: 1, tax_free: 0 });
    expect([reply.status, reply.json["refund_id"]]).toEqual([200, refundIdOf("ord-kept", key)]);
  });

  it.each([null, "", "k".repeat(65), "a key", "a, b", "k\u00e9y", "k\tk"])("must not be %j", async (key) => {
    expect(named(await refund("ord-kept", key, { amount: 1 }))).toEqual([400, "idempotency_key_required"]);
  });

  it.each(["환불-1", "key\n", " key", "key\u007f"])(
    "must not be %j by direct invocation either",
    async (key) => {
      const refused = await doors.direct("refund", {
        merchant_uid: "ord-kept",
        idempotency_key: key,
        amount: 1,
      });
      expect(named(refused)).toEqual([400, "idempotency_key_required"]);
    },
  );
});

describe("a direct invocation", () => {
  const direct = (event: Json) => doors.direct("refund", event);

  it("answers each action as HTTP does, without naming the first", async () => {
    await payByTransfer(doors.shop, "ord-direct");
    const uid = { merchant_uid: "ord-direct" };
    const made = await direct({ ...uid, idempotency_key: "key", amount: 20_000 });
    expect(told(await refund("ord-direct", "key", { amount: 20_000 }))).toEqual(told(made));
    const refund_id = refundIdOf("ord-direct", "key");
    expect(told(await direct({ action: "refund.get", ...uid, refund_id }))).toEqual(told(made));
    expect(told(await direct({ action: "refund.list", ...uid }))).toEqual(told(await read("ord-direct")));
  });

  it.each<[Json]>([
    [{ amount: 0 }],
    [{ amount: "20,000" }],
    [{ amount: 999_999_999 }],
    [{ tax_free: 0 }],
    [{ ammount: 1 }],
  ])("is refused by a value as over HTTP: %j", async (body) => {
    const event = { action: "refund.create", merchant_uid: "ord-kept", idempotency_key: "key-d", ...body };
    expect(told(await direct(event))).toEqual(told(await refund("ord-kept", "key-d", body)));
  });

  it("is refused another function's action, and with any mark of HTTP", async () => {
    expect(named(await direct({ action: "order.get", merchant_uid: "ord-kept" }))).toEqual([
      400,
      "invalid_field",
    ]);
    const before = await doors.shop.order("ord-kept");
    for (const mark of ["version", "routeKey", "rawPath", "requestContext", "headers", "body"]) {
      const event = { merchant_uid: "ord-kept", idempotency_key: `key-${mark}`, amount: 1, [mark]: {} };
      const { error, json } = await doors.invoke("refund", event);
      expect(error !== null || Number(json["statusCode"]) >= 400, mark).toBe(true);
    }
    expect(await doors.shop.order("ord-kept")).toEqual(before);
  });
});
