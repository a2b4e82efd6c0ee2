// The levers of a run on this laptop: what they do, that no key goes there, and what they say.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  answersOf,
  consoleKey,
  enterConsole,
  type FakeApi,
  type OpenConsole,
  seenOrder,
  startFakeApi,
  textOf,
} from "../support/console.ts";
import type { Json } from "../support/shop.ts";

let api: FakeApi;
let simulator: FakeApi;
let open: OpenConsole;
beforeEach(async () => {
  api = await startFakeApi();
  simulator = await startFakeApi();
  open = await enterConsole(api.url, { local: { simulatorUrl: simulator.url } });
  api.answer = (asked) => host(asked.route) ?? answersOf([seenOrder("ord-1")])(asked);
  simulator.answer = ({ route }) => ({ status: 200, body: portone(route) });
});
afterEach(async () => {
  await open.console.close();
  await simulator.close();
  await api.close();
});

const script = "<script>alert(1)</script>";
const window = {
  window: "w_1",
  imp_uid: "imp_1",
  merchant_uid: "ord-1",
  name: script,
  amount: 109_000,
  currency: "KRW",
  pay_method: "card",
  page: "http://127.0.0.1:1/window/w_1",
};
const payment = (impUid: string, status: string, more: Json = {}) => ({
  imp_uid: impUid,
  merchant_uid: "ord-1",
  status,
  pay_method: "card",
  amount: 109_000,
  cancel_amount: 0,
  currency: "KRW",
  vbank_num: null,
  ...more,
});
const payments = [
  payment("imp_1", "ready"),
  payment("imp_2", "ready", { pay_method: "vbank", vbank_num: "123" }),
  payment("imp_3", "paid"),
  payment("imp_4", "failed"),
  payment("imp_5", "cancelled", { cancel_amount: 109_000 }),
  payment("imp_6", "cancelled", { cancel_amount: 9_000 }),
];
const notice = { kind: "notice", imp_uid: "imp_3", merchant_uid: "ord-1", attempt: 1, error: null };
const told = {
  now: "2026-08-05T03:00:00.000Z",
  windows: [window],
  payments,
  deliveries: [
    { ...notice, status: 500, ms: 7, at: "2026-08-05T03:00:00.000Z" },
    { ...notice, kind: "confirm", status: 200, ms: 5, at: "2026-08-05T02:59:00.000Z" },
  ],
  calls: [],
  faults: [{ name: "no_answer", call: "*", occurrence: 1, count: 2, hits: 1, merchant_uid: null }],
};
const portone = (_route: string): Json => told;
const counts = {
  dynamodb: {
    calls: 7,
    read_units: 4,
    write_units: 3,
    index_write_units: 2,
    by_function: { confirm: { GetItem: 1, UpdateItem: 1 } },
  },
  portone: { by_function: { notice: { "GET /payments/{imp_uid}": 1 } } },
};
function host(route: string) {
  if (route === "GET /_local/events") return { status: 200, body: { events: [] } };
  if (route === "GET /_local/due") return { status: 200, body: { next_at: "2026-08-05T03:02:00.000Z" } };
  if (route === "GET /_local/calls") return { status: 200, body: counts };
  if (route === "POST /_local/run") return { status: 200, body: { report: { taken: 3, differences: [] } } };
  if (route.includes("/_local/")) return { status: 200, body: told };
  return null;
}

const changes = () =>
  [...api.asked, ...simulator.asked]
    .filter(({ route }) => !route.startsWith("GET "))
    .map((one) => [one.route, one.body]);
const noteOf = async (location: string | undefined) => textOf((await open.visitor.get(location ?? "")).text);

