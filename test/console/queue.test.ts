// What waits: told on its page, and the brake lifted after a confirmation.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  enterConsole,
  type FakeApi,
  type OpenConsole,
  problem,
  seenQueue,
  startFakeApi,
  textOf,
} from "../support/console.ts";
import type { Json } from "../support/shop.ts";

let api: FakeApi;
let open: OpenConsole;
beforeEach(async () => {
  api = await startFakeApi();
  open = await enterConsole(api.url, { limits: { sendMs: 2_000, totalMs: 0 } });
});
afterEach(async () => {
  await open.console.close();
  await api.close();
});

const pageOf = async (path: string): Promise<string> => textOf((await open.visitor.get(path)).text);

function given(queue: Json, orders: readonly Json[] = []): void {
  api.queue = { status: 200, body: seenQueue(queue) };
  api.answer = () => ({ status: 200, body: { orders, cursor: null } });
}

const marked = {
  merchant_uid: "ord-marked",
  state: "approved",
  amount: 109_000,
  currency: "KRW",
  remaining: 108_900,
  created_at: "2026-08-05T03:00:00.000Z",
  review_reason: "amount_mismatch",
};

describe("the queue", () => {
  it("lists what a person has to look at, with the reason in words and the way there", async () => {
    given({ reviews: { count: 31, more: false } }, [marked]);
    const { text } = await open.visitor.get("/queue");
    expect(api.asked.map(({ route }) => route)).toEqual(["GET /orders?review=true&limit=20"]);
    expect(textOf(text)).toContain(
      "ord-marked 승인됨 금액이 주문과 다릅니다. 페이지에서 금액이 바뀌었을 수 있습니다. 108,900원 2026-08-05 12:00:00",
    );
    expect(textOf(text)).toContain("모두 보기 (31건)");
    expect(text).toContain('href="/orders/ord-marked"');
  });

  it("tells calls in doubt, and leads to an order only where there is one", async () => {
    const doubt = {
      id: "op_1",
      kind: "refund",
      state: "unknown",
      since: "2026-08-05T03:00:00.000Z",
      review_reason: null,
    };
    const operations = [
      { merchant_uid: "ord-1", of: "order", ...doubt },
      {
        merchant_uid: "sale-1",
        of: "external_sale",
        ...doubt,
        kind: "receipt_issue",
        review_reason: "receipt_refused",
      },
    ];
    given({ operations, more_operations: true });
    const { text } = await open.visitor.get("/queue");
    expect(textOf(text)).toContain("ord-1 환불 주문 결과 확인 중 – 2026-08-05 12:00:00");
    expect(textOf(text)).toMatch(/sale-1 현금영수증 발급 포트원 밖의 판매 결과 확인 중 [^–]+ 2026-08-05/);
    expect(textOf(text)).toContain("여기 없는 것이 더 있습니다.");
    expect(text).toContain('href="/orders/ord-1"');
    expect(text).not.toContain('href="/orders/sale-1"');
  });

  it.each<[Json, string]>([
    [{ count: 0, more: false, oldest_s: 0 }, "지금 볼 건수 0건 가장 오래 밀린 시간 밀린 것이 없습니다"],
    [{ count: 3, more: false, oldest_s: 59 }, "지금 볼 건수 3건 가장 오래 밀린 시간 59초"],
    [{ count: 3, more: false, oldest_s: 3_599 }, "가장 오래 밀린 시간 59분"],
    [{ count: 10_000, more: true, oldest_s: 86_399 }, "지금 볼 건수 10000건 이상 가장 오래 밀린 시간 23시간"],
    [{ count: 1, more: false, oldest_s: 172_800 }, "가장 오래 밀린 시간 2일"],
  ])("tells what is due, %j", async (due, told) => {
    given({ due });
    expect(await pageOf("/queue")).toContain(told);
  });

  it("tells the last audit, and what differed in it", async () => {
    const audit = {
      day: "2026-08-05",
      complete: false,
      differences: 1,
      unreadable: 2,
      behind: ["2026-08-04"],
    };
    given({ audit });
    expect(await pageOf("/queue")).toContain(
      "날짜 2026-08-05 끝까지 비교했는지 아직 다 비교하지 못했습니다 서로 다른 건수 1건 읽지 못한 건수 2건 밀린 날 2026-08-04",
    );
    const difference = { merchant_uid: "ord-1", imp_uid: "imp_1", synced: true };
    const told = {
      window: { from: "2026-08-04T15:00:00.000Z", to: "2026-08-05T15:00:00.000Z" },
      checked: { payments: 500, orders: 499 },
      differences: [
        { ...difference, kind: "amount_differs", ours: { amount: 1_000 }, theirs: { amount: 900 } },
        { ...difference, merchant_uid: "no-order", kind: "payment_without_order", ours: {}, theirs: {} },
      ],
      unreadable: 0,
      complete: true,
      behind: [],
    };
    api.answer = () => ({ status: 200, body: told });
    const { text } = await open.visitor.get("/audits/2026-08-05");
    expect(textOf(text)).toContain("ord-1 금액이 다름 amount 1000 amount 900 맞췄습니다");
    expect(text).not.toContain('href="/orders/no-order"');
    api.answer = () => ({ status: 404, body: problem(404, "audit_not_found") });
    expect((await open.visitor.get("/audits/2026-08-06")).status).toBe(404);
    expect((await open.visitor.get("/audits/2026-99-99")).status).toBe(404);
  });

  it("of a key that may not see it says so, and no menu counts anything", async () => {
    const seen = await open.visitor.get("/queue");
    expect([seen.status, seen.text]).toEqual([502, expect.stringContaining("scope_missing")]);
    api.answer = () => ({ status: 200, body: { orders: [], cursor: null } });
    expect((await open.visitor.get("/orders")).text).toContain('<span id="waits" class="count"></span>');
  });
});

