// Every path that lib/portone can call stands in the host's list of outgoing calls: each method of each port is driven
// against a scripted PortOne, and what arrived there is looked up.
import { afterAll, beforeAll, expect, it } from "vitest";
import { templateOf } from "../../infra/local/host/outgoing-call.ts";
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