describe("the page of levers", () => {
  it("shows what waits, what was sent, what is on and what was called", async () => {
    const page = await open.visitor.get("/levers");
    const text = textOf(page.text);
    expect(page.status).toBe(200);
    expect(text).toContain("스윕이 다음에 볼 시각 2026-08-05 12:02:00");
    expect(text).toContain("포트원이 결제 변화를 알렸습니다 500 응답 7ms");
    const resent = [...page.text.matchAll(/id="lever-resend-imp_3-1-([^"]+)"/g)].map(([, at]) => at);
    expect(resent, "what was asked before an approval is not sent again").toEqual([
      "2026-08-05T03:00:00.000Z",
    ]);
    expect(text).toContain("답도 효과도 없음 no_answer * 2번 중 1번 일어남");
    expect(text).toContain("confirm GetItem 1, UpdateItem 1");
    expect(text).toContain("읽기 4, 쓰기 3, 인덱스 쓰기 2");
    expect(text).toContain("imp_6 카드 100,000원 일부 취소됨");
    expect(page.text).not.toContain("<script>alert");
    expect(text).toContain("아직 이벤트가 없습니다.");
  });

  it("and an order's own offer what can be done with each payment", async () => {
    for (const path of ["/levers", "/orders/ord-1"]) {
      const { text } = await open.visitor.get(path);
      const offered = (impUid: string) =>
        [...text.matchAll(new RegExp(`id="lever-([a-z-]+)-${impUid}"`, "g"))].map(([, name]) => name);
      expect(offered("w_1")).toEqual(["window-approve", "window-decline", "window-close"]);
      expect(offered("imp_1")).toEqual([]);
      expect(offered("imp_2")).toEqual(["deposit", "resend"]);
      expect(offered("imp_3")).toEqual(["cancel", "resend"]);
      expect(offered("imp_4")).toEqual(["approve-late", "resend"]);
      expect(offered("imp_5")).toEqual(["resend"]);
      expect(offered("imp_6")).toEqual(["cancel", "resend"]);
    }
  });

  it("asks for an order's own things alone", async () => {
    await open.visitor.get("/orders/ord-1");
    const routes = simulator.asked.map(({ route }) => route);
    expect(routes).toContain("GET /_control/deliveries?merchant_uid=ord-1");
    expect(routes).toContain("GET /_control/payments?merchant_uid=ord-1");
    expect(routes).toContain("GET /_control/calls?merchant_uid=ord-1");
  });
});

