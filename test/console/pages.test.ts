// What the pages tell of what the API answers.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  answersOf,
  enterConsole,
  type FakeApi,
  type OpenConsole,
  seenOrder,
  seenReceipt,
  seenRefund,
  startFakeApi,
  textOf,
} from "../support/console.ts";
import type { Json } from "../support/shop.ts";

let api: FakeApi;
let open: OpenConsole;
beforeEach(async () => {
  api = await startFakeApi();
  const nowMs = () => Date.parse("2026-08-05T23:30:00Z");
  open = await enterConsole(api.url, { ports: { nowMs, randomBytes: (count) => Buffer.alloc(count, 7) } });
});
afterEach(async () => {
  await open.console.close();
  await api.close();
});

const pageOf = async (path: string): Promise<string> => textOf((await open.visitor.get(path)).text);

const line = (merchantUid: string, more: Json = {}): Json => ({
  merchant_uid: merchantUid,
  state: "paid",
  amount: 109_000,
  currency: "KRW",
  remaining: 89_000,
  created_at: "2026-08-05T15:00:00.000Z",
  ...more,
});

describe("the list", () => {
  it("asks for the day it is in Korea, and tells number, state, money and time there", async () => {
    api.answer = () => ({ status: 200, body: { orders: [line("ord-1")], cursor: null } });
    expect(await pageOf("/orders")).toContain("ord-1 결제됨 109,000원 89,000원 2026-08-06 00:00:00");
    expect(api.asked.map(({ route }) => route)).toEqual(["GET /orders?day=2026-08-06&limit=50"]);
  });

  it("goes on by the cursor, with the same question", async () => {
    api.answer = () => ({ status: 200, body: { orders: [line("ord-1")], cursor: "c 2" } });
    const { text } = await open.visitor.get("/orders?review=true");
    expect(text).toContain('href="/orders?review=true&amp;cursor=c+2"');
    await open.visitor.get("/orders?review=true&cursor=c+2");
    expect(api.asked.map(({ route }) => route)).toEqual([
      "GET /orders?review=true&limit=50",
      "GET /orders?review=true&limit=50&cursor=c%202",
    ]);
  });

  it("says why an order is in review", async () => {
    const orders = [line("ord-1", { review_reason: "amount_mismatch" })];
    api.answer = () => ({ status: 200, body: { orders, cursor: null } });
    expect(await pageOf("/orders?review=true")).toContain("금액이 주문과 다릅니다.");
  });

  it("says in words that there is nothing", async () => {
    api.answer = () => ({ status: 200, body: { orders: [], cursor: null } });
    expect(await pageOf("/orders?day=2026-08-01")).toContain("2026-08-01에 만든 주문이 없습니다.");
    expect(await pageOf("/orders?review=true")).toContain("확인이 필요한 주문이 없습니다.");
  });

  it("leads to an order by its number, and says what a number is", async () => {
    const found = await open.visitor.get("/orders?number=%20ord-1%20");
    expect([found.status, found.headers.location]).toEqual([303, "/orders/ord-1"]);
    api.answer = () => ({ status: 200, body: { orders: [], cursor: null } });
    expect(await pageOf("/orders?number=%EC%A3%BC%EB%AC%B8")).toContain("주문번호는 영문");
  });
});