describe("the menu", () => {
  it("counts reviews, calls in doubt and the brake, and leads to no lever of a deployed API", async () => {
    const operation = { merchant_uid: "ord-1", of: "order", id: "op_1", kind: "refund", state: "unknown" };
    given({
      reviews: { count: 2, more: false },
      operations: [{ ...operation, since: "2026-08-05T03:00:00.000Z", review_reason: null }],
      brake: { on: true, last_hour: 20, most_per_hour: 20, waiting: 5 },
    });
    const { text } = await open.visitor.get("/queue");
    expect(text).toContain('<span id="waits" class="count">4</span>');
    expect(text).not.toContain("/levers");
    expect((await open.visitor.get("/levers")).status).toBe(404);
    expect((await open.visitor.post("/levers/sweep")).status).toBe(404);
  });
});

describe("the brake", () => {
  const brake = { on: true, last_hour: 20, most_per_hour: 20, waiting: 5 };

  it("is lifted after a confirmation that says how many orders wait for it", async () => {
    given({ brake });
    expect(await pageOf("/queue")).toContain("자동 환불이 멈춰 있습니다");
    api.answer = ({ route }) => ({
      status: 200,
      body: route.startsWith("GET") ? brake : { lifted: true, waiting: 5 },
    });
    expect(await pageOf("/queue/lift-brake")).toContain(
      "자동 환불을 다시 시작합니다. 기다리는 주문은 5건입니다",
    );
    expect(api.asked.filter(({ route }) => route.startsWith("POST"))).toEqual([]);
    const done = await open.visitor.post("/queue/lift-brake");
    expect([done.status, done.headers.location]).toEqual([303, expect.stringMatching(/^\/queue\?note=/)]);
    expect(api.asked.at(-1)).toMatchObject({ route: "POST /give-back-brake", body: { lifted: true } });
  });

  it("that is off is not lifted, and offers nothing", async () => {
    given({});
    expect((await open.visitor.get("/queue")).text).not.toContain("/queue/lift-brake");
    api.answer = () => ({ status: 200, body: { ...brake, on: false } });
    const seen = await open.visitor.get("/queue/lift-brake");
    expect([seen.status, seen.text]).toEqual([409, expect.stringContaining("멈춰 있지 않아")]);
  });

  it.each([
    ["refused", { status: 403, body: problem(403, "scope_missing") }, 403, "하지 않았습니다"],
    ["without an answer", { status: 504, body: {} }, 202, "결과를 아직 모릅니다"],
  ])("%s is told so", async (_, answer, status, told) => {
    api.answer = () => answer;
    const seen = await open.visitor.post("/queue/lift-brake");
    expect([seen.status, seen.text]).toEqual([status, expect.stringContaining(told)]);
  });
});
