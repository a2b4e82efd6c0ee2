// The demo of `npm start`: what it plays, what it says of it, and that a kill in the middle loses nothing.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { demoMerchantUid } from "../../infra/local/demo/demo.ts";
import { demoOrder } from "../../infra/local/demo/demo-steps.ts";
import { endStarted, type Ready, startProcess, untilGone } from "../support/start-process.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "시연-"));
});
afterEach(async () => {
  await endStarted();
  rmSync(dir, { recursive: true, force: true });
});

interface Order {
  readonly merchant_uid: string;
  readonly state: string;
  readonly imp_uid: string | null;
}

async function call<Answer>(url: string, ready: Ready, body?: unknown): Promise<Answer> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${ready.merchantKey}`, "content-type": "application/json" },
    ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
  });
  return (await response.json()) as Answer;
}

const verdict = (stdout: string): unknown => {
  const lines = stdout.trimEnd().split("\n");
  return JSON.parse((lines.at(-1) ?? "").replace(/^DEMO /, ""));
};

describe("npm start -- --once", { timeout: 60_000 }, () => {
  it("plays one payment to its end, says so in its last line, and exits with 0", async () => {
    const run = startProcess(["--once"]);
    expect(await run.ended).toBe(0);
    expect(verdict(run.stdout())).toEqual({
      ok: true,
      merchant_uid: expect.stringMatching(/^demo-\d{8}-\d{6}-\d{3}$/),
      state: expect.any(String),
      steps: run.stdout().match(/^\d+\. /gm)?.length,
    });
    const lines = run.stdout().split("\n");
    expect(lines.findIndex((line) => line.startsWith("READY "))).toBeLessThan(
      lines.findIndex((line) => line.startsWith("1. ")),
    );
    expect(run.stdout()).toContain('"name":"나이키 와플 트레이너 2 SD"');
    expect(run.stdout()).toMatch(/PortOne {3}→ POST \/portone\/confirm\/\S+ .*\n.*← 200/);
    expect(run.stdout()).toMatch(/PortOne {3}→ POST \/portone\/notice\/\S+ .*\n.*← 200/);
  });

  it("exits with 1 and names the difference when a state is not as expected", async () => {
    // Payments of the simulator's channel are then another shop's.
    const run = startProcess(["--once"], { PAY_MID: "2999100000" });
    expect(await run.ended).toBe(1);
    expect(run.stdout()).toMatch(/expected 200 paid, saw 200 approved/);
    expect(verdict(run.stdout())).toMatchObject({ ok: false, state: "approved" });
  });
});

describe("npm start", { timeout: 60_000 }, () => {
  it("stays up with commands that work as they are printed", async () => {
    const run = startProcess(["--seed", "11"]);
    const ready = await run.ready();
    await run.says("Everything stays up until Ctrl-C.");
    const commands = () => run.stdout().match(/^curl .*$/gm) ?? [];
    await expect.poll(() => commands().length, { timeout: 5_000 }).toBeGreaterThanOrEqual(5);
    const page = /http:\S+\/window\/\S+/.exec(run.stdout().split("Everything stays up")[1] ?? "")?.[0];
    expect((await fetch(page ?? "")).status).toBe(200);
    const answers: [string, boolean][] = [];
    for (const command of commands()) {
      const url = /'(http[^']+)'/.exec(command)?.[1] ?? "";
      const headers = [...command.matchAll(/-H '([^:']+): ([^']+)'/g)].map(([, name = "", value = ""]) => [
        name,
        value,
      ]);
      const body = / -d '([^']+)'/.exec(command)?.[1] ?? null;
      const method = / -X (\w+)/.exec(command)?.[1] ?? (body === null ? "GET" : "POST");
      const response = await fetch(url, { method, headers: Object.fromEntries(headers), body });
      answers.push([command, response.ok]);
    }
    expect(answers).toEqual(commands().map((command) => [command, true]));
    expect(commands().every((command) => command.includes(ready.merchantKey))).toBe(true);
  });
});

describe("kill -9 of the parent in the middle of the demo", { timeout: 120_000 }, () => {
  it.each([2, 3, 4])("when step %i begins, loses nothing", async (step) => {
    const first = startProcess(["--data", dir]);
    const before = await first.ready();
    await first.says(`\n${step}. `);
    first.child.kill("SIGKILL");
    await first.ended;

    const ready = await startProcess(["--no-demo", "--data", dir]).ready();
    await untilGone(Object.values(before.pids));
    const merchantUid = /demo-\d{8}-\d{6}-\d{3}/.exec(first.stdout())?.[0] ?? "";
    const synced = await call<Order>(`${ready.gateway}/orders/${merchantUid}/sync`, ready, {});
    const { payments } = await call<{ payments: { imp_uid: string; status: string }[] }>(
      `${ready.simulator}/_control/state`,
      ready,
    );
    const paidBy = payments.find(({ status }) => status === "paid")?.imp_uid ?? null;
    expect([synced.state === "paid", synced.imp_uid]).toEqual([paidBy !== null, paidBy]);
    if (paidBy !== null) return;

    const { request_pay } = await call<{ request_pay: unknown }>(
      `${ready.gateway}/orders`,
      ready,
      demoOrder(merchantUid),
    );
    const { imp_uid } = await call<{ imp_uid: string }>(`${ready.simulator}/_control/pay`, ready, {
      request_pay,
    });
    const paid = await call<Order>(`${ready.gateway}/orders/${merchantUid}/sync`, ready, {});
    expect(paid).toMatchObject({ state: "paid", imp_uid });
  });
});

describe("an order's number", () => {
  it("is another one for each start and says when, in Korean time", () => {
    expect(demoMerchantUid(Date.parse("2026-08-05T15:30:00.007Z"))).toBe("demo-20260806-003000-007");
  });
});