describe("a lever", () => {
  it.each<[string, Record<string, string>, string, string, Json]>([
    ["window-approve", { window: "w_1" }, "구매자가 결제했습니다.", "/_control/window/w_1/approve", {}],
    ["window-decline", { window: "w_1" }, "카드사가 거절했습니다.", "/_control/window/w_1/decline", {}],
    ["window-close", { window: "w_1" }, "구매자가 결제창을 닫았습니다.", "/_control/window/w_1/close", {}],
    ["deposit", { imp_uid: "imp_2" }, "입금했습니다.", "/_control/payments/imp_2/deposit", {}],
    ["approve-late", { imp_uid: "imp_4" }, "뒤늦게 승인", "/_control/payments/imp_4/approve-late", {}],
    ["resend", { imp_uid: "imp_3" }, "다시 보냈습니다.", "/_control/payments/imp_3/resend", {}],
    ["cancel", { imp_uid: "imp_3", amount: "" }, "관리자 화면에서", "/_control/payments/imp_3/cancel", {}],
    [
      "cancel",
      { imp_uid: "imp_3", amount: "20,000원", currency: "KRW" },
      "관리자 화면에서",
      "/_control/payments/imp_3/cancel",
      { amount: 20_000 },
    ],
    [
      "lose-notice",
      { merchant_uid: "ord-1" },
      "오지 않습니다.",
      "/_control/faults",
      { name: "notice_never", call: "notice", merchant_uid: "ord-1" },
    ],
    ["double-notice", {}, "두 번 옵니다.", "/_control/faults", { name: "notice_duplicated", call: "notice" }],
    [
      "forge-amount",
      { merchant_uid: "ord-1" },
      "다른 금액으로",
      "/_control/faults",
      { name: "amount_changed", call: "confirm", merchant_uid: "ord-1" },
    ],
    [
      "portone-fault",
      { name: "no_answer", call: "POST /payments/cancel", merchant_uid: "", count: "2" },
      "장애를 켰습니다.",
      "/_control/faults",
      { name: "no_answer", call: "POST /payments/cancel", count: 2 },
    ],
    [
      "function-fault",
      { name: "crash_after", function: "refund", count: "1" },
      "장애를 켰습니다.",
      "/_local/faults",
      { name: "crash_after", function: "refund", count: 1 },
    ],
    ["sweep", {}, "스윕이 3건을 보았습니다.", "/_local/run", { function: "reconcile" }],
    ["audit", {}, "서로 다른 것은 0건입니다.", "/_local/run", { function: "audit" }],
  ])("%s with %j says '%s'", async (name, fields, note, path, body) => {
    const done = await open.visitor.post(`/levers/${name}`, { ...fields, back: "/orders/ord-1" });
    expect([done.status, done.headers.location]).toEqual([
      303,
      expect.stringMatching(/^\/orders\/ord-1\?note=/),
    ]);
    expect(changes()).toEqual([[`POST ${path}`, body]]);
    expect(await noteOf(done.headers.location)).toContain(note);
  });

  it("of time moves both clocks by the host, and then the sweep runs", async () => {
    const moved = await open.visitor.post("/levers/clock", { ms: "600000" });
    expect(await noteOf(moved.headers.location)).toContain("2026-08-05 12:00:00로 옮겼고 스윕이 3건을");
    await open.visitor.post("/levers/next-due");
    const run = ["POST /_local/run", { function: "reconcile" }];
    expect(changes()).toEqual([
      ["POST /_local/clock", { advance_ms: 600_000 }],
      run,
      ["POST /_local/clock", { set: "2026-08-05T03:02:00.000Z" }],
      run,
    ]);
  });

  it("to the next due time moves nothing back, and says where nothing is due", async () => {
    const kept = api.answer;
    let dueAt: string | null = "2026-08-05T02:00:00.000Z";
    api.answer = (asked) =>
      asked.route === "GET /_local/due" ? { status: 200, body: { next_at: dueAt } } : kept(asked);
    await open.visitor.post("/levers/next-due");
    expect(changes()).toEqual([["POST /_local/run", { function: "reconcile" }]]);
    dueAt = null;
    const done = await open.visitor.post("/levers/next-due");
    expect(await noteOf(done.headers.location)).toContain("스윕이 볼 것이 없습니다.");
    expect(changes()).toHaveLength(1);
  });

  it("turns all faults off, on both sides", async () => {
    await open.visitor.post("/levers/clear-faults");
    expect(changes().map(([route]) => route)).toEqual(["DELETE /_local/faults", "DELETE /_control/faults"]);
  });

  it("counts calls from nothing", async () => {
    const done = await open.visitor.post("/levers/forget-calls");
    expect(changes()).toEqual([["DELETE /_local/calls", {}]]);
    expect(await noteOf(done.headers.location)).toContain("0부터 다시 셉니다.");
  });

  it("that cannot be pulled tells the simulator's own words", async () => {
    simulator.answer = () => ({ status: 409, body: { error: "the window is approved" } });
    const seen = await open.visitor.post("/levers/window-approve", { window: "w_1" });
    expect([seen.status, seen.text]).toEqual([409, expect.stringContaining("the window is approved")]);
  });

  it.each(["../../settings", "w 1", "w/approve", ""])("pulls nothing of '%s'", async (name) => {
    expect((await open.visitor.post("/levers/window-approve", { window: name })).status).toBe(409);
    expect((await open.visitor.post("/levers/deposit", { imp_uid: name })).status).toBe(409);
    expect(changes()).toEqual([]);
  });

  it.each(["//elsewhere.example/", "/\\elsewhere.example", "https://elsewhere.example", ""])(
    "comes back to the console alone, not to '%s'",
    async (back) => {
      const { headers } = await open.visitor.post("/levers/sweep", { back });
      expect(headers.location).toMatch(/^\/levers\?note=[\w-]+$/);
    },
  );

  it("that nobody knows is no page", async () => {
    expect((await open.visitor.post("/levers/reset")).status).toBe(404);
    expect(changes()).toEqual([]);
  });
});

it("are asked without the key, which stands in no page of theirs", async () => {
  const seen = [await open.visitor.get("/levers"), await open.visitor.post("/levers/sweep")];
  const asked = [...simulator.asked, ...api.asked.filter(({ route }) => route.includes("/_local/"))];
  expect(asked.length).toBeGreaterThan(8);
  expect(JSON.stringify(asked)).not.toContain(consoleKey);
  expect(asked.filter(({ headers }) => headers.authorization !== undefined)).toEqual([]);
  expect(JSON.stringify(seen)).not.toContain(consoleKey);
});