describe("an order", () => {
  it("tells its money, and what happened with the oldest first", async () => {
    const order = seenOrder("ord-1", {
      state: "partially_refunded",
      cancel_amount: 20_000,
      cancel_tax_free: 550,
      remaining: 89_000,
      remaining_tax_free: 2_450,
      history: [
        ...(seenOrder("ord-1")["history"] as Json[]),
        {
          at: "2026-08-05T04:00:00.300Z",
          by: "merchant",
          key: "shop",
          from: "paid",
          to: "partially_refunded",
          reason: null,
        },
      ],
    });
    api.answer = answersOf([order], [seenRefund("ord-1")]);
    const text = await pageOf("/orders/ord-1");
    expect(text).toContain(
      "결제 금액 109,000원 면세 3,000원 환불된 금액 20,000원 면세 550원 남은 금액 89,000원",
    );
    expect(text).toMatch(
      new RegExp(
        [
          "12:00:00 상태 주문을 만들었습니다 쇼핑몰 \\(shop\\)",
          "12:00:00 결제 결제 시도: 결제됨 109,000원 imp_1",
          "12:00:00 상태 결제 전 → 결제됨 포트원",
          "13:00:00 환불 환불을 요청했습니다 20,000원 쇼핑몰 단순 변심",
          "13:00:00 상태 결제됨 → 부분 환불 쇼핑몰 \\(shop\\)",
          "13:00:00 환불 환불되었습니다 20,000원",
        ].join(".*"),
      ),
    );
  });

  it("says where its timeline begins late", async () => {
    const said = "더 오래된 것은 여기에 없습니다.";
    api.answer = answersOf([seenOrder("ord-1")]);
    expect(await pageOf("/orders/ord-1")).not.toContain(said);
    const [, ...latest] = seenOrder("ord-1")["history"] as Json[];
    api.answer = answersOf([seenOrder("ord-1", { history: latest })]);
    expect(await pageOf("/orders/ord-1")).toContain(said);
  });

  it("tells a refund that has not ended by when it was asked for, and one for the morning by its hour", async () => {
    const waiting = { state: "scheduled", completed_at: null, scheduled_at: "2026-08-05T21:03:00.000Z" };
    api.answer = answersOf([seenOrder("ord-1")], [seenRefund("ord-1", waiting)]);
    const text = await pageOf("/orders/ord-1");
    expect(text).toContain(
      "환불을 요청했습니다 20,000원 쇼핑몰 단순 변심 환불을 보낼 시각입니다: 2026-08-06 06:03:00",
    );
    expect(text).not.toContain("환불되었습니다");
  });

  it("says what a review is about, and offers what may be decided", async () => {
    const marked = (reason: string) => seenOrder("ord-1", { review_reason: reason });
    api.answer = answersOf([marked("escrow_mismatch")]);
    const { text } = await open.visitor.get("/orders/ord-1");
    expect(textOf(text)).toContain("에스크로 여부가 주문과 다릅니다.");
    const choices = (page: string) => [...page.matchAll(/\/resolve-([\w-]+)"/g)].map(([, name]) => name);
    expect(choices(text)).toEqual(["sync", "accept", "give-back", "clear"]);
    api.answer = answersOf([marked("amount_mismatch")]);
    expect(choices((await open.visitor.get("/orders/ord-1")).text)).toEqual(["sync", "give-back", "clear"]);
  });

  it.each<[Json, readonly string[]]>([
    [{}, ["refund", "sync"]],
    [{ pay_method: "trans" }, ["refund", "receipt-issue", "sync"]],
    [{ state: "created", attempts: [], imp_uid: null }, ["void", "sync"]],
    [{ state: "refunded", remaining: 0 }, ["sync"]],
    [{ pay_method: "trans", receipt: seenReceipt("ord-1") }, ["refund", "receipt-cancel", "sync"]],
  ])("offers what can be done with %j", async (more, actions) => {
    api.answer = answersOf([seenOrder("ord-1", more)]);
    const { text } = await open.visitor.get("/orders/ord-1");
    const offered = [...text.matchAll(/class="button[^"]*" href="\/orders\/ord-1\/([\w-]+)"/g)];
    expect(offered.map(([, name]) => name)).toEqual(actions);
  });

  it("shows everything that came from outside as text", async () => {
    const script = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
    const order = seenOrder("ord-1", {
      name: script,
      buyer_name: script,
      custom_data: { note: script },
      receipt_url: "javascript:alert(1)",
      card_name: script,
      history: [{ at: "2026-08-05T03:00:00.000Z", by: "operator", from: "paid", to: "paid", reason: script }],
    });
    api.answer = answersOf([order], [seenRefund("ord-1", { reason: script, provider_message: script })]);
    const { text } = await open.visitor.get("/orders/ord-1");
    expect(text.match(/&lt;script>/g)?.length).toBeGreaterThanOrEqual(6);
    expect(text).not.toMatch(/<script>|<img|javascript:/);
  });

  it("that is not there is said so", async () => {
    const seen = await open.visitor.get("/orders/ord-none");
    expect([seen.status, textOf(seen.text)]).toEqual([
      404,
      expect.stringContaining("주문을 찾을 수 없습니다"),
    ]);
  });
});

it("says that nobody answers, on a laptop without its simulator and anywhere without an API", async () => {
  const local = await enterConsole(api.url, { local: { simulatorUrl: "http://127.0.0.1:1" } });
  const gone = await enterConsole("http://127.0.0.1:1", { limits: { sendMs: 1_000, totalMs: 0 } });
  for (const { visitor, console: started, logged } of [local, gone]) {
    const seen = await visitor.get("/orders");
    expect([seen.status, textOf(seen.text)]).toEqual([502, expect.stringContaining("API가 답하지 않습니다")]);
    expect(logged).toEqual([]);
    await started.close();
  }
});

it("speaks English to whoever asked for it", async () => {
  api.answer = answersOf([seenOrder("ord-1")], []);
  const changed = await open.visitor.post("/language", { language: "en", back: "/orders/ord-1" });
  expect(changed.headers.location).toBe("/orders/ord-1");
  const { text } = await open.visitor.get("/orders/ord-1");
  expect(text).toContain('<html lang="en">');
  expect(textOf(text)).toContain("Amount ₩109,000");
});
