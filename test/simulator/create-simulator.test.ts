// A simulator in the test's own process, with its levers as functions; and the command line beside it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createSimulator } from "./create-simulator.ts";
import type { CreateOptions } from "./public-types.ts";
import { requestPay } from "./testing/simulator-client.ts";

const seedFile = { orders: [{ merchant_uid: "ord-before", amount: 30_000, status: "paid" }] } as const;

async function created(options: CreateOptions = {}) {
  const simulator = await createSimulator({ seed: 7, clock: "2026-08-05T12:00:00+09:00", ...options });
  onTestFinished(() => simulator.close());
  return simulator;
}

it("has its records, its keys and its levers", async () => {
  const { control, url, impKey, impSecret } = await created({ seedFile });
  const login = await fetch(`${url}/users/getToken`, {
    method: "POST",
    body: new URLSearchParams({ imp_key: impKey, imp_secret: impSecret }),
  });
  expect(login.status).toBe(200);
  const { payment } = await control.pay(requestPay(), { card_code: "366" });
  expect(payment).toMatchObject({ status: "paid", card_code: "366" });
  expect((await control.state())["payments"]).toHaveLength(2);
  expect(await control.addFault({ name: "notice_never", call: "notice" })).toMatchObject({ faults: [{}] });
  expect(await control.changeSettings({ webhook_first: true })).toMatchObject({ webhook_first: true });
  expect(String((await control.advance(60_000))["now"])).toMatch(/^2026-08-05T03:01/);
  expect(await control.deliveries()).toEqual([]);
  expect(await control.call("GET", "/faults")).toMatchObject({ faults: [{ name: "notice_never" }] });
});

it("goes back to the beginning by a reset", async () => {
  const { control, reset } = await created({ seedFile });
  const before = await control.state();
  await control.pay(requestPay());
  reset();
  expect(await control.state()).toEqual(before);
});

it("begins empty, and on another port each time", async () => {
  const [one, other] = [await created(), await created()];
  expect((await one.control.state())["payments"]).toEqual([]);
  expect(one.url).not.toBe(other.url);
});

it("names the lever that was refused", async () => {
  const { control } = await created();
  await expect(control.call("POST", "/payments/imp_1/deposit")).rejects.toMatchObject({
    name: "ControlCallError",
    status: 404,
    message: 'POST /payments/imp_1/deposit: 404 {"error":"unknown payment imp_1"}',
  });
});

it.each([
  [{ orders: [{ merchant_uid: "ord-1" }] }, "seed_file_invalid"],
  ["/없는/처음.json", "seed_file_unreadable"],
])("does not start with %j", async (records, code) => {
  const start = createSimulator({ seedFile: records } as CreateOptions);
  await expect(start).rejects.toMatchObject({ name: "SeedFileError", code });
});

it("is told on the command line in one line, without how it is called", () => {
  const folder = mkdtempSync(join(tmpdir(), "처음-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "처음.json");
  writeFileSync(file, JSON.stringify({ orders: [{ ...seedFile.orders[0], amount: "30000" }] }));
  const main = new URL("./main.ts", import.meta.url).pathname;
  const start = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { encoding: "utf8" });
  const wrong = start("--seed-file", file);
  expect([wrong.status, wrong.stdout]).toEqual([2, ""]);
  expect(wrong.stderr).toMatch(/^orders\.0\.amount: [^;]+\n$/);
  const twice = JSON.stringify({ orders: [...seedFile.orders, ...seedFile.orders] });
  writeFileSync(file, twice);
  const impossible = start("--port", "0", "--seed-file", file);
  expect([impossible.status, impossible.stdout]).toEqual([1, ""]);
  expect(impossible.stderr).toMatch(/^The simulator did not start: orders\.1: R-KS-32 .+\n$/);
});
