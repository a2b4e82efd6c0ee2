// Every path that lib/portone can call stands in the host's list of outgoing calls: each method of each port is driven
// against a scripted PortOne, and what arrived there is looked up.
import { afterAll, beforeAll, expect, it } from "vitest";
import { templateOf } from "../../infra/local/host/outgoing-call.ts";
import { createBillingKeys } from "../../lib/portone/billing-keys.ts";
import { createCancels } from "../../lib/portone/cancels.ts";
import { createCharges } from "../../lib/portone/charges.ts";
import { createDeliveries } from "../../lib/portone/deliveries.ts";
import { pathTo, withQuery } from "../../lib/portone/path.ts";
import { createPayments } from "../../lib/portone/payments.ts";
import { createReceipts } from "../../lib/portone/receipts.ts";
import { createSchedules } from "../../lib/portone/schedules.ts";
import { everyCall } from "./every-call.ts";
import { callerTo, json, type ScriptedPortOne, startScriptedPortOne } from "./scripted-portone.ts";

let portone: ScriptedPortOne;
beforeAll(async () => {
  portone = await startScriptedPortOne();
  portone.turns = [json(400, { code: -1, message: "거절", response: null })];
});
afterAll(() => portone.close());

it("a path that lib/portone calls and the host's list does not know would make faults miss silently", async () => {
  for (const [port, calls] of everyCall(callerTo(portone.url))) {
    expect(Object.keys(calls).sort()).toEqual(Object.keys(port).sort());
    for (const call of Object.values(calls).flat()) await call();
  }
  const paths = portone.requests.map(({ line }) => (line.split(" ")[1] ?? "").split("?")[0] ?? "");
  expect(new Set(paths.map((path) => templateOf(path))).size).toBeGreaterThanOrEqual(18);
  expect(paths.filter((path) => templateOf(path) === null)).toEqual([]);
  expect(templateOf("/users/getToken")).toBe("/users/getToken");
});

it.each(["", ".", ".."])("no path is built of the step %j, wherever the value comes from", async (step) => {
  const before = portone.requests.length;
  expect(() => pathTo`/payments/${step}`).toThrow("no step of a path");
  const caller = callerTo(portone.url);
  const calls = [
    () => createPayments(caller, true).fetchPayment(step),
    () => createPayments(caller, true).findPayments(step),
    () => createCancels(caller).revokeAccount(step),
    () => createCharges(caller, null).retrySchedule(step),
    () => createBillingKeys(caller, null).fetchKey(step),
    () => createSchedules(caller).reschedule(step, 0, true),
    () => createReceipts(caller, null).cancelReceipt({ kind: "payment", impUid: step }),
    () => createDeliveries(caller).fetchDelivery(step),
  ];
  for (const call of calls)
    await expect(Promise.resolve().then<unknown>(call)).rejects.toThrow("no step of a path");
  expect(portone.requests.length).toBe(before);
});

it.each([
  ["a/b", "/payments/a%2Fb"],
  ["../cancel", "/payments/..%2Fcancel"],
  ["%2e%2e", "/payments/%252e%252e"],
  ["a?b#c", "/payments/a%3Fb%23c"],
  ["...", "/payments/..."],
  ["주문 1", "/payments/%EC%A3%BC%EB%AC%B8%201"],
])("%j is one step of a path", (step, path) => {
  expect(pathTo`/payments/${step}`).toBe(path);
  expect(new URL(withQuery(pathTo`/payments/${step}`, "page=1"), portone.url).pathname).toBe(path);
});
