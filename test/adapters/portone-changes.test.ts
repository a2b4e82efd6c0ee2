// What is true of every call that changes something at PortOne, whatever it changes: it leaves on a connection of its
// own, and never later than its send window. Reads share a connection and are repeated.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sendWithinMs } from "../../lib/portone/policy.ts";
import { everyCall } from "./every-call.ts";
import { callerTo, json, type ScriptedPortOne, startScriptedPortOne } from "./scripted-portone.ts";

let portone: ScriptedPortOne;
let nowMs = 0;
beforeAll(async () => {
  portone = await startScriptedPortOne();
});
afterAll(() => portone.close());
beforeEach(() => {
  nowMs = Date.parse("2026-08-05T12:25:00+09:00");
});

const refused = json(400, { code: -1, message: "거절", response: null });
const refusedToken = json(401, { code: -1, message: "Unauthorized", response: null });
/** Registering an amount is neither: it moves nothing, and nobody concludes from its absence. */
const isChange = (line: string): boolean => !line.startsWith("GET ") && line !== "POST /payments/prepare";

/** What each call of lib/portone makes arrive, and how many connections it opened. */
async function arrivals(turns: readonly ScriptedPortOne["turns"][number][]) {
  const caller = callerTo(portone.url, () => nowMs);
  const calls = everyCall(caller).flatMap(([, methods]) =>
    Object.entries(methods).filter(([name]) => name !== "login"),
  );
  const seen: { readonly lines: readonly string[]; readonly connections: number }[] = [];
  for (const [, ways] of calls)
    for (const call of ways) {
      portone.turns = [refused];
      // The token and the connection that reads share are at hand.
      await everyCall(caller)[0][1].fetchPayment[0]();
      const before = { lines: portone.requests.length, connections: portone.connections };
      portone.turns = [...turns];
      await call();
      const lines = portone.requests.slice(before.lines).map(({ line }) => line);
      seen.push({ lines, connections: portone.connections - before.connections });
    }
  return {
    changes: seen.filter(({ lines }) => isChange(lines[0] ?? "")),
    others: seen.filter(({ lines }) => !isChange(lines[0] ?? "")),
  };
}

describe("every change", () => {
  it("leaves on a connection of its own, and everything else on the one that is kept", async () => {
    const { changes, others } = await arrivals([refused]);
    expect(changes).toHaveLength(18);
    expect(changes.filter(({ lines, connections }) => lines.length !== 1 || connections !== 1)).toEqual([]);
    expect(others.filter(({ connections }) => connections > 0)).toEqual([]);
  });

  it("whose token is refused after its send window does not leave again", async () => {
    const { changes, others } = await arrivals([
      (...turn) => {
        nowMs += sendWithinMs + 1;
        return refusedToken(...turn);
      },
      refused,
    ]);
    expect(changes.filter(({ lines }) => lines.length !== 1)).toEqual([]);
    expect(others.filter(({ lines }) => lines.length < 2)).toEqual([]);
  });
});
