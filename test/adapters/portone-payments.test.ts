// The PortOne client against a real socket: every trouble is told apart, nothing but an explicit success is
// success, and money calls are never repeated.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AuthorizedCaller } from "../../lib/portone/authorized-caller.ts";
import { createPayments } from "../../lib/portone/payments.ts";
import { loginKeys } from "../support/login-keys.ts";
import { untold } from "../support/orders.ts";
import {
  halfThenReset,
  hangUp,
  html,
  inPieces,
  json,
  notJson,
  type ScriptedPortOne,
  startScriptedPortOne,
  success,
  wirePayment,
} from "./scripted-portone.ts";

let portone: ScriptedPortOne;
/** Five minutes ahead of PortOne's. */
let nowMs = Date.parse("2026-08-05T12:25:00+09:00");

beforeEach(async () => {
  portone = await startScriptedPortOne();
  nowMs = Date.parse("2026-08-05T12:25:00+09:00");
});
afterEach(() => portone.close());

const callerOf = (url = portone.url) =>
  new AuthorizedCaller({ url, keys: loginKeys }, { nowMs: () => nowMs });
const clientOf = (acceptsSandbox = false) => createPayments(callerOf(), acceptsSandbox);
const impUid = "imp_730112845061";

describe("a token", () => {
  it("is fetched once for everybody who waits, and kept", async () => {
    portone.turns = [success(wirePayment())];
    const client = clientOf();
    await Promise.all(Array.from({ length: 50 }, () => client.fetchPayment(impUid)));
    await client.fetchPayment(impUid);
    expect([portone.logins, portone.requests.length]).toEqual([1, 51]);
    expect(portone.requests[0]?.authorization).toBe("Bearer token-1");
  });

  it("lives as long as PortOne's own two times say, less its last minute, whatever our clock shows", async () => {
    portone.turns = [success(wirePayment())];
    const client = clientOf();
    await client.fetchPayment(impUid);
    nowMs += 1_740_000 - 1;
    await client.fetchPayment(impUid);
    expect(portone.logins).toBe(1);
    nowMs += 1;
    await client.fetchPayment(impUid);
    expect(portone.logins).toBe(2);
  });

  it("refused in flight is renewed once, and the call made once more", async () => {
    portone.turns = [
      json(401, { code: -1, message: "Unauthorized", response: null }),
      success(wirePayment()),
    ];
    expect(await clientOf().fetchPayment(impUid)).toMatchObject({ outcome: "found" });
    expect([portone.logins, portone.requests.map(({ authorization }) => authorization)]).toEqual([
      2,
      ["Bearer token-1", "Bearer token-2"],
    ]);
  });

  it("refused again is unavailable, not tried for ever", async () => {
    portone.turns = [json(401, { code: -1, message: "Unauthorized", response: null })];
    expect(await clientOf().fetchPayment(impUid)).toEqual({ outcome: "unavailable", why: "unauthorized" });
    expect([portone.logins, portone.requests.length]).toEqual([2, 2]);
  });
});

