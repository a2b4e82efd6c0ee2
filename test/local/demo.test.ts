// The demo of `npm start`: what it plays, what it says of it, and that a kill in the middle loses nothing.
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { demoMerchantUid } from "../../infra/local/demo/demo.ts";
import { demoOrder } from "../../infra/local/demo/demo-steps.ts";
import { lastCommand } from "../support/readme.ts";
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
    const run = startProcess(["--once", "--verbose"]);
    expect(await run.ended).toBe(0);
    expect(verdict(run.stdout())).toEqual({
      ok: true,
      merchant_uid: expect.stringMatching(/^demo-\d{8}-\d{6}-\d{3}$/),
      state: expect.any(String),
      steps: run.stdout().match(/^ ?\d+\. /gm)?.length,
    });
    const lines = run.stdout().split("\n");
    expect(lines.findIndex((line) => line.startsWith("READY "))).toBeLessThan(
      lines.findIndex((line) => line.startsWith(" 1. ")),
    );
    expect(run.stdout()).toContain('"name":"나이키 와플 트레이너 2 SD"');
    expect(run.stdout()).toMatch(/→ PortOne: POST \/portone\/confirm\/\S+ .*\n.*← 200/);
    expect(run.stdout()).toMatch(/→ PortOne: POST \/portone\/notice\/\S+ .*\n.*← 200/);
  });

  it("says it in a line a step, without colour, and keeps the functions' lines out of the way", async () => {
    const run = startProcess(["--once"]);
    expect(await run.ended).toBe(0);
    const [, ...told] = run.stdout().split("\n");
    expect(
      told
        .slice(1, -3)
        .every((line) => /^[ \d]\d\. ✓ \d{3} |^ 3\. ✓ confirm 200|^ 4\. ✓ notice 200/.test(line)),
    ).toBe(true);
    expect(run.stdout()).not.toContain("\u001b[");
    expect(run.stderr()).toBe("");
  });

  it("exits with 1 and names the difference when a state is not as expected", async () => {
    // Payments of the simulator's channel are then another shop's.
    const run = startProcess(["--once"], { PAY_MID: "2999100000" });
    expect(await run.ended).toBe(1);
    expect(run.stdout()).toMatch(/expected 200 paid, saw 200 approved/);
    expect(verdict(run.stdout())).toMatchObject({ ok: false, state: "approved" });
  });
});

/** A shell of somebody who pastes what was printed. */
const paste = promisify(execFile);

describe("what npm start prints at the end", { timeout: 60_000 }, () => {
  it.each([
    ["after the demo", []],
    ["without it", ["--no-demo"]],
  ])("works as it stands and in its order, %s", async (_, more) => {
    const run = startProcess([...more]);
    const ready = await run.ready();
    await run.says(lastCommand);
    const [, printed = ""] = run.stdout().split("Everything stays up until Ctrl-C.\n");
    const exported = printed.match(/^export .*$/gm) ?? [];
    expect(exported).toEqual([
      expect.stringMatching(
        `^export KEY=${ready.merchantKey} G=${ready.gateway} SIM=${ready.simulator} IMP_KEY=\\d+ IMP_SECRET=[0-9a-f]+$`,
      ),
    ]);
    const commands = printed.match(/^curl .*$/gm) ?? [];
    expect(commands.length).toBeGreaterThan(15);
    for (const command of commands) {
      const script = `set -eo pipefail; ${exported[0]}; ${command.replaceAll("curl -sS", "curl -sS --fail-with-body")}`;
      const { stdout } = await paste("bash", ["-c", script]);
      expect(JSON.parse(stdout), command).toBeTypeOf("object");
    }
    const { access_token } = await token(run.stdout());
    expect(access_token).toBeTypeOf("string");

    const uidOf = (title: string) => new RegExp(`# ${title}\\n.*/orders/([^/"]+)`).exec(printed)?.[1] ?? "";
    const states = await Promise.all(
      ["read it", "void it"].map((title) => call<Order>(`${ready.gateway}/orders/${uidOf(title)}`, ready)),
    );
    expect(states.map(({ state }) => state)).toEqual(["partially_refunded", "voided"]);
    const waiting = /^# pay (\S+), which waits/m.exec(printed)?.[1];
    expect(waiting === undefined).toBe(more.length > 0);
    if (waiting !== undefined)
      expect(await call<Order>(`${ready.gateway}/orders/${waiting}/sync`, ready, {})).toMatchObject({
        state: "paid",
      });
  });

  it("leaves an order whose window a person can pay in, and a reference to read", async () => {
    const run = startProcess([]);
    await run.says(lastCommand);
    const read = async (address: RegExp) => (await fetch(address.exec(run.stdout())?.[1] ?? "")).text();
    expect(await read(/ (http:\S+\/window\/\S+) +payment window/)).toContain("결제하기");
    expect(await read(/ (http:\S+\/docs) /)).toContain("<title>KSNET 결제 API");
  });
});

/** What the printed key of the simulator is answered with. */
async function token(stdout: string): Promise<{ readonly access_token?: string }> {
  const named = (name: string) => new RegExp(` ${name}=(\\S+)`).exec(stdout)?.[1] ?? "";
  const response = await fetch(`${named("SIM")}/users/getToken`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ imp_key: named("IMP_KEY"), imp_secret: named("IMP_SECRET") }),
  });
  const { response: told } = (await response.json()) as { response: { access_token?: string } };
  return told;
}

describe("kill -9 of the parent in the middle of the demo", { timeout: 120_000 }, () => {
  it.each([2, 3, 4])("when step %i begins, loses nothing", async (step) => {
    const first = startProcess(["--data", dir, "--verbose"]);
    const before = await first.ready();
    await first.says(`\n ${step}. `);
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
