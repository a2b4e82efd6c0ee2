// The result page: what it says of each order, and to whom.
import { describe, expect, it } from "vitest";
import { buyerOf } from "../../infra/console/shop/session.ts";
import type { Order } from "../../lib/client/index.ts";
import { firstSession, order, shopSaying } from "../support/scripted-shop.ts";
import { headingOf, hiddenFields } from "../support/visitor.ts";

const paid: Order = {
  ...order,
  state: "paid",
  imp_uid: "imp_730112845066",
  card_name: "NH카드",
  apply_num: "30012345",
  card_quota: 3,
  receipt_url: "https://receipt.example/imp_730112845066",
  remaining: 109_000,
  paid_at: "2026-08-05T03:10:00.000Z",
};
const account: Order = {
  ...order,
  state: "awaiting_deposit",
  pay_method: "vbank",
  vbank: {
    vbank_code: "088",
    vbank_name: "신한은행",
    vbank_num: "56211102345678",
    vbank_holder: "(주)케이에스넷",
    vbank_due_at: "2026-08-08T14:59:59.000Z",
  },
};

/** The page as the browser sees it that made the order. */
async function seenByBuyer(made: Order, query = "") {
  const buyer = buyerOf(firstSession);
  const { visitor } = await shopSaying({ status: 200, body: { ...made, custom_data: { buyer } } });
  await visitor.get("/items/sneakers");
  return visitor.get(`/result?merchant_uid=${made.merchant_uid}${query}`);
}
async function seenByStranger(made: Order, query = "") {
  const { visitor } = await shopSaying({ status: 200, body: { ...made, custom_data: { buyer: "another" } } });
  return visitor.get(`/result?merchant_uid=${made.merchant_uid}${query}`);
}
const rowsOn = (html: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...html.matchAll(/<dt>([^<]*)<\/dt><dd>([\s\S]*?)<\/dd>/g)].map(([, name = "", value = ""]) => [
      name,
      value.replaceAll(/<[^>]+>/g, ""),
    ]),
  );

describe("the buyer", () => {
  it("sees what was paid and how", async () => {
    const { status, html } = await seenByBuyer(paid);
    expect([status, headingOf(html)]).toEqual([200, "결제가 완료되었습니다"]);
    expect(rowsOn(html)).toEqual({
      주문번호: "shop-20260805-AB23CD45",
      상품: "나이키 와플 트레이너 2 SD",
      "주문 금액": "109,000원",
      "면세 금액": "3,000원",
      구매자: "홍길동",
      카드: "NH카드 3개월",
      승인번호: "30012345",
      "결제 시각": "2026년 8월 5일 오후 12:10",
      매출전표: "매출전표 보기 (새 창)",
    });
    expect(html).toContain('href="https://receipt.example/imp_730112845066"');
  });

  it("sees the account, what to pay and until when", async () => {
    const { html } = await seenByBuyer(account);
    expect(rowsOn(html)).toMatchObject({
      은행: "신한은행",
      계좌번호: "56211102345678",
      예금주: "(주)케이에스넷",
      "입금할 금액": "109,000원",
      "입금 기한": "2026년 8월 8일 오후 11:59까지",
    });
    expect(html).toContain('data-open="true"');
  });

  it("sees what went back and what is left", async () => {
    const part: Order = { ...paid, state: "partially_refunded", cancel_amount: 20_000, remaining: 89_000 };
    expect(rowsOn((await seenByBuyer(part)).html)).toMatchObject({
      "환불한 금액": "20,000원",
      "남은 금액": "89,000원",
    });
  });

  it("is led nowhere by a slip's address that runs something", async () => {
    const { html } = await seenByBuyer({ ...paid, receipt_url: "javascript:alert(1)" });
    expect(html).not.toContain("javascript:");
  });

  it("sees names as text, whatever they hold", async () => {
    const { html } = await seenByBuyer({
      ...paid,
      name: "<script>alert(1)</script>",
      buyer_name: "<b>홍</b>",
    });
    expect(html).not.toMatch(/<script>alert|<b>/);
  });
});

