// One page of PortOne's lists against a real socket: a vanished page ends the list, trouble does not.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createPaymentLists } from "../../lib/portone/payment-lists.ts";
import {
  callerTo,
  html,
  json,
  type ScriptedPortOne,
  startScriptedPortOne,
  success,
  type Turn,
  wirePayment,
} from "./scripted-portone.ts";

let portone: ScriptedPortOne;
beforeEach(async () => {
  portone = await startScriptedPortOne();
});
afterEach(() => portone.close());

const window = {
  fromMs: Date.parse("2026-08-05T00:00:00+09:00"),
  toMs: Date.parse("2026-08-05T23:59:59+09:00"),
};
const read = (page: number, turn: Turn) => {
  portone.turns = [turn];
  return createPaymentLists(callerTo(portone.url)).listPayments("paid", window, page);
};
const refusal = json(400, { code: -1, message: "잘못된 page입니다.", response: null });
const end = { outcome: "found", records: [], unreadable: [], nextPage: 0 };

describe("a page of the paid", () => {
  it("names the next one", async () => {
    expect(await read(1, success({ list: [wirePayment()], next: 2 }))).toMatchObject({
      records: [{ impUid: "imp_730112845061" }],
      nextPage: 2,
    });
  });

  it("counts what is no record, and keeps the others", async () => {
    const list = [
      wirePayment(),
      { imp_uid: "imp_2", 메모: "깨진 기록" },
      null,
      wirePayment({ imp_uid: "imp_3" }),
    ];
    expect(await read(1, success({ list, next: 0 }))).toMatchObject({
      records: [{ impUid: "imp_730112845061" }, { impUid: "imp_3" }],
      unreadable: [
        { impUid: "imp_2", merchantUid: null },
        { impUid: null, merchantUid: null },
      ],
    });
  });

  it.each([
    ["refused", refusal],
    ["not found", json(404, { code: -1, message: "없음", response: null })],
  ])("beyond the last, %s, is the end", async (_, turn) => {
    expect(await read(2, turn)).toEqual(end);
  });

  it.each([
    ["a refused first one", 1, refusal],
    ["a server error", 2, json(500, { code: -1, message: "오류", response: null })],
    ["a rate limit", 2, json(429, { code: -1, message: "잠시 후", response: null })],
    ["a proxy's page", 2, html],
  ])("is no end after %s", async (_, page, turn) => {
    expect(await read(page, turn)).toMatchObject({ outcome: "unavailable" });
  });
});
