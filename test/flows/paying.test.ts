// Stories of a payment, told over sockets on the built functions. S-numbers name what happened to people.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { Shop } from "../support/shop.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
});
afterAll(() => stack?.close());

describe("a card payment", () => {
  it("S01 is paid by the notice alone when the app dies before the callback", async () => {
    const requestPay = await shop.createOrder("ord-s01");
    const paid = await shop.pay(requestPay);
    expect(paid.confirm).toMatchObject({ status: 200, reason: null });
    expect(await shop.notices("ord-s01", 1)).toMatchObject([{ status: 200 }]);

    const order = await shop.order("ord-s01");
    expect(order).toMatchObject({ state: "paid", imp_uid: paid.imp_uid, remaining: 109_000 });
    expect(order.history.map(({ to, by }) => `${to} by ${by}`)).toEqual([
      "created by merchant",
      "approved by portone",
      "paid by portone",
    ]);
  });

  it("S03 changes the order once when notice and callback arrive together, ten copies each", async () => {
    await shop.control("POST", "/faults", { name: "notice_never", call: "notice", merchant_uid: "ord-s03" });
    const requestPay = await shop.createOrder("ord-s03");
    const { imp_uid } = await shop.pay(requestPay);
    const notice = new URL(String(requestPay["notice_url"])).pathname;
    const body = { imp_uid, merchant_uid: "ord-s03", status: "paid" };

    const replies = await Promise.all(
      Array.from({ length: 10 }, () => [
        shop.anybody("POST", notice, body),
        shop.complete("ord-s03", imp_uid),
      ]).flat(),
    );
    expect(replies.map((reply) => reply.status)).toEqual(replies.map(() => 200));
    const order = await shop.order("ord-s03");
    expect(order.history.filter(({ to }) => to === "paid")).toHaveLength(1);
    expect(order).toMatchObject({ state: "paid", version: 3 });
  });

  it("is refused by confirm with the reason the buyer sees when the order was voided meanwhile", async () => {
    const requestPay = await shop.createOrder("ord-voided");
    expect((await shop.merchant("POST", "/orders/ord-voided/void", {})).json["state"]).toBe("voided");
    const refused = await shop.pay(requestPay);
    expect(refused.confirm).toMatchObject({ status: 409, reason: "결제할 수 없는 주문입니다" });
    expect(refused.payment).toMatchObject({
      status: "failed",
      fail_reason: "고객사 요청에 의해 결제를 중단합니다. (상세사유 : 결제할 수 없는 주문입니다)",
    });
  });

  it("may be tried again after a decline, which no notice tells", async () => {
    const requestPay = await shop.createOrder("ord-declined");
    const declined = await shop.decline(requestPay);
    expect(declined.payment.status).toBe("failed");
    expect((await shop.order("ord-declined")).state).toBe("approved");
    const told = await shop.complete("ord-declined", declined.payment.imp_uid);
    expect(told.json).toMatchObject({ state: "failed" });

    const paid = await shop.pay(requestPay);
    expect(paid.payment.status).toBe("paid");
    await shop.notices("ord-declined", 1);
    expect(await shop.order("ord-declined")).toMatchObject({ state: "paid", imp_uid: paid.imp_uid });
  });

  it("asks PortOne about the attempt that holds the order before it refuses a second window", async () => {
    const requestPay = await shop.createOrder("ord-two-windows");
    await shop.decline(requestPay);
    const paid = await shop.pay(requestPay);
    expect(paid.confirm).toMatchObject({ status: 200 });
    expect(paid.payment.status).toBe("paid");
  });
});

describe("a virtual account", () => {
  it("waits for the deposit, tells the buyer where to pay, and is paid by its notice", async () => {
    const requestPay = await shop.createOrder("ord-vbank", {
      pay_method: "vbank",
      vbank_due: "2099-12-31 23:59:59",
    });
    expect(requestPay["tax_free"]).toBe(0);
    const issued = await shop.pay(requestPay);
    await shop.notices("ord-vbank", 1);
    const told = await shop.complete("ord-vbank", issued.imp_uid);
    expect(told.json).toMatchObject({
      state: "awaiting_deposit",
      vbank: { vbank_num: expect.any(String), vbank_due_at: "2099-12-31T14:59:59.000Z" },
    });
    await shop.control("POST", `/payments/${issued.imp_uid}/deposit`, {});
    await shop.notices("ord-vbank", 2);
    expect(await shop.order("ord-vbank")).toMatchObject({ state: "paid", vbank: null });
  });
});

describe("the mobile way back", () => {
  it("ends at the shop's own page with the state, never with the provider's text", async () => {
    const requestPay = await shop.createOrder("ord-mobile");
    const paid = await shop.pay(requestPay, { device: "mobile" });
    const back = new URL(String(paid.redirect));
    const reply = await shop.anybody(
      "GET",
      `${back.pathname}${back.search}&error_code=F500&error_msg=%EC%8B%A4%ED%8C%A8`,
    );
    expect(reply.status).toBe(303);
    const location = new URL(String(reply.headers.get("location")));
    expect(Object.fromEntries(location.searchParams)).toEqual({
      merchant_uid: "ord-mobile",
      state: "paid",
      error_code: "F500",
    });
  });

  it.each([
    ["an unknown order", "/payments/redirect?merchant_uid=ord-nobody&imp_uid=imp_000000000000", "unknown"],
    ["no order at all", "/payments/redirect", "unknown"],
  ])("answers %s like any other buyer", async (_, path, state) => {
    const reply = await shop.anybody("GET", path);
    expect(reply.status).toBe(303);
    expect(new URL(String(reply.headers.get("location"))).searchParams.get("state")).toBe(state);
  });
});

it("S37 gives a retrying shop the same order, and refuses another one under its number", async () => {
  const { orderBody } = await import("../support/shop.ts");
  const [first, second] = await Promise.all([
    shop.merchant("POST", "/orders", orderBody("ord-s37")),
    shop.merchant("POST", "/orders", orderBody("ord-s37", { amount: "109000" })),
  ]);
  expect([first.status, second.status].sort()).toEqual([200, 201]);
  expect(second.json).toEqual(first.json);
  const other = await shop.merchant("POST", "/orders", orderBody("ord-s37", { amount: 109_001 }));
  expect([other.status, other.json["code"]]).toEqual([409, "order_exists"]);
  expect(await shop.order("ord-s37")).toMatchObject({ amount: 109_000, version: 1 });
});

it("S44 carries Korean, emoji and 40-character texts byte for byte", async () => {
  const name = `${"가".repeat(38)}🎁🙂`;
  const custom_data = { 메모: "선물 포장 🎀", userId: 30930 };
  const requestPay = await shop.createOrder("ord-s44", { name, buyer_name: "남궁 민수🙂", custom_data });
  expect(requestPay).toMatchObject({ name, custom_data, buyer_name: "남궁 민수🙂" });
  const { payment } = await shop.pay(requestPay);
  expect(payment).toMatchObject({ name, custom_data: JSON.stringify(custom_data) });
  await shop.notices("ord-s44", 1);
  expect(await shop.order("ord-s44")).toMatchObject({ state: "paid", name });
});

it("keeps to PortOne's documented shapes, both ways", async () => {
  expect(await shop.control("GET", "/violations")).toEqual({ violations: [] });
});
