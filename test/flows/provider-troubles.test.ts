// What PortOne may do wrong, and what may come in its name, over sockets on the built functions.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop } from "../support/shop.ts";
import { withoutNotices } from "../support/steps.ts";

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

describe("S27 a notice in every form PortOne can be set to", () => {
  const form = (body: Record<string, string>) => new URLSearchParams(body).toString();

  it.each([
    ["json", "application/json", JSON.stringify],
    ["json-charset", "application/json; charset=utf-8", JSON.stringify],
    ["form", "application/x-www-form-urlencoded", form],
    ["form-charset", "application/x-www-form-urlencoded; charset=UTF-8", form],
  ])("%s syncs alike", async (name, contentType, encode) => {
    const merchantUid = `ord-s27-${name}`;
    await withoutNotices(shop, merchantUid);
    const { imp_uid } = await shop.pay(await shop.createOrder(merchantUid));
    const body = encode({ imp_uid, merchant_uid: merchantUid, status: "paid" });
    const reply = await shop.anybody("POST", "/portone/notice", body, { "content-type": contentType });
    expect([reply.status, reply.text]).toEqual([200, "{}"]);
    expect(await shop.order(merchantUid)).toMatchObject({ state: "paid", imp_uid });
  });

  it("PortOne's own form setting syncs alike", async () => {
    await shop.control("PUT", "/settings", { webhook_content_type: "application/x-www-form-urlencoded" });
    await shop.pay(await shop.createOrder("ord-s27-setting"));
    const [notice] = await shop.notices("ord-s27-setting", 1);
    expect(notice).toMatchObject({ content_type: "application/x-www-form-urlencoded", status: 200 });
    expect((await shop.order("ord-s27-setting")).state).toBe("paid");
    await shop.control("PUT", "/settings", { webhook_content_type: "application/json" });
  });
});

describe("S28 what is no notice of ours", () => {
  const valid = { imp_uid: "imp_1234567890", merchant_uid: "merchant_1234567890", status: "ready" };

  it.each([
    ["the console's call test", valid, "application/json", 200],
    ["an unknown order", { ...valid, merchant_uid: "ord-nobody" }, "application/json", 200],
    ["garbage", "%%%", "application/json", 400],
    ["a list", [], "application/json", 400],
    ["no imp_uid", { merchant_uid: "ord-nobody", status: "paid" }, "application/json", 400],
    ["an imp_uid that is none", { ...valid, imp_uid: "한글" }, "application/json", 400],
    ["another type", JSON.stringify(valid), "text/plain", 415],
    ["2 MB", JSON.stringify({ ...valid, pad: "가".repeat(700_000) }), "application/json", 413],
  ])("%s makes no call and stores nothing", async (_, body, contentType, status) => {
    await shop.local("DELETE", "/calls");
    const reply = await shop.anybody("POST", "/portone/notice", body, { "content-type": contentType });
    expect([reply.status, reply.text]).toEqual([status, "{}"]);
    const calls = await shop.local<{ portone: { by_function: Json }; dynamodb: { write_units: number } }>(
      "GET",
      "/calls",
    );
    expect(calls.portone.by_function["notice"] ?? {}).toEqual({});
    expect(calls.dynamodb.write_units).toBe(0);
  });

  it("the simulator's own call test is answered 200", async () => {
    await shop.control("PUT", "/settings", { webhook_url: `${stack.gatewayUrl}/portone/notice` });
    expect(await shop.control("POST", "/call-test", {})).toMatchObject({ status: 200 });
  });
});

describe("S31 PortOne's troubles are told apart and never taken for success", () => {
  it.each([
    ["server_error_then_ok", 2],
    ["invalid_json", 2],
    ["reset_mid_body", 2],
    ["rate_limited", 2],
    ["token_expired", 2],
  ])("%s until it ends: 503, then paid", async (name, count) => {
    const merchantUid = `ord-s31-${name.replaceAll("_", "-")}`;
    await withoutNotices(shop, merchantUid);
    const { imp_uid } = await shop.pay(await shop.createOrder(merchantUid));
    await shop.fault(name, "GET /payments/{imp_uid}", { merchant_uid: merchantUid, count });
    const undecided = await shop.complete(merchantUid, imp_uid);
    expect([undecided.status, undecided.json["code"]]).toEqual([503, "provider_unavailable"]);
    expect(undecided.headers.get("retry-after")).toBe("2");
    expect((await shop.order(merchantUid)).state).toBe("approved");
    expect((await shop.complete(merchantUid, imp_uid)).json["state"]).toBe("paid");
  });

  it("a token that expires in flight is renewed once, without anybody noticing", async () => {
    await withoutNotices(shop, "ord-s31-token");
    const { imp_uid } = await shop.pay(await shop.createOrder("ord-s31-token"));
    await shop.fault("token_expired", "GET /payments/{imp_uid}", { merchant_uid: "ord-s31-token" });
    expect((await shop.complete("ord-s31-token", imp_uid)).json["state"]).toBe("paid");
    const { faults } = await shop.control<{ faults: readonly Json[] }>("GET", "/faults");
    expect(faults.at(-1)).toMatchObject({ name: "token_expired", hits: 1 });
  });

  it("no answer to a notice's question is 500, so that PortOne may repeat it", async () => {
    await withoutNotices(shop, "ord-s31-500");
    const { imp_uid } = await shop.pay(await shop.createOrder("ord-s31-500"));
    const broken = { merchant_uid: "ord-s31-500", count: 2 };
    await shop.fault("reset_mid_body", "GET /payments/{imp_uid}", broken);
    const notice = { imp_uid, merchant_uid: "ord-s31-500", status: "paid" };
    expect((await shop.anybody("POST", "/portone/notice", notice)).status).toBe(500);
    expect((await shop.anybody("POST", "/portone/notice", notice)).status).toBe(200);
    expect((await shop.order("ord-s31-500")).state).toBe("paid");
  });
});

describe("a table in trouble", () => {
  it.each(["dynamodb_down", "dynamodb_no_answer", "dynamodb_throttled"])(
    "%s: confirm refuses in time, no money moves, and the buyer can try again",
    async (name) => {
      const merchantUid = `ord-${name.replaceAll("_", "-")}`;
      const requestPay = await shop.createOrder(merchantUid);
      await shop.local("POST", "/faults", { name, function: "confirm", count: 20 });
      const refused = await shop.pay(requestPay);
      await shop.local("DELETE", "/faults");
      expect(refused.confirm).toMatchObject({ status: 503, reason: "잠시 후 다시 시도해 주세요" });
      expect(refused.payment.status).toBe("failed");
      expect((await shop.pay(requestPay)).payment.status).toBe("paid");
    },
  );

  it("a lost answer to confirm's write is a yes all the same, with one hold", async () => {
    const requestPay = await shop.createOrder("ord-lost-answer");
    await shop.local("POST", "/faults", {
      name: "dynamodb_answer_lost_after_effect",
      function: "confirm",
      call: "UpdateItem",
    });
    expect((await shop.pay(requestPay)).confirm).toMatchObject({ status: 200 });
    await shop.notices("ord-lost-answer", 1);
    expect((await shop.order("ord-lost-answer")).attempts).toHaveLength(1);
  });
});