describe("reading a payment", () => {
  it("translates PortOne's record: seconds, empty values, Korean text in pieces, unknown fields", async () => {
    portone.turns = [inPieces];
    expect(await clientOf().fetchPayment(impUid)).toEqual({
      outcome: "found",
      record: {
        impUid,
        merchantUid: "ord-20260805-000142",
        status: "paid",
        amount: 109_000,
        cancelAmount: 0,
        taxFree: null,
        currency: "KRW",
        payMethod: "card",
        pgId: "2999199999",
        sandbox: false,
        escrow: false,
        startedAtMs: 1_785_900_000_000,
        paidAtMs: 1_785_900_062_000,
        account: null,
        cashReceiptIssued: false,
        slip: untold,
        failReason: null,
        cancels: [],
      },
    });
  });

  it.each([
    ["an unknown status", { status: "pending" }, { status: "unrecognised" }],
    [
      "an unpaid account",
      { status: "ready", paid_at: 0, vbank_num: "562", vbank_date: 1_786_159_200 },
      { paidAtMs: null, account: { number: "562", dueAtMs: 1_786_159_200_000 } },
    ],
    [
      "a cancel without an id",
      { cancel_amount: 5, cancel_history: [{ amount: 5, cancelled_at: 9 }] },
      { cancels: [{ cancellationId: "9-0", amount: 5, atMs: 9_000, reason: "" }] },
    ],
    ["dollars", { currency: "USD", amount: 10.5 }, { currency: "USD", amount: 1_050 }],
    ["an amount that is none", { amount: 0.5 }, { amount: null }],
    [
      "a cancelled amount that is none",
      { cancel_amount: 5, cancel_history: [{ cancellation_id: "c-1", amount: 0.5, cancelled_at: 9 }] },
      { cancels: [{ cancellationId: "c-1", amount: null }] },
    ],
  ])("understands %s", async (_, more, record) => {
    portone.turns = [success(wirePayment(more))];
    expect(await clientOf().fetchPayment(impUid)).toMatchObject({ outcome: "found", record });
  });

  it.each([
    ["no record", success(null)],
    ["a record of no payment", success({ ...wirePayment(), imp_uid: undefined })],
    ["HTTP 200 with another code", json(200, { code: 1, message: "실패하였습니다", response: null })],
    ["no envelope", json(200, wirePayment())],
    ["HTML from a proxy", html],
    ["HTML with 200", notJson],
    ["429", json(429, { code: -1, message: "Too many", response: null })],
    ["500", json(500, { code: -1, message: "오류", response: null })],
    ["half a body", halfThenReset],
    ["a closed connection", hangUp],
  ])("takes %s for no answer, never for success", async (_, turn) => {
    portone.turns = [turn];
    expect(await clientOf().fetchPayment(impUid)).toMatchObject({ outcome: "unavailable" });
  });

  it.each([
    ["a closed connection", hangUp],
    ["a proxy's 502", html],
    ["half a body", halfThenReset],
  ])("asks once more after %s, because asking changes nothing", async (_, turn) => {
    portone.turns = [turn, success(wirePayment())];
    expect(await clientOf().fetchPayment(impUid)).toMatchObject({ outcome: "found" });
    portone.turns = [turn, success(wirePayment())];
    expect(await clientOf().fetchPayment(impUid, { triesOnce: true })).toMatchObject({
      outcome: "unavailable",
    });
  });

  it("knows a payment that does not exist from one that cannot be read", async () => {
    portone.turns = [json(404, { code: -1, message: "존재하지 않는 결제정보입니다.", response: null })];
    expect(await clientOf().fetchPayment("imp_0")).toEqual({ outcome: "absent" });
  });

  it("asks for test-channel payments only where they are accepted", async () => {
    portone.turns = [success(wirePayment())];
    await clientOf(false).fetchPayment("imp/1");
    await clientOf(true).fetchPayment("imp/1");
    expect(portone.requests.map(({ line }) => line)).toEqual([
      "GET /payments/imp%2F1",
      "GET /payments/imp%2F1?include_sandbox=true",
    ]);
  });

  it("stops when its caller's time is over", async () => {
    portone.turns = [() => {}];
    const signal = AbortSignal.timeout(50);
    expect(await clientOf().fetchPayment(impUid, { signal })).toMatchObject({ outcome: "unavailable" });
  });

  it("keeps its connection", async () => {
    portone.turns = [success(wirePayment())];
    const client = clientOf();
    for (let index = 0; index < 50; index += 1) await client.fetchPayment(impUid);
    expect(portone.connections).toBe(1);
  });
});

describe("finding an order's payments", () => {
  it("reads every page, and none is an empty list", async () => {
    const page = (list: readonly object[], next: number) => success({ total: 3, previous: 0, next, list });
    const none = json(404, { code: -1, message: "없음", response: null });
    portone.turns = [
      page([wirePayment(), wirePayment({ imp_uid: "imp_2" })], 2),
      page([wirePayment({ imp_uid: "imp_paid" })], 0),
      none,
      page([wirePayment({ imp_uid: "imp_3" })], 0),
    ];
    const found = await clientOf().findPayments("ord~1");
    expect(found).toMatchObject({
      outcome: "found",
      records: [{ impUid }, { impUid: "imp_2" }, { impUid: "imp_paid" }, { impUid: "imp_3" }],
      isPartial: false,
    });
    // What took money is read first where there is more than a page.
    const query = (number: number) => `?page=${number}&limit=100&sorting=started`;
    expect(portone.requests.map(({ line }) => line)).toEqual([
      `GET /payments/findAll/ord~1${query(1)}`,
      `GET /payments/findAll/ord~1/paid${query(1)}`,
      `GET /payments/findAll/ord~1/cancelled${query(1)}`,
      `GET /payments/findAll/ord~1${query(2)}`,
    ]);
    portone.turns = [json(404, { code: -1, message: "없음", response: null })];
    expect(await clientOf().findPayments("ord-none")).toEqual({
      outcome: "found",
      records: [],
      unreadable: [],
    });
  });

  it("hides no money behind two thousand open accounts, and says that it has not seen them all", async () => {
    const page = (list: readonly object[], next: number) =>
      success({ total: 9_999, previous: 0, next, list });
    const open = (number: number) =>
      page([wirePayment({ imp_uid: `imp_open_${number}`, status: "ready" })], number + 1);
    portone.turns = [
      open(1),
      page([wirePayment({ imp_uid: "imp_paid" })], 0),
      page([wirePayment({ imp_uid: "imp_back", status: "cancelled" })], 0),
      ...Array.from({ length: 40 }, (_, index) => open(index + 2)),
    ];
    const found = await clientOf().findPayments("ord-1");
    expect(found).toMatchObject({ outcome: "found", isPartial: true });
    expect(portone.requests.length).toBe(22);
    const named = found.outcome === "found" ? found.records.map((record) => record.impUid) : [];
    expect(named.slice(0, 3)).toEqual(["imp_open_1", "imp_paid", "imp_back"]);
  });

  it("is unavailable as a whole when one page is", async () => {
    portone.turns = [success({ total: 2, previous: 0, next: 2, list: [wirePayment()] }), html];
    expect(await clientOf().findPayments("ord-1")).toMatchObject({ outcome: "unavailable" });
  });
});
