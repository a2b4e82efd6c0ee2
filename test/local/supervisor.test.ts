// What holds the three processes together: who starts, who ends, and what is left when somebody is killed.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import { endStarted, isRunning, type Ready, startProcess, untilGone } from "../helpers/start-process.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "시작-"));
});
afterEach(async () => {
  await endStarted();
  rmSync(dir, { recursive: true, force: true });
});

const ask = (ready: Ready, path: string, body?: unknown) =>
  fetch(`${ready.gateway}${path}`, {
    headers: { authorization: `Bearer ${ready.merchantKey}`, "content-type": "application/json" },
    ...(body !== undefined && { method: "POST", body: JSON.stringify(body) }),
  });
const order = (merchantUid: string) => ({
  merchant_uid: merchantUid,
  name: "나이키 와플 트레이너 2 SD",
  amount: 109_000,
  pay_method: "card",
  buyer_name: "홍길동",
});
const allOf = ({ pids }: Ready) => [pids.host, pids.simulator, pids.dynamodb];

describe("a start", { timeout: 60_000 }, () => {
  it("says READY once, with addresses that answer and a key that opens them", async () => {
    const run = startProcess(["--no-demo"]);
    const ready = await run.ready();
    expect(Object.keys(ready)).toEqual([
      "gateway",
      "simulator",
      "dynamodb",
      "table",
      "merchantKey",
      "node",
      "pids",
    ]);
    expect(ready.node).toBe(process.versions.node);
    expect((await fetch(`${ready.simulator}/_control/settings`)).status).toBe(200);
    const unknown = await fetch(`${ready.gateway}/nothing-here`);
    expect([unknown.status, await unknown.json()]).toEqual([404, { message: "Not Found" }]);
    expect((await ask(ready, "/orders", order("ord-ready"))).status).toBe(201);
    expect(allOf(ready).map((pid) => pid !== null && isRunning(pid))).toEqual([true, true, true]);
    expect(run.stdout().match(/READY /g)).toHaveLength(1);
  });

  it("gives the functions every PAY_* of its environment, over its own", async () => {
    const run = startProcess(["--no-demo"], { PAY_ORDER_TTL_S: "60", PAY_IMP_CODE: "imp12345678" });
    const reply = await ask(await run.ready(), "/orders", order("ord-override"));
    const { order: made, sdk } = (await reply.json()) as {
      order: { created_at: string; expires_at: string };
      sdk: { init: string };
    };
    expect(Date.parse(made.expires_at) - Date.parse(made.created_at)).toBe(60_000);
    expect(sdk.init).toBe("imp12345678");
  });

  it.runIf(process.platform === "linux")(
    "keeps the developer's AWS and PAY settings from its children",
    async () => {
      const run = startProcess(["--no-demo"], {
        AWS_ACCESS_KEY_ID: "AKIADEVELOPER",
        PAY_IMP_CODE: "imp12345678",
      });
      const { pids } = await run.ready();
      for (const pid of [pids.host, pids.simulator]) {
        const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
        expect(environment).not.toContain("AKIADEVELOPER");
        expect(environment).not.toContain("imp12345678");
      }
    },
  );

  it("uses the DynamoDB it is told to and starts none then", async () => {
    const url = inject("dynamodbUrl");
    const table = `told-${process.pid}`;
    const run = startProcess(["--no-demo"], { PAY_DYNAMODB_ENDPOINT: url, PAY_TABLE: table });
    const ready = await run.ready();
    expect(ready).toMatchObject({ dynamodb: url, table, pids: { dynamodb: null } });
    expect((await ask(ready, "/orders", order("ord-told"))).status).toBe(201);
  });

  it("writes the functions' lines to the file it is given", async () => {
    const file = join(dir, "함수.log");
    const run = startProcess(["--no-demo", "--logs", file]);
    await ask(await run.ready(), "/orders", order("ord-logged"));
    await expect.poll(() => readFileSync(file, "utf8"), { timeout: 5_000 }).toContain('"ord-logged"');
    expect(run.stderr()).not.toContain("ord-logged");
  });

  it.each([
    [["--onec"], "'--onec'"],
    [["--seed", "-1"], "--seed"],
    [["--port", "70000"], "--port wants a whole number up to 65535, not '70000'"],
    [["--once", "--no-demo"], "choose one of them"],
    [["ord-1"], "ord-1"],
  ])("refuses %j by name and exits with 2", async (args, named) => {
    const run = startProcess(args);
    expect(await run.ended).toBe(2);
    expect(run.stderr()).toContain(named);
  });
});

