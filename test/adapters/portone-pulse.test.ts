// How PortOne is, by its last answers: slow by the median of twenty, refusing by three in a row.
import { describe, expect, it } from "vitest";
import { AuthorizedCaller } from "../../lib/portone/authorized-caller.ts";
import type { Exchange } from "../../lib/portone/exchange.ts";
import { createPayments } from "../../lib/portone/payments.ts";
import { AnswerPulse } from "../../lib/portone/pulse.ts";
import { loginKeys } from "../support/login-keys.ts";
import { json, startScriptedPortOne, success, type Turn, wirePayment } from "./scripted-portone.ts";

const answer = (status: number): Exchange => ({ kind: "answer", status, body: {} });

/** Answers in order: how long each took, and its status; 0 for none. */
async function seen(...answers: readonly (readonly [tookMs: number, status: number])[]) {
  let nowMs = 0;
  const pulse = new AnswerPulse({ nowMs: () => nowMs });
  for (const [tookMs, status] of answers) {
    let end: (exchange: Exchange) => void = () => {};
    const followed = pulse.follow(
      new Promise((resolve) => {
        end = resolve;
      }),
    );
    nowMs += tookMs;
    end(status === 0 ? { kind: "no_answer", why: "timeout" } : answer(status));
    await followed;
  }
  return pulse;
}

const times = (count: number, tookMs: number, status = 200) =>
  Array.from({ length: count }, () => [tookMs, status] as const);

describe("PortOne", () => {
  it.each([
    ["a second each", times(40, 1_000), false],
    ["three seconds each", times(40, 3_000), false],
    ["more than three seconds each", times(20, 3_001), true],
    ["slow, but too few to tell", times(19, 9_000), false],
    ["half of them slow", [...times(10, 9_000), ...times(10, 100)], true],
    ["less than half of them slow", [...times(9, 9_000), ...times(11, 100)], false],
    ["slow once, and well since", [...times(20, 9_000), ...times(20, 100)], false],
    ["no answer within its limit", times(20, 4_000, 0), true],
    ["429 three times in a row", times(3, 10, 429), true],
    ["500 three times in a row", times(3, 10, 500), true],
    ["503, 429, 502", [...times(1, 10, 503), ...times(1, 10, 429), ...times(1, 10, 502)], true],
    ["429 twice", times(2, 10, 429), false],
    ["429 twice, an answer, 429", [...times(2, 10, 429), ...times(1, 10), ...times(1, 10, 429)], false],
    ["not found, often", times(5, 10, 404), false],
  ] as const)("with %s: in trouble %s %s", async (_, answers, isInTrouble) => {
    expect((await seen(...answers)).isInTrouble()).toBe(isInTrouble);
  });

  it("begins anew: an instance that met trouble asks again the next minute", async () => {
    const pulse = await seen(...times(20, 9_000), ...times(3, 10, 429));
    pulse.begin();
    expect(pulse.isInTrouble()).toBe(false);
  });

  it("is followed by whatever is asked through the caller", async () => {
    const portone = await startScriptedPortOne();
    const clock = { nowMs: () => Date.now() };
    const caller = new AuthorizedCaller({ url: portone.url, keys: loginKeys }, clock);
    caller.pulse = new AnswerPulse(clock);
    const payments = createPayments(caller, false);
    portone.turns = [success(wirePayment())];
    await payments.fetchPayment("imp_1");
    expect(caller.pulse.isInTrouble()).toBe(false);
    portone.turns = [json(429, { code: -1, message: "잠시 후", response: null })];
    await payments.fetchPayment("imp_1");
    await payments.fetchPayment("imp_1");
    expect(caller.pulse.isInTrouble()).toBe(true);
    await portone.close();
  });

  it("is counted, by its calls and by those that nobody answered well", async () => {
    const portone = await startScriptedPortOne();
    const counted: string[] = [];
    const clock = { nowMs: () => Date.now() };
    const tally = { count: (name: string) => void counted.push(name) };
    const payments = createPayments(
      new AuthorizedCaller({ url: portone.url, keys: loginKeys }, clock, tally),
      false,
    );
    const counts = async (turn: Turn) => {
      counted.length = 0;
      portone.turns = [turn];
      await payments.fetchPayment("imp_1");
      return [...counted];
    };
    // A question nobody answered well is asked once more.
    const failed = ["portone_calls", "portone_failures", "portone_calls", "portone_failures"];
    expect(await counts(success(wirePayment()))).toEqual(["portone_calls"]);
    expect(await counts(json(404, { code: -1, message: "없음", response: null }))).toEqual(["portone_calls"]);
    expect(await counts(json(503, { code: -1, message: "점검", response: null }))).toEqual(failed);
    expect(await counts((response) => response.destroy())).toEqual(failed);
    await portone.close();
  });
});