describe("anybody else", () => {
  it.each([
    ["paid", paid],
    ["awaiting a deposit", account],
  ])("sees the state only of an order that is %s", async (_, made) => {
    const { html } = await seenByStranger(made);
    expect(headingOf(html)).toBe(headingOf((await seenByBuyer(made)).html));
    expect(rowsOn(html)).toEqual({});
    for (const hidden of [
      "홍길동",
      "109,000",
      "나이키",
      "56211102345678",
      "신한은행",
      "NH카드",
      made.merchant_uid,
    ])
      expect(html).not.toContain(hidden);
  });

  it.each([
    "?merchant_uid=%3Cscript%3Ealert(1)%3C/script%3E&error_code=%3Cscript%3E&state=paid",
    "?merchant_uid=..&error_code=F0005",
    "?merchant_uid=ord-1&merchant_uid=ord-2",
    "?state=paid",
    "",
  ])("gets a page for %j, and the backend is not asked", async (query) => {
    const { visitor, sent } = await shopSaying({ status: 200, body: paid });
    const { status, html } = await visitor.get(`/result${query}`);
    expect([status, headingOf(html)]).toEqual([200, "결제를 확인하고 있습니다"]);
    expect(html).not.toMatch(/<script>|alert/);
    expect(sent).toEqual([]);
  });

  it("gets a page while the backend is away, or has no such order", async () => {
    for (const step of ["lost", { status: 404, body: { code: "order_not_found" } }] as const) {
      const { visitor } = await shopSaying(step);
      const { status, html } = await visitor.get("/result?merchant_uid=ord-nobody&state=paid");
      expect([status, headingOf(html)]).toEqual([200, "결제를 확인하고 있습니다"]);
    }
  });
});

describe("while nothing is decided", () => {
  it("the page looks again by itself, with scripts and without, until something is", async () => {
    const states = ["created", "created", "paid"] as const;
    const { visitor } = await shopSaying(
      ...states.map((state) => ({ status: 200, body: { ...order, state } })),
    );
    const { html } = await visitor.get(`/result?merchant_uid=${order.merchant_uid}`);
    expect(html).toMatch(/<noscript><meta http-equiv="refresh" content="5"/);
    expect(html).toContain('data-kind="checking" data-open="true"');
    const kind = async () =>
      JSON.parse((await visitor.get(`/result/kind?merchant_uid=${order.merchant_uid}`)).html);
    expect([await kind(), await kind()]).toEqual([{ kind: "checking" }, { kind: "paid" }]);
    const { html: decided } = await visitor.get(`/result?merchant_uid=${order.merchant_uid}`);
    expect(decided).not.toContain("http-equiv");
    expect(decided).toContain('data-open="false"');
  });
});

describe("an order whose making nobody can tell", () => {
  const created = {
    order,
    request_pay: { merchant_uid: order.merchant_uid },
    sdk: { script: "https://cdn.iamport.kr/v1/iamport.js", init: "imp00000000" },
    token: "t",
  };

  it("is asked for again under the same number, never a new one", async () => {
    const { visitor, sent } = await shopSaying("lost", "lost", "lost", { status: 201, body: created });
    const first = await visitor.order("sneakers");
    expect(first.status).toBe(503);
    expect(first.html).toContain("같은 버튼을 다시 눌러 주세요. 주문과 결제는 한 번만 됩니다.");
    expect(hiddenFields(first.html)["order"]).toBe(first.number);
    const lost = sent.length;
    const form = await visitor.fill("sneakers");
    const second = await visitor.post("/orders", { ...form, ...hiddenFields(first.html) });
    expect([second.status, second.location]).toEqual([303, `/orders/${first.number}/pay`]);
    expect(sent.length).toBeGreaterThan(lost);
    expect(new Set(sent.map(({ body }) => body)).size).toBe(1);
    expect(JSON.parse(sent[0]?.body ?? "{}")).toMatchObject({ merchant_uid: first.number });
  });

  it("is no mistake of the buyer's: a key that does not open is told to the engineer only", async () => {
    const { visitor } = await shopSaying({
      status: 401,
      body: { code: "unauthorized", title: "Unauthorized", detail: "인증 키가 없습니다." },
    });
    const { status, html } = await visitor.order("sneakers");
    expect(status).toBe(422);
    expect(html).toContain("지금은 주문을 받을 수 없습니다.");
    expect(html).toMatch(/개발자에게[\s\S]*401 unauthorized/);
  });
});
