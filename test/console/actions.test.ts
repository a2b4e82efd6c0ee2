// What can be done with an order: asked, confirmed with its amount, sent as it was confirmed, and told what came of it.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type ApiAnswer,
  answersOf,
  enterConsole,
  type FakeApi,
  type OpenConsole,
  problem,
  type Seen,
  seenOrder,
  seenReceipt,
  seenRefund,
  startFakeApi,
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

/** Reads as the order says, and answers whatever changes something with `change`. */
function given(order: Json, change: ApiAnswer = { status: 200, body: order }): void {
  const read = answersOf([order]);
  api.answer = (asked) => (asked.route.startsWith("GET ") ? read(asked) : change);
}
const changes = () => api.asked.filter(({ route }) => !route.startsWith("GET "));

/** What a page's form would send, as it stands. */
const fieldsOf = ({ text }: Seen): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)]
      .map(([, name = "", value = ""]) => [name, value] as const)
      .filter(([name]) => name !== "language" && name !== "back"),
  );

const confirmRefund = (fields: Record<string, string>) =>
  open.visitor.post("/orders/ord-1/refund/confirm", fields);

describe("a refund", () => {
  it("is confirmed with its amount, sent as it was confirmed, and told on the order", async () => {
    given(seenOrder("ord-1"), { status: 200, body: seenRefund("ord-1") });
    const form = await open.visitor.get("/orders/ord-1/refund");
    expect(form.text).toContain('value="109000"');
    const question = await confirmRefund({ amount: "20,000", reason: "단순 변심", tax_free: "" });
    expect(question.text).toContain("20,000원을 환불합니다");
    expect(question.text).toContain("환불한 뒤 89,000원이 남습니다.");
    expect(changes()).toEqual([]);
    const fields = fieldsOf(question);
    const done = await open.visitor.post("/orders/ord-1/refund", fields);
    expect([done.status, done.headers.location]).toEqual([
      303,
      expect.stringMatching(/^\/orders\/ord-1\?note=/),
    ]);
    expect((await open.visitor.get(done.headers.location ?? "")).text).toContain("20,000원을 환불했습니다.");
    expect(changes().map(({ route, headers, body }) => [route, headers["idempotency-key"], body])).toEqual([
      [
        "POST /orders/ord-1/refunds",
        fields["key"],
        { amount: "20000", reason: "단순 변심", requester: "admin" },
      ],
    ]);
  });

  it("has a key of its own with each confirmation, and the same one however often that is sent", async () => {
    given(seenOrder("ord-1"), { status: 200, body: seenRefund("ord-1") });
    const [first, second] = [
      fieldsOf(await confirmRefund({ amount: "20000" })),
      fieldsOf(await confirmRefund({ amount: "20000" })),
    ];
    expect(first["key"]).toMatch(/^console-[\w-]{24}$/);
    expect(second["key"]).not.toBe(first["key"]);
    await Promise.all([
      open.visitor.post("/orders/ord-1/refund", first),
      open.visitor.post("/orders/ord-1/refund", first),
    ]);
    expect(new Set(changes().map(({ headers }) => headers["idempotency-key"]))).toEqual(
      new Set([first["key"]]),
    );
  });

  it.each([
    ["0", "금액을 숫자로 적어 주세요."],
    ["", "금액을 숫자로 적어 주세요."],
    ["-1", "금액을 숫자로 적어 주세요."],
    ["1e5", "금액을 숫자로 적어 주세요."],
    ["20000.5", "금액을 숫자로 적어 주세요."],
    ["109001", "남은 금액 109,000원까지 환불할 수 있습니다."],
  ])("of '%s' is asked for again", async (amount, why) => {
    given(seenOrder("ord-1"));
    const seen = await confirmRefund({ amount });
    expect([seen.status, seen.text]).toEqual([400, expect.stringContaining(why)]);
    expect(fieldsOf(seen)).toEqual({});
    expect(changes()).toEqual([]);
  });

  it("in dollars is told to the cent", async () => {
    given(seenOrder("ord-1", { currency: "USD", amount: 10.1, remaining: 10.1, remaining_tax_free: 0 }));
    const { text } = await confirmRefund({ amount: "0.2" });
    expect(text).toContain("$0.20를 환불합니다");
    expect(text).toContain("환불한 뒤 $9.90가 남습니다.");
  });

  it("that is refused is told why", async () => {
    const body = problem(422, "refund_window_closed", {
      detail: "결제한 지 1년이 지나 환불할 수 없습니다.",
      rule: "R-KS-5",
    });
    given(seenOrder("ord-1"), { status: 422, body });
    const seen = await open.visitor.post("/orders/ord-1/refund", { amount: "20000", key: "k1" });
    expect(seen.status).toBe(422);
    for (const told of ["하지 않았습니다", body["detail"], "refund_window_closed", "R-KS-5", "req-00000001"])
      expect(seen.text).toContain(told);
  });

  it.each<[string, ApiAnswer]>([
    ["is in doubt", { status: 202, body: { refund_id: "rf_1", merchant_uid: "ord-1", state: "pending" } }],
    ["has no answer", { status: 504, body: { message: "Endpoint request timed out" } }],
  ])("that %s may be sent again as it is, under the same key", async (_, answer) => {
    given(seenOrder("ord-1"), answer);
    const sent = { amount: "20000", currency: "KRW", key: "k1" };
    const seen = await open.visitor.post("/orders/ord-1/refund", sent);
    expect([seen.status, seen.text]).toEqual([202, expect.stringContaining("결과를 아직 모릅니다")]);
    expect(seen.text).toContain("다시 누르세요");
    expect(fieldsOf(seen)).toEqual(sent);
  });

  it("of money that came by a virtual account asks where it is to go", async () => {
    given(seenOrder("ord-1", { pay_method: "vbank" }), { status: 200, body: seenRefund("ord-1") });
    expect((await open.visitor.get("/orders/ord-1/refund")).text).toContain("환불 계좌번호");
    const account = { refund_holder: "홍길동", refund_bank: "004", refund_account: "123456789" };
    const question = await confirmRefund({ amount: "20000", ...account });
    await open.visitor.post("/orders/ord-1/refund", fieldsOf(question));
    expect(changes()[0]?.body).toMatchObject(account);
  });

  it("is not offered where nothing is left", async () => {
    given(seenOrder("ord-1", { state: "refunded", remaining: 0 }));
    for (const seen of [await open.visitor.get("/orders/ord-1/refund"), await confirmRefund({ amount: "1" })])
      expect([seen.status, seen.text]).toEqual([409, expect.stringContaining("지금 할 수 없습니다")]);
  });
});

