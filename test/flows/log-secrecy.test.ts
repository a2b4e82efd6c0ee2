// S43: whatever a run logs, no secret and nothing about a buyer is in it.
import { afterAll, beforeAll, expect, it } from "vitest";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { Shop } from "../support/shop.ts";

let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
});
afterAll(() => stack?.close());

it("S43 logs no key, no token, no name, number or address", async () => {
  const buyer = {
    buyer_name: "남궁민수",
    buyer_email: "namgung@buyer.example",
    buyer_tel: "010-9876-5432",
    buyer_addr: "성수이로 20길 16",
    buyer_postcode: "04783",
  };
  const requestPay = await shop.createOrder("ord-s43", { ...buyer, name: "비밀스러운 선물" });
  const { imp_uid } = await shop.pay(requestPay);
  await shop.notices("ord-s43", 1);
  await shop.complete("ord-s43", imp_uid);
  await shop.merchant("POST", "/orders", { merchant_uid: "ord-s43", ...buyer, amount: -1, secret: "x" });
  await shop.anybody("GET", "/orders/ord-s43", undefined, { authorization: "Bearer wrong-key-0123456789" });
  await shop.local("POST", "/faults", { name: "dynamodb_down", function: "notice", count: 4 });
  await shop.anybody("POST", "/portone/notice", { imp_uid, merchant_uid: "ord-s43", status: "paid" });

  const lines = stack.logLines();
  const token = new URL(String(requestPay["confirm_url"])).pathname.split("/").at(-1) ?? "";
  const secrets = [
    stack.merchantKey,
    token,
    "wrong-key",
    "비밀스러운",
    ...Object.values(buyer),
    "01098765432",
  ];
  expect(token).toHaveLength(22);
  for (const line of lines) for (const secret of secrets) expect(line).not.toContain(secret);

  const answered = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(answered.length).toBeGreaterThanOrEqual(7);
  for (const line of answered) {
    expect(Object.keys(line)).toEqual(
      expect.arrayContaining(["level", "at", "function", "request_id", "event"]),
    );
  }
  expect(answered).toContainEqual(
    expect.objectContaining({ function: "notice", outcome: "synced", merchant_uid: "ord-s43", imp_uid }),
  );
});