describe("an end", { timeout: 60_000 }, () => {
  it.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)("by %s leaves nothing running and exits with %i", async (signal, exitCode) => {
    const run = startProcess(["--no-demo"]);
    const ready = await run.ready();
    run.child.kill(signal);
    run.child.kill(signal);
    expect(await run.ended).toBe(exitCode);
    expect(allOf(ready).filter((pid) => pid !== null && isRunning(pid))).toEqual([]);
  });

  it("by kill -9 of the parent takes all three along", async () => {
    const run = startProcess(["--no-demo"]);
    const ready = await run.ready();
    run.child.kill("SIGKILL");
    expect(await run.ended).toBe("SIGKILL");
    await untilGone(allOf(ready));
  });

  it("comes when the npm that runs it is killed", async () => {
    const run = startProcess(["--no-demo"], { npm_lifecycle_event: "start" }, true);
    const ready = await run.ready();
    run.child.kill("SIGKILL");
    await untilGone(allOf(ready));
  });

  it("comes with exit 1 when the embedded DynamoDB dies, since what it held is lost", async () => {
    const run = startProcess(["--no-demo"]);
    const ready = await run.ready();
    process.kill(ready.pids.dynamodb ?? 0, "SIGKILL");
    expect(await run.ended).toBe(1);
    expect(run.stderr()).toContain("The dynamodb process ended unexpectedly.");
    await untilGone(allOf(ready));
  });
});

describe("the function host", { timeout: 60_000 }, () => {
  it("is started again on the same port, at the same time of day, when it dies", async () => {
    const run = startProcess(["--no-demo"]);
    const ready = await run.ready();
    await ask(ready, "/orders", order("ord-before"));
    await ask(ready, "/_local/clock", { set: "2030-08-05T03:00:00.000Z" });
    process.kill(ready.pids.host, "SIGKILL");
    await untilGone([ready.pids.host]);

    const state = async () => {
      const reply = await ask(ready, "/orders/ord-before").catch(() => null);
      return ((await reply?.json()) as { state?: string } | undefined)?.state;
    };
    await expect.poll(state, { timeout: 20_000 }).toBe("created");
    const clock = (await (await ask(ready, "/_local/clock")).json()) as { now: string };
    expect(clock.now.slice(0, 16)).toBe("2030-08-05T03:00");
    run.child.kill("SIGTERM");
    expect(await run.ended).toBe(143);
  });
});

describe("a folder given with --data", { timeout: 60_000 }, () => {
  it("keeps orders, payments and keys for the next start", async () => {
    const first = startProcess(["--no-demo", "--data", dir]);
    const before = await first.ready();
    const reply = await ask(before, "/orders", order("ord-kept"));
    const { request_pay } = (await reply.json()) as { request_pay: unknown };
    const paid = await fetch(`${before.simulator}/_control/pay`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ request_pay }),
    });
    const { imp_uid } = (await paid.json()) as { imp_uid: string };
    first.child.kill("SIGTERM");
    await first.ended;

    const after = await startProcess(["--no-demo", "--data", dir]).ready();
    expect(after.merchantKey).toBe(before.merchantKey);
    const synced = await ask(after, "/orders/ord-kept/sync", {});
    expect(await synced.json()).toMatchObject({ state: "paid", imp_uid });
  });

  it("is refused by name while another run uses it", async () => {
    const first = startProcess(["--no-demo", "--data", dir]);
    await first.ready();
    const second = startProcess(["--no-demo", "--data", dir]);
    expect(await second.ended).toBe(1);
    expect(second.stderr()).toContain(`${dir} is in use by another run`);
    expect(isRunning(first.pid)).toBe(true);
  });

  it("lets the next start end what a killed one left running", async () => {
    const first = startProcess(["--no-demo", "--data", dir]);
    const before = await first.ready();
    await ask(before, "/orders", order("ord-left"));
    // Stopped, the parent cannot start the host again; with both gone nobody is left to end the table.
    first.child.kill("SIGSTOP");
    process.kill(before.pids.host, "SIGKILL");
    first.child.kill("SIGKILL");
    await untilGone([before.pids.host, before.pids.simulator]);
    expect(isRunning(before.pids.dynamodb ?? 0)).toBe(true);

    const after = await startProcess(["--no-demo", "--data", dir]).ready();
    expect(isRunning(before.pids.dynamodb ?? 0)).toBe(false);
    expect(await (await ask(after, "/orders/ord-left")).json()).toMatchObject({ state: "created" });
  });
});
