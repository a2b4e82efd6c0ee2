// What the client does with each answer: a refund is the example, because it moves money.
import { describe, expect, it, vi } from "vitest";
import { ProblemError, UnknownOutcomeError } from "../../lib/client/index.ts";
import { type ScriptedAnswer, type Step, scripted } from "./scripted.ts";

const refund = (state: string): ScriptedAnswer => ({
  status: state === "succeeded" ? 200 : 202,
  body: { refund_id: "rf_1", merchant_uid: "ord-1", state, amount: 20_000 },
});
const problem = (status: number, code: string, more: object = {}, retryAfter?: string): ScriptedAnswer => ({
  status,
  body: { type: `/errors/${code}`, title: "Title", status, detail: "설명", code, request_id: "r1", ...more },
  ...(retryAfter !== undefined && { headers: { "retry-after": retryAfter } }),
});
const gateway = (status: number, message: string): ScriptedAnswer => ({ status, body: { message } });
const serverError = gateway(500, "Internal Server Error");
const unavailable = problem(503, "provider_unavailable", {}, "2");

async function ask(steps: readonly Step[]) {
  const { client, sent, pausesMs } = scripted(steps);
  const ended = await client.refund("ord-1", "return-1", { amount: 20_000 }).then(
    ({ state }) => state,
    (error: unknown) => error,
  );
  expect(new Set(sent.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(sent[0]).toEqual({
    method: "POST",
    path: "/orders/ord-1/refunds",
    key: "return-1",
    authorization: "Bearer merchant-key",
    body: '{"amount":20000}',
  });
  return { ended, sends: sent.length, pausesMs };
}

describe("is told in the end, the same request sent again under the same key", () => {
  it.each<[string, readonly Step[], string, readonly number[]]>([
    ["done at once", [refund("succeeded")], "succeeded", []],
    ["a lost connection", ["lost", refund("succeeded")], "succeeded", [500]],
    ["a body that breaks off", ["torn", refund("succeeded")], "succeeded", [500]],
    ["no answer at all", ["silent", refund("succeeded")], "succeeded", [500]],
    ["API Gateway's own 500", [serverError, refund("succeeded")], "succeeded", [500]],
    ["API Gateway's own 503", [gateway(503, "Service Unavailable"), refund("succeeded")], "succeeded", [500]],
    ["a 502 that is no JSON", [{ status: 502, body: "<html>" }, refund("succeeded")], "succeeded", [500]],
    ["an error of the server's", [problem(500, "internal"), refund("succeeded")], "succeeded", [500]],
    ["throttled", [gateway(429, "Too Many Requests"), refund("succeeded")], "succeeded", [500]],
    ["nothing started", [unavailable, refund("succeeded")], "succeeded", [2_000]],
    [
      "another call in flight",
      [problem(409, "operation_in_flight", {}, "2"), refund("succeeded")],
      "succeeded",
      [2_000],
    ],
    ["pending", [refund("pending"), refund("pending"), refund("succeeded")], "succeeded", [500, 1_000]],
    ["waiting for its hour", [refund("scheduled")], "scheduled", []],
    [
      "a long wait that is asked for",
      [problem(503, "order_busy", {}, "60"), refund("succeeded")],
      "succeeded",
      [60_000],
    ],
    [
      "one until a date",
      [problem(503, "order_busy", {}, "Wed, 05 Aug 2026 03:00:20 GMT"), refund("succeeded")],
      "succeeded",
      [20_000],
    ],
    [
      "one nobody understands",
      [problem(503, "order_busy", {}, "soon"), refund("succeeded")],
      "succeeded",
      [500],
    ],
    [
      "many in turn",
      ["lost", serverError, unavailable, refund("pending"), "lost", "lost", refund("succeeded")],
      "succeeded",
      [500, 1_000, 2_000, 4_000, 8_000, 8_000],
    ],
  ])("%s", async (_, steps, state, pausesMs) => {
    expect(await ask(steps)).toEqual({ ended: state, sends: steps.length, pausesMs });
  });
});

describe("is refused, and not sent again", () => {
  it.each([
    [400, "invalid_field"],
    [401, "unauthorized"],
    [403, "scope_missing"],
    [404, "order_not_found"],
    [409, "refund_exceeds_remaining"],
    [422, "idempotency_key_reused"],
    [422, "provider_refused"],
  ])("%d %s", async (status, code) => {
    const { ended, sends } = await ask([problem(status, code)]);
    expect(ended).toBeInstanceOf(ProblemError);
    expect(ended).toMatchObject({ status, code, sends: 1 });
    expect(sends).toBe(1);
  });

  it("with all that is told", async () => {
    const errors = [{ pointer: "/amount", code: "refund_exceeds_remaining", detail: "설명" }];
    const told = { errors, operation: "rf_2", remaining: 89_000, remaining_tax_free: 3_000 };
    const more = { ...told, rule: "R-KS-9", provider_message: "한도초과" };
    const { ended } = await ask([problem(409, "refund_exceeds_remaining", more)]);
    expect({ ...(ended as ProblemError) }).toEqual({
      name: "ProblemError",
      status: 409,
      code: "refund_exceeds_remaining",
      detail: "설명",
      rule: "R-KS-9",
      errors,
      operation: "rf_2",
      remaining: 89_000,
      remainingTaxFree: 3_000,
      providerMessage: "한도초과",
      requestId: "r1",
      sends: 1,
    });
    expect(String(ended)).toBe("ProblemError: refund_exceeds_remaining: Title");
  });

  it("by somebody else than the server, without a code", async () => {
    const { ended } = await ask([gateway(404, "Not Found")]);
    expect(ended).toMatchObject({ name: "ProblemError", status: 404, code: null, detail: "HTTP 404" });
  });
});

describe("stays unknown when the time is over", () => {
  it.each<[string, readonly Step[], ScriptedAnswer | null]>([
    ["never an answer", ["lost"], null],
    ["always API Gateway's own", [serverError], serverError],
    ["always an error of the server's", [problem(500, "internal")], problem(500, "internal")],
    ["pending all the time", [refund("pending")], refund("pending")],
    ["once in doubt, then nothing started", ["lost", unavailable], unavailable],
    ["once in doubt, then another in flight", ["lost", problem(409, "operation_in_flight")], null],
  ])("%s", async (_, steps, last) => {
    const { ended, sends, pausesMs } = await ask(steps);
    expect(ended).toBeInstanceOf(UnknownOutcomeError);
    expect(String(ended)).toContain("POST /orders/ord-1/refunds is unknown: send it again under the same");
    expect(ended).toMatchObject({ sends, ...(last && { last: { status: last.status, body: last.body } }) });
    expect(sends).toBeGreaterThan(5);
    const waitedMs = pausesMs.reduce((sum, ms) => sum + ms, 0);
    expect(waitedMs).toBeLessThan(90_000);
    expect(waitedMs).toBeGreaterThan(80_000);
  });

  it("and why there was no answer is told", async () => {
    const { ended } = await ask(["lost"]);
    expect(String((ended as Error).cause)).toBe("TypeError: fetch failed");
    const silent = await ask(["silent"]);
    expect(String((silent.ended as Error).cause)).toBe("Error: no answer within 35000 ms");
    // Two of 35 s and their pauses; a third begins before the end.
    expect(silent.sends).toBe(3);
  });

  it.each([
    ["its key", problem(401, "unauthorized")],
    ["its scope", problem(403, "scope_missing")],
    ["its path, by API Gateway", gateway(404, "Not Found")],
  ])("at once, when it is turned away for %s after a doubt", async (_, answer) => {
    const { ended, sends } = await ask(["lost", answer]);
    expect(ended).toBeInstanceOf(UnknownOutcomeError);
    expect([sends, (ended as UnknownOutcomeError).last?.status]).toEqual([2, answer.status]);
  });
});

it("nothing started until the end is a refusal that may be repeated", async () => {
  const { ended, sends } = await ask([unavailable]);
  expect(ended).toMatchObject({ name: "ProblemError", code: "provider_unavailable", status: 503, sends });
});

it("a wait longer than the time left is not begun", async () => {
  const { ended, pausesMs } = await ask([problem(503, "order_busy", {}, "90")]);
  expect(ended).toMatchObject({ name: "ProblemError", code: "order_busy" });
  expect(pausesMs).toEqual([]);
});

it("a time of one's own", async () => {
  const { client, sent } = scripted(["lost"], { totalMs: 1_200 });
  await expect(client.refund("ord-1", "return-1")).rejects.toBeInstanceOf(UnknownOutcomeError);
  expect(sent.map(({ body }) => body)).toEqual(["{}", "{}"]);
});

it("whoever aborts hears why they did", async () => {
  const abort = new AbortController();
  const reason = new Error("the shop closes");
  abort.abort(reason);
  const { client, sent } = scripted([refund("pending")]);
  await expect(client.refund("ord-1", "return-1", {}, { signal: abort.signal })).rejects.toBe(reason);
  expect(sent).toEqual([]);
  const during = new AbortController();
  const held = scripted(["held"]);
  const asked = held.client.refund("ord-1", "return-1", {}, { signal: during.signal });
  await vi.waitFor(() => expect(held.sent).toHaveLength(1));
  during.abort(reason);
  await expect(asked).rejects.toBe(reason);
  expect(held.sent).toHaveLength(1);
});
