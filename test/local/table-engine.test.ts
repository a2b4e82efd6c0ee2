// A start on a machine without dynoxide, which --table dynalite makes of any machine.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openRunFolder } from "../../infra/local/processes/run-folder.ts";
import { engineOfMachine, findWrongEngine } from "../../infra/local/processes/table-engine.ts";
import { sayIn } from "../../infra/local/words/say.ts";
import { ask, endStarted, isRunning, startProcess, untilGone } from "../support/start-process.ts";

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "엔진-"));
});
afterEach(async () => {
  await endStarted();
  rmSync(dir, { recursive: true, force: true });
});

const onDynalite = (...args: string[]) => startProcess(["--no-demo", ...args, "--table", "dynalite"]);
const order = (merchantUid: string) => ({
  merchant_uid: merchantUid,
  name: "책상 조명",
  amount: 109_000,
  pay_method: "card",
  buyer_name: "홍길동",
});

describe("a start on dynalite", { timeout: 60_000 }, () => {
  it("keeps its orders for the next one, also when it was killed", async () => {
    const first = onDynalite("--data", dir);
    const before = await first.ready();
    expect(before.pids.dynamodb !== null && isRunning(before.pids.dynamodb)).toBe(true);
    expect((await ask(before, "/orders", order("ord-kept"))).status).toBe(201);
    // A wish that loses is answered with the order that stands there, which dynalite does not send along.
    expect((await ask(before, "/orders", order("ord-kept"))).status).toBe(200);
    expect((await ask(before, "/orders", { ...order("ord-kept"), amount: 5_000 })).status).toBe(409);
    first.child.kill("SIGKILL");
    await untilGone([before.pids.host, before.pids.simulator, before.pids.dynamodb]);

    const after = await onDynalite("--data", dir).ready();
    expect(await (await ask(after, "/orders/ord-kept")).json()).toMatchObject({ state: "created" });
  });

  it("plays the payment", async () => {
    const run = startProcess(["--once", "--table", "dynalite"]);
    expect(await run.ended).toBe(0);
    expect(run.stdout()).toMatch(/\nDEMO \{"ok":true,.*"state":"partially_refunded"/);
  });

  it("is refused for prod, before anything starts", async () => {
    const run = startProcess(["--no-demo", "--table", "dynalite"], { PAY_STAGE: "prod" });
    expect(await run.ended).toBe(1);
    expect(run.stderr()).toContain("- dynalite: no table for PAY_STAGE prod\n");
    expect(run.stdout()).toBe("");
  });
});

describe("the engine", () => {
  it("is dynoxide where there is one for the machine, else dynalite", () => {
    expect(engineOfMachine("darwin", "arm64")).toBe("dynalite");
    expect(engineOfMachine("win32", "x64")).toBe("dynalite");
    if (process.platform === "linux" && process.arch === "x64") expect(engineOfMachine()).toBe("dynoxide");
  });

  it.each([
    [null, {}, "dynalite", []],
    ["dynalite", { PAY_STAGE: "dev" }, "dynoxide", []],
    ["dynoxide", { PAY_STAGE: "prod" }, "dynalite", []],
    ["dynalite", { PAY_STAGE: "prod" }, "dynoxide", ["dynalite: no table for PAY_STAGE prod"]],
    [null, { PAY_STAGE: " prod " }, "dynalite", ["dynalite: no table for PAY_STAGE prod"]],
    [null, { PAY_STAGE: "prod", PAY_DYNAMODB_ENDPOINT: "http://127.0.0.1:8000" }, "dynalite", []],
    [null, { PAY_DYNAMODB_ENDPOINT: "http://127.0.0.1:8000" }, "dynalite", []],
    ["dynoxide", { PAY_DYNAMODB_ENDPOINT: " " }, "dynoxide", []],
    [
      "dynoxide",
      { PAY_DYNAMODB_ENDPOINT: "http://127.0.0.1:8000" },
      "dynoxide",
      ["--table dynoxide: PAY_DYNAMODB_ENDPOINT names a DynamoDB that runs; choose one of them"],
    ],
  ] as const)("asked for %s with %j on a machine of %s: %j", (asked, environment, ofMachine, wrong) => {
    expect(findWrongEngine(asked, environment, sayIn("en"), ofMachine)).toEqual(wrong);
  });

  it("does not begin an empty table beside the other one's orders", async () => {
    const folder = await openRunFolder(dir);
    expect(folder.tablePlace("dynalite")).toBe(join(dir, "table-dynalite"));
    mkdirSync(folder.tablePlace("dynalite"));
    expect(folder.tablePlace("dynalite")).toBe(join(dir, "table-dynalite"));
    expect(() => folder.tablePlace("dynoxide")).toThrow(
      `${dir} keeps a table of dynalite, which dynoxide cannot read. Start with --table dynalite`,
    );
    folder.release();
  });
});
