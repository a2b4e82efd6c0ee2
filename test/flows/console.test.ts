// The console before the real functions and PortOne's simulator.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterConsole, type OpenConsole, type Seen, textOf } from "../support/console.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { Shop } from "../support/shop.ts";

let stack: LocalStack;
let shop: Shop;
let open: OpenConsole;
beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
  const { gatewayUrl, simulatorUrl, merchantKey } = stack;
  open = await enterConsole(gatewayUrl, { key: merchantKey, local: { simulatorUrl } });
});
afterAll(async () => {
  await open.console.close();
  await stack.close();
});

async function paid(merchantUid: string, more = {}): Promise<string> {
  const { imp_uid } = await shop.pay(await shop.createOrder(merchantUid, more));
  await shop.sync(merchantUid);
  return imp_uid;
}

const keyIn = ({ text }: Seen): string => /name="key" value="([^"]+)"/.exec(text)?.[1] ?? "";

describe("a refund", () => {
  it("pressed twice, and once more by a reload, is made once", async () => {
    await paid("ord-console-twice");
    const path = "/orders/ord-console-twice/refund";
    const key = keyIn(await open.visitor.post(`${path}/confirm`, { amount: "20,000" }));
    const sent = { amount: "20000", currency: "KRW", key };
    const pressed = await Promise.all([open.visitor.post(path, sent), open.visitor.post(path, sent)]);
    const reloaded = await open.visitor.post(path, sent);
    expect([...pressed, reloaded].map(({ status }) => status)).toEqual([303, 303, 303]);
    expect((await shop.cancels("ord-console-twice")).map(({ amount }) => amount)).toEqual([20_000]);
    const order = textOf(await open.visitor.get("/orders/ord-console-twice"));
    expect(order).toContain("환불된 금액 20,000원");
    expect(order).toContain("남은 금액 89,000원");
  });

  it("whose answer was lost is the same refund when it is sent again", async () => {
    await paid("ord-console-lost");
    const path = "/orders/ord-console-lost/refund";
    const key = keyIn(await open.visitor.post(`${path}/confirm`, { amount: "20000" }));
    await shop.fault("answer_lost_after_effect", "POST /payments/cancel");
    const sent = { amount: "20000", currency: "KRW", key };
    let seen = await open.visitor.post(path, sent);
    for (let presses = 1; seen.status === 202 && presses < 10; presses += 1) {
      expect(keyIn(seen)).toBe(key);
      await shop.advance(60_000);
      await shop.sweep();
      seen = await open.visitor.post(path, sent);
    }
    expect(seen.status).toBe(303);
    expect(await shop.cancels("ord-console-lost")).toHaveLength(1);
  });
});

it("an order's timeline has PortOne's signals with their answers, the calls made for it, and its events alone", async () => {
  await paid("ord-console-other");
  const impUid = await paid("ord-console-signals");
  await shop.notices("ord-console-signals", 1);
  const text = textOf(await open.visitor.get("/orders/ord-console-signals"));
  expect(text).toMatch(/신호 포트원이 승인해도 되는지 물었습니다 200 응답 · \d+ms/);
  expect(text).toMatch(/신호 포트원이 결제 변화를 알렸습니다 200 응답 · \d+ms/);
  expect(text).toMatch(new RegExp(`호출 포트원 API를 불렀습니다 GET /payments/${impUid} 200 응답`));
  expect(text).toMatch(/상태 승인됨 → 결제됨 .*이벤트 쇼핑몰에 알릴 일: 결제됨 order\.paid/);
  expect(text.match(/order\.paid/g), "the other order's stands with the other order").toHaveLength(1);
  await shop.refund("ord-console-signals", "all", {});
  const refunded = textOf(await open.visitor.get("/orders/ord-console-signals"));
  expect(refunded, "whose path names no payment").toMatch(
    /호출 포트원 API를 불렀습니다 POST \/payments\/cancel 200 응답/,
  );
  expect(refunded).toMatch(/환불되었습니다 .*이벤트 쇼핑몰에 알릴 일: 환불됨 order\.refunded/);
});

it("a receipt is issued and cancelled, an order voided, each told on the order", async () => {
  await paid("ord-console-trans", { pay_method: "trans" });
  const order = "/orders/ord-console-trans";
  const filled = {
    identifier: "010-1234-5678",
    identifier_type: "phone",
    type: "person",
    product_type: "real",
  };
  expect(textOf(await open.visitor.post(`${order}/receipt-issue/confirm`, filled))).toContain(
    "109,000원의 현금영수증을 발급합니다",
  );
  const issued = await open.visitor.post(`${order}/receipt-issue`, filled);
  expect(textOf(await open.visitor.get(issued.headers.location ?? ""))).toContain(
    "현금영수증을 발급했습니다",
  );
  expect((await open.visitor.post(`${order}/receipt-cancel`)).status).toBe(303);
  expect(textOf(await open.visitor.get(order))).toContain("현금영수증을 취소했습니다");
  await shop.createOrder("ord-console-void");
  expect((await open.visitor.post("/orders/ord-console-void/void")).status).toBe(303);
  expect((await shop.order("ord-console-void")).state).toBe("voided");
});

it("a marked order is found in review, and accepted", async () => {
  const requestPay = await shop.createOrder("ord-console-marked");
  await shop.fault("record_patched", "*", {
    merchant_uid: "ord-console-marked",
    count: 100,
    patch: { escrow: true },
  });
  const { imp_uid } = await shop.pay(requestPay);
  await shop.sync("ord-console-marked");
  expect(textOf(await open.visitor.get("/orders?review=true"))).toContain(
    "ord-console-marked 승인됨 에스크로 여부가 주문과 다릅니다.",
  );
  const decided = await open.visitor.post("/orders/ord-console-marked/resolve-accept", { imp_uid });
  expect(decided.status).toBe(303);
  expect(await shop.order("ord-console-marked")).toMatchObject({ state: "paid", review_reason: null });
});
