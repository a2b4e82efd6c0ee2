// The state survives a kill of the process between any two calls, and what was on its way still comes.
import { type ChildProcess, fork } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { startSimulator } from "./start-simulator.ts";
import { shopStub } from "./testing/shop-stub.ts";
import { requestPay, SimulatorClient } from "./testing/simulator-client.ts";

function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "simulator-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

interface Ready {
  readonly url: string;
  readonly imp_key: string;
  readonly imp_secret: string;
}

/** The command line as its own process, once it has said READY. */
async function startProcess(
  ...args: string[]
): Promise<{ child: ChildProcess; client: SimulatorClient; ready: Ready }> {
  const main = new URL("./main.ts", import.meta.url);
  const child = fork(main, ["--port", "0", ...args], { silent: true, execArgv: [] });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const line = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
      if (text.includes("\n")) resolve(text);
    });
    child.once("exit", (code) => reject(new Error(`ended with ${code}`)));
  });
  expect(line).toMatch(/^READY \{.*\}\n$/);
  const ready = JSON.parse(line.slice("READY ".length)) as Ready;
  return { child, ready, client: new SimulatorClient(ready.url, ready.imp_key, ready.imp_secret) };
}

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => child.once("exit", () => resolve()));

async function killHard(child: ChildProcess): Promise<void> {
  const gone = ended(child);
  child.kill("SIGKILL");
  await gone;
}

it("goes on after kill -9 with every record, the window, the clock, the token and the key pair", async () => {
  const directory = temporaryDirectory();
  const first = await startProcess(
    "--seed",
    "7",
    "--data",
    directory,
    "--clock",
    "2026-08-05T12:00:00+09:00",
  );
  const token = await first.client.login();
  const paid = await first.client.pay();
  await first.client.api("POST", "/payments/cancel", { imp_uid: paid, amount: 20000, reason: "단순 변심" });
  await first.client.api("POST", "/payments/prepare", { merchant_uid: "ord-2", amount: 5000 });
  const transfer = await first.client.pay({ merchant_uid: "ord-5", pay_method: "trans" });
  const receipt = { identifier: "01012345678", product_type: "real", buyer_name: "홍길동" };
  await first.client.api("POST", `/receipts/${transfer}`, receipt);
  await first.client.api("DELETE", `/receipts/${transfer}`);
  await first.client.switches({ checksum_at: "arrival" });
  const opened = await first.client.control("POST", "/window", {
    request_pay: requestPay({ merchant_uid: "ord-3" }),
  });
  await first.client.control("POST", "/clock", { advance_ms: 60_000 });
  const before = await first.client.control("GET", "/state");
  await killHard(first.child);

  const second = await startProcess("--data", directory);
  expect([second.ready.imp_key, second.ready.imp_secret]).toEqual([
    first.ready.imp_key,
    first.ready.imp_secret,
  ]);
  expect(await second.client.control("GET", "/state")).toEqual(before);
  expect(await second.client.control("GET", "/settings")).toMatchObject({
    switches: { checksum_at: "arrival" },
  });
  expect(String((await second.client.control("GET", "/clock"))["now"])).toMatch(/^2026-08-05T03:0[12]/);
  expect((await second.client.login())["access_token"]).toBe(token["access_token"]);
  const approved = await second.client.control("POST", `/window/${opened["window"]}/approve`);
  expect(approved["payment"]).toMatchObject({ imp_uid: opened["imp_uid"], status: "paid" });
  expect(await second.client.pay({ merchant_uid: "ord-4" })).not.toBe(paid);
});

it("sends a notice that was on its way when the process was killed", async () => {
  const directory = temporaryDirectory();
  let isHanging = true;
  const shop = await shopStub(() => (isHanging ? null : { status: 200 }));
  const first = await startProcess("--seed", "7", "--data", directory);
  const impUid = await first.client.pay({ notice_url: shop.url });
  await shop.received(1);
  await killHard(first.child);
  isHanging = false;
  const second = await startProcess("--data", directory);
  const requests = await shop.received(2);
  expect(requests[1]).toEqual(requests[0]);
  expect(await second.client.record(impUid)).toMatchObject({ status: "paid" });
});

it("forgets a line that was torn by the kill, and nothing else", async () => {
  const dataDir = temporaryDirectory();
  const first = await startSimulator({ dataDir, seed: 7 });
  const client = new SimulatorClient(first.url, first.impKey, first.impSecret);
  const impUid = await client.pay();
  await first.close();
  appendFileSync(join(dataDir, "simulator.jsonl"), '[["payments","imp_1",{"impUid":');
  const second = await startSimulator({ dataDir });
  onTestFinished(() => second.close());
  const again = new SimulatorClient(second.url, second.impKey, second.impSecret);
  expect(await again.record(impUid)).toMatchObject({ status: "paid" });
  expect((await again.control("GET", "/state"))["payments"]).toHaveLength(1);
});

it("writes one line for everything an approval changes, before it is answered", async () => {
  const dataDir = temporaryDirectory();
  const running = await startSimulator({ dataDir, seed: 7 });
  onTestFinished(() => running.close());
  const client = new SimulatorClient(running.url, running.impKey, running.impSecret);
  const { window } = await client.control("POST", "/window", { request_pay: requestPay() });
  const lines = () => readFileSync(join(dataDir, "simulator.jsonl"), "utf8").trimEnd().split("\n");
  const before = lines().length;
  await client.control("POST", `/window/${window}/approve`);
  expect(lines().length).toBe(before + 1);
});

it("keeps a reset too", async () => {
  const dataDir = temporaryDirectory();
  const first = await startSimulator({ dataDir, seed: 7 });
  const client = new SimulatorClient(first.url, first.impKey, first.impSecret);
  await client.pay();
  first.reset();
  await first.close();
  const second = await startSimulator({ dataDir });
  onTestFinished(() => second.close());
  const again = new SimulatorClient(second.url, second.impKey, second.impSecret);
  expect((await again.control("GET", "/state"))["payments"]).toEqual([]);
  expect(second.impKey).toBe(first.impKey);
});

it("ends when the process that forked it is gone", async () => {
  const { child } = await startProcess();
  const gone = ended(child);
  child.disconnect();
  await gone;
  expect(child.exitCode).toBe(0);
});
