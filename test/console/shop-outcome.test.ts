// What the sample shop says of an order, by its state.
import { describe, expect, it } from "vitest";
import { outcomeOf } from "../../infra/console/shop/outcome.ts";
import type { Order } from "../../lib/client/index.ts";
import { order } from "../support/scripted-shop.ts";

const attempt = {
  imp_uid: "imp_1",
  amount: 109_000,
  cancel_amount: 0,
  give_back: null,
  at: "2026-08-05T03:10:00Z",
};

describe("what becomes of an order is told by its state", () => {
  const checking = "결제를 확인하고 있습니다";
  const unpaid = "결제되지 않았습니다";
  it.each<[string, Partial<Order>, string | null, string, boolean]>([
    ["created", {}, null, checking, true],
    ["created, and the window said why not", {}, "F0005", unpaid, false],
    ["created, and the number is paid already", {}, "F1002", checking, true],
    ["approved", { state: "approved" }, "F0005", checking, true],
    ["awaiting a deposit", { state: "awaiting_deposit" }, null, "입금을 기다리고 있습니다", true],
    ["paid", { state: "paid" }, "F0005", "결제가 완료되었습니다", false],
    ["partly refunded", { state: "partially_refunded" }, null, "일부 환불된 주문입니다", false],
    ["refunded", { state: "refunded" }, null, "환불된 주문입니다", false],
    ["failed", { state: "failed" }, null, unpaid, false],
    ["expired", { state: "expired" }, null, unpaid, false],
    ["voided", { state: "voided" }, null, unpaid, false],
    // As the backend tells a browser: money that is here is not nothing.
    [
      "failed, and money is here",
      { state: "failed", attempts: [{ ...attempt, state: "paid" }] },
      "F0005",
      checking,
      true,
    ],
    [
      "failed, and nothing came",
      { state: "failed", attempts: [{ ...attempt, state: "failed" }] },
      null,
      unpaid,
      false,
    ],
  ])("%s", (_, change, errorCode, title, isOpen) => {
    expect(outcomeOf({ ...order, ...change }, errorCode)).toMatchObject({ title, isOpen });
  });

  it("is being checked while there is no order to read", () => {
    expect(outcomeOf(null, "F0005")).toMatchObject({ title: checking, isOpen: true });
  });

  it.each([
    ["F0004", "주문을 확인하지 못해 결제를 멈췄습니다. 돈은 빠져나가지 않았습니다."],
    ["F0006", "결제창을 닫아 결제하지 않았습니다."],
    ["8105", "결제가 승인되지 않았습니다. (오류 코드 8105)"],
    ["한도초과 <b>", "결제가 승인되지 않았습니다."],
    ["constructor", "결제가 승인되지 않았습니다. (오류 코드 constructor)"],
  ])("%s is told in words", (code, text) => {
    expect(outcomeOf({ ...order, state: "failed" }, code).text).toBe(text);
  });
});