describe("everything else", () => {
  it.each<[string, Json, string, string, Json]>([
    ["sync", {}, "포트원의 기록을 다시 읽어", "POST /orders/ord-1/sync", {}],
    [
      "void",
      { state: "created", attempts: [] },
      "결제되지 않은 109,000원의 주문을 취소합니다",
      "POST /orders/ord-1/void",
      {},
    ],
    [
      "receipt-cancel",
      { receipt: seenReceipt("ord-1") },
      "109,000원의 현금영수증을 취소합니다",
      "DELETE /orders/ord-1/receipt",
      {},
    ],
  ])("%s is confirmed, then sent", async (name, more, sentence, route, body) => {
    given(seenOrder("ord-1", more));
    const question = await open.visitor.get(`/orders/ord-1/${name}`);
    expect(question.text).toContain(sentence);
    expect(changes()).toEqual([]);
    expect((await open.visitor.post(`/orders/ord-1/${name}`, fieldsOf(question))).status).toBe(303);
    expect(changes().map((asked) => [asked.route, asked.body])).toEqual([[route, body]]);
  });

  it("a receipt is confirmed with the figures that the API tells, then issued", async () => {
    given(seenOrder("ord-1", { pay_method: "trans" }));
    api.answer = ({ route }) =>
      route.includes("preview")
        ? { status: 200, body: { amount: 109_000, tax_free: 3_000, vat: 9_636 } }
        : {
            status: 200,
            body: route.includes("receipt")
              ? seenReceipt("ord-1")
              : seenOrder("ord-1", { pay_method: "trans" }),
          };
    const filled = {
      identifier: "010-1234-5678",
      identifier_type: "phone",
      type: "person",
      product_type: "real",
    };
    const question = await open.visitor.post("/orders/ord-1/receipt-issue/confirm", filled);
    expect(question.text).toContain("109,000원의 현금영수증을 발급합니다");
    expect(question.text).toContain("면세 3,000원, 부가세 9,636원");
    await open.visitor.post("/orders/ord-1/receipt-issue", fieldsOf(question));
    expect(changes().map(({ route, body }) => [route, body])).toEqual([
      ["POST /orders/ord-1/receipt?preview=true", filled],
      ["POST /orders/ord-1/receipt", filled],
    ]);
  });

  it("a receipt that cannot be issued is told why beside its form", async () => {
    const detail = "번호의 형식이 올바르지 않습니다.";
    given(seenOrder("ord-1", { pay_method: "trans" }), {
      status: 422,
      body: problem(422, "identifier_invalid", { detail }),
    });
    const seen = await open.visitor.post("/orders/ord-1/receipt-issue/confirm", { identifier: "12" });
    expect([seen.status, seen.text]).toEqual([400, expect.stringContaining(detail)]);
    expect(seen.text).toContain('name="identifier" value="12"');
  });

  const other = {
    imp_uid: "imp_2",
    state: "paid",
    amount: 1_000,
    cancel_amount: 0,
    give_back: null,
    at: "2026-08-05T03:01:00.000Z",
  };
  it.each<[string, string, Json]>([
    ["sync", "포트원의 기록을 다시 읽고", { action: "sync", note: "확인함" }],
    ["accept", "1,000원의 결제를 주문의 결제로", { action: "accept", note: "확인함", imp_uid: "imp_2" }],
    ["give-back", "1,000원을 구매자에게 돌려줍니다", { action: "give_back", note: "확인함" }],
    ["clear", "109,000원이 남은 주문의 확인 표시만", { action: "clear", note: "확인함" }],
  ])("a review is decided by %s with a note", async (name, sentence, body) => {
    given(seenOrder("ord-1", { review_reason: "escrow_mismatch", imp_uid: null, attempts: [other] }));
    const form = await open.visitor.get(`/orders/ord-1/resolve-${name}`);
    expect(form.text).toContain("남길 말");
    const filled = { note: "확인함", ...(name === "accept" ? { imp_uid: "imp_2" } : {}) };
    const question = await open.visitor.post(`/orders/ord-1/resolve-${name}/confirm`, filled);
    expect(question.text).toContain(sentence);
    await open.visitor.post(`/orders/ord-1/resolve-${name}`, fieldsOf(question));
    expect(changes().map((asked) => [asked.route, asked.body])).toEqual([
      ["POST /orders/ord-1/resolve", body],
    ]);
  });

  it("what goes back is what is left of the others, never the order's own payment", async () => {
    const own = { ...other, imp_uid: "imp_1", amount: 109_000 };
    const part = { ...other, imp_uid: "imp_3", amount: 5_000, cancel_amount: 500 };
    const failed = { ...other, imp_uid: "imp_4", state: "failed" };
    const attempts = [own, other, part, failed];
    given(seenOrder("ord-1", { review_reason: "manual_refund", attempts }));
    const { text } = await open.visitor.post("/orders/ord-1/resolve-give-back/confirm", {});
    expect(text).toContain("5,500원을 구매자에게 돌려줍니다");
  });

  it("a foreign payment is accepted by the number that the history names", async () => {
    const history = [
      {
        at: "2026-08-05T03:00:00.000Z",
        by: "portone",
        from: "created",
        to: "created",
        reason: "foreign_channel:imp_9",
      },
    ];
    given(seenOrder("ord-1", { review_reason: "foreign_channel", imp_uid: null, attempts: [], history }));
    const { text } = await open.visitor.get("/orders/ord-1/resolve-accept");
    expect(text).toContain('<option value="imp_9">');
  });

  it.each(["/orders/ord-1/erase", "/orders/../sync", "/orders/a%2Fb/sync", "/orders/%2e%2e/sync"])(
    "%s is no page, and nothing is asked",
    async (path) => {
      given(seenOrder("ord-1"));
      expect((await open.visitor.get(path)).status).toBe(404);
      expect((await open.visitor.post(path)).status).toBe(404);
      expect(api.asked).toEqual([]);
    },
  );
});
