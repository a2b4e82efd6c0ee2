// What strangers and dishonest buyers try, over sockets on the built functions.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { Shop } from "../support/shop.ts";

let stack: LocalStack;
let shop: Shop;
/** As deployed by default: amounts are registered with PortOne before a window can open. */
let preparedStack: LocalStack;
let prepared: Shop;

beforeAll(async () => {
  preparedStack = await startStack();
  prepared = new Shop(preparedStack);
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  shop = new Shop(stack);
});
afterAll(async () => {
  await preparedStack?.close();
  await stack?.close();
});

describe("S09 an amount forged down in the browser", () => {
  it("is refused by confirm", async () => {
    const requestPay = await shop.createOrder("ord-s09-confirm", { amount: 10_000, tax_free: 0 });
    const forged = await shop.pay({ ...requestPay, amount: 100 });
    expect(forged.confirm).toMatchObject({ status: 409, reason: "결제 금액이 주문과 다릅니다" });
    expect(forged.payment.status).toBe("failed");
    expect(await shop.order("ord-s09-confirm")).toMatchObject({ state: "created", attempts: [] });
  });

  it("does not even open a window, because the amount was registered", async () => {
    const requestPay = await prepared.createOrder("ord-s09-prepared", { amount: 10_000, tax_free: 0 });
    const forged = await prepared.pay({ ...requestPay, amount: 100 });
    expect(forged.refused).toMatchObject({ error_code: "F0001" });
    expect((await prepared.pay(requestPay)).payment.status).toBe("paid");
  });
});

it("S11 another order's imp_uid syncs nothing, and tells nothing", async () => {
  const mine = await shop.createOrder("ord-s11-mine");
  await shop.createOrder("ord-s11-yours");
  const { imp_uid } = await shop.pay(mine);
  await shop.notices("ord-s11-mine", 1);
  const before = [await shop.order("ord-s11-mine"), await shop.order("ord-s11-yours")];

  const wrong = await shop.complete("ord-s11-yours", imp_uid);
  const unknownOrder = await shop.complete("ord-s11-nobody", imp_uid);
  const unknownPayment = await shop.complete("ord-s11-yours", "imp_000000000000");
  const uniform = [wrong, unknownOrder, unknownPayment].map((reply) => {
    const { request_id, ...told } = reply.json;
    expect(request_id).toBe(reply.headers.get("x-request-id"));
    return { status: reply.status, told };
  });
  expect(uniform[0]).toMatchObject({ status: 404, told: { code: "order_not_found" } });
  expect(uniform[1]).toEqual(uniform[0]);
  expect(uniform[2]).toEqual(uniform[0]);
  const notice = await shop.anybody("POST", "/portone/notice", {
    imp_uid,
    merchant_uid: "ord-s11-yours",
    status: "paid",
  });
  expect([notice.status, notice.text]).toEqual([200, "{}"]);
  expect([await shop.order("ord-s11-mine"), await shop.order("ord-s11-yours")]).toEqual(before);
});

describe("S52 a stranger's confirm with an invented imp_uid for a guessable order", () => {
  const stranger = { imp_uid: "imp_999999999999", merchant_uid: "ord-s52", amount: 109_000 };

  it.each([
    ["without a token", "/portone/confirm"],
    ["with an invented token", "/portone/confirm/AAAAAAAAAAAAAAAAAAAAAA"],
  ])("is refused %s, and the order's buyer pays untouched", async (title, path) => {
    const merchantUid = `ord-s52-${title.length}`;
    const requestPay = await shop.createOrder(merchantUid);
    const refused = await shop.anybody("POST", path, { ...stranger, merchant_uid: merchantUid });
    expect([refused.status, refused.json]).toEqual([409, { reason: "주문을 찾을 수 없습니다" }]);
    expect(await shop.order(merchantUid)).toMatchObject({ state: "created", version: 1 });
    expect((await shop.pay(requestPay)).confirm).toMatchObject({ status: 200 });
  });

  it("is refused with the token of another order", async () => {
    const token = new URL(String((await shop.createOrder("ord-s52-a"))["confirm_url"])).pathname;
    await shop.createOrder("ord-s52-b");
    const refused = await shop.anybody("POST", token, { ...stranger, merchant_uid: "ord-s52-b" });
    expect(refused.status).toBe(409);
    expect((await shop.order("ord-s52-b")).state).toBe("created");
  });
});

describe("S42 merchant keys", () => {
  it.each([
    ["missing", undefined],
    ["empty", "Bearer "],
    ["another scheme", "Basic c2hvcDprZXk="],
    ["unknown", "Bearer 0123456789012345678901234567890123456789"],
  ])("are refused alike when %s", async (_, authorization) => {
    const headers = authorization === undefined ? {} : { authorization };
    const refused = await shop.anybody("GET", "/orders/ord-nobody", undefined, headers);
    expect(refused.status).toBe(401);
    expect(refused.headers.get("www-authenticate")).toBe("Bearer");
    const { request_id: _id, ...told } = refused.json;
    expect(told).toEqual({
      type: "/errors/unauthorized",
      title: "Unauthorized",
      status: 401,
      detail:
        "인증 키가 없거나 올바르지 않습니다. PAY_MERCHANT_KEYS에 등록한 키를 Authorization: Bearer 헤더로 보내 주세요.",
      code: "unauthorized",
    });
  });
});
