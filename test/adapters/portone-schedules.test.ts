// A customer's schedules against a real socket: the list is whole, or it is no list.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createSchedules } from "../../lib/portone/schedules.ts";
import {
  callerTo,
  html,
  json,
  type ScriptedPortOne,
  startScriptedPortOne,
  success,
} from "./scripted-portone.ts";

let portone: ScriptedPortOne;
beforeEach(async () => {
  portone = await startScriptedPortOne();
});
afterEach(() => portone.close());

const window = {
  fromMs: Date.parse("2026-08-01T00:00:00+09:00"),
  toMs: Date.parse("2026-10-01T00:00:00+09:00"),
};
const list = () => createSchedules(callerTo(portone.url)).listSchedules("hong/card1", window);
const page = (...merchantUids: readonly string[]) =>
  success(
    merchantUids.map((merchant_uid) => ({
      merchant_uid,
      customer_uid: "hong/card1",
      schedule_at: 1_786_000_000,
      amount: 8_900,
      schedule_status: "scheduled",
    })),
  );
const refusal = json(200, { code: 1, message: "페이지가 없습니다.", response: null });
const serverError = json(500, { code: -1, message: "오류", response: null });

describe("a customer's schedules", () => {
  it.each([
    ["an empty page", page()],
    ["a refusal", refusal],
    ["404", json(404, { code: -1, message: "없음", response: null })],
    ["the last page again", page("sub-3")],
  ])("are read page by page until %s", async (_, end) => {
    portone.turns = [page("sub-1", "sub-2"), page("sub-3"), end];
    expect(await list()).toMatchObject({
      outcome: "found",
      records: [{ merchantUid: "sub-1" }, { merchantUid: "sub-2" }, { merchantUid: "sub-3" }],
    });
    expect(portone.requests.map(({ line }) => line).slice(0, 2)).toEqual([
      "GET /subscribe/payments/schedule/customers/hong%2Fcard1?page=1&from=1785510000&to=1790780400",
      "GET /subscribe/payments/schedule/customers/hong%2Fcard1?page=2&from=1785510000&to=1790780400",
    ]);
  });

  it.each([
    ["a server error of PortOne's", serverError],
    ["a proxy's", html],
    ["what is no list", success({ list: { 0: "예약" } })],
  ])("are unavailable as a whole after %s on a later page", async (_, trouble) => {
    portone.turns = [page("sub-1"), trouble];
    expect(await list()).toMatchObject({ outcome: "unavailable" });
  });

  it("that cannot be read are named, and hide no other and no page after them", async () => {
    const row = {
      merchant_uid: "sub-9",
      customer_uid: "hong/card1",
      schedule_at: 1_788_578_400,
      amount: 8_900,
    };
    const live = { ...row, schedule_status: "scheduled" };
    portone.turns = [
      page("sub-1"),
      success([row, null, { ...live, merchant_uid: "가".repeat(41) }, { ...live, schedule_at: 1e300 }]),
      success([{ ...live, schedule_at: "1788578400", amount: 10.5, imp_uid: "109000" }]),
      page(),
    ];
    const found = await list();
    expect(found).toMatchObject({
      outcome: "found",
      records: [
        { merchantUid: "sub-1" },
        { merchantUid: "sub-9", scheduledAtMs: 1_788_578_400_000, amount: null, impUid: null },
      ],
    });
    expect(found).toMatchObject({ unreadable: ["sub-9", null] });
  });

  it("of one number are each told by its time: an earlier, revoked one hides neither the live one nor the pages after it", async () => {
    const named = (schedule_at: number, schedule_status: string) => ({
      merchant_uid: "sub-1",
      customer_uid: "hong/card1",
      schedule_at,
      amount: 8_900,
      schedule_status,
    });
    const [revoked, again] = [named(1_786_000_000, "revoked"), named(1_786_000_000, "scheduled")];
    portone.turns = [
      success([revoked]),
      success([again]),
      success([named(1_787_000_000, "scheduled")]),
      page(),
    ];
    expect(await list()).toMatchObject({
      outcome: "found",
      records: [
        { scheduledAtMs: 1_786_000_000_000, scheduleStatus: "revoked" },
        { scheduledAtMs: 1_786_000_000_000, scheduleStatus: "scheduled" },
        { scheduledAtMs: 1_787_000_000_000, scheduleStatus: "scheduled" },
      ],
    });
  });

  it("are unavailable when the first page is refused: that is no end", async () => {
    portone.turns = [refusal];
    expect(await list()).toMatchObject({ outcome: "unavailable" });
  });

  it("are unavailable when there is no end in sight", async () => {
    portone.turns = Array.from({ length: 21 }, (_, index) => page(`sub-${index}`));
    expect(await list()).toMatchObject({ outcome: "unavailable", why: "too many schedules" });
    expect(portone.requests).toHaveLength(20);
  });
});
