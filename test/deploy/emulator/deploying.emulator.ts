// Deployed, paid on, removed, deployed again, restored: with the real commands, against AWS's emulator. The deployed
// zips run in the local host, on the deployed table.
import { rmSync } from "node:fs";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { localEnvironment } from "../../../infra/local/host/environment.ts";
import { readOrCreateKeys } from "../../../infra/local/processes/local-keys.ts";
import { secretsFor } from "../../../lib/secrets.ts";
import { type RunningSimulator, startSimulator } from "../../simulator/start-simulator.ts";
import { type EventsShop, eventsKey, startEventsShop } from "../../support/events-shop.ts";
import { cloneProject } from "../../support/readme.ts";
import { Shop } from "../../support/shop.ts";
import { copyTable, putSecrets, runCommand } from "./account.ts";
import { type Deployed, startDeployed } from "./deployed.ts";
import { type Emulator, hasMoto, startEmulator } from "./emulator.ts";

const isHere = hasMoto();
if (!isHere) console.log("skipped: there is no moto_server on this machine");

const stack = "portone-ksnet-dev";
const secretsPath = "/portone-ksnet/dev/";

type Variables = Readonly<Record<string, string>>;
const only = (variables: Variables, names: readonly string[]): Variables =>
  Object.fromEntries(names.map((name) => [name, variables[name] ?? ""]));

describe.skipIf(!isHere)("on AWS's emulator", () => {
  const keys = readOrCreateKeys(null);
  let emulator: Emulator;
  let simulator: RunningSimulator;
  let listener: EventsShop;
  let dir = "";
  let settings: Variables;
  let secrets: Variables;
  let deployed: Deployed | null = null;

  beforeAll(async () => {
    dir = cloneProject();
    emulator = await startEmulator();
    simulator = await startSimulator({ seed: 7 });
    listener = await startEventsShop();
    const told = (await (await fetch(`${simulator.url}/_control/settings`)).json()) as Variables;
    const provider = { ...simulator, mid: told["mid"] ?? "", channelKey: told["channel_key"] ?? "" };
    const local = localEnvironment(provider, keys, "");
    secrets = only(local, secretsFor(false));
    settings = {
      ...only(local, ["PAY_IMP_CODE", "PAY_MID", "PAY_CHANNEL_KEY"]),
      PAY_PUBLIC_URL: "https://pay.shop.example",
      PAY_RESULT_URL: "https://shop.example/result",
    };
  });
  afterEach(async () => {
    await deployed?.close();
    deployed = null;
  });
  afterAll(async () => {
    await listener?.close();
    await simulator?.close();
    await emulator?.close();
    if (dir) rmSync(dir, { recursive: true, force: true });
  });

  const deploy = (more: Variables = {}) =>
    runCommand(dir, emulator.url, ["deploy", "--", "--stage", "dev"], { ...settings, ...more });

  /** A buyer pays with the functions that are deployed now; PortOne asks confirm and sends its notice. */
  async function payOnce(merchantUid: string): Promise<Shop> {
    deployed = await startDeployed({
      emulator,
      dir,
      stack,
      portoneUrl: simulator.url,
    });
    const shop = new Shop({
      gatewayUrl: deployed.gatewayUrl,
      simulatorUrl: simulator.url,
      merchantKey: keys.merchantKey,
    });
    const paid = await shop.pay(await shop.createOrder(merchantUid));
    expect(paid.confirm?.status, deployed.logLines.join("\n")).toBe(200);
    expect(await shop.notices(merchantUid, 1)).toMatchObject([{ status: 200 }]);
    expect((await shop.order(merchantUid)).state).toBe("paid");
    return shop;
  }

  it("without its secrets nothing is deployed", async () => {
    const { status, output } = await deploy();
    expect(status, output).toBe(1);
    expect(output).toContain(`- ${secretsPath}PAY_PORTONE_KEY: required`);
    expect(emulator.filtered).toEqual([]);
  });

  it("is deployed, and takes a payment", async () => {
    await putSecrets(emulator.url, secretsPath, secrets);
    const { status, output } = await deploy();
    expect(status, output).toBe(0);
    console.log(emulator.filtered.join("\n"));
    expect(output).not.toContain("stands outside the stack");
    expect(output).toContain("PortOne's notice URL   https://pay.shop.example/portone/notice");
    await payOnce("hong-1");
    expect(deployed?.environment).toMatchObject({ PAY_STAGE: "dev", PAY_TABLE: stack });
  });

  it("is removed and deployed again, on the same table", async () => {
    const removed = await runCommand(dir, emulator.url, ["remove", "--", "--stage", "dev"], settings);
    expect(removed.status, removed.output).toBe(0);
    const { status, output } = await deploy();
    expect(status, output).toBe(0);
    expect(output).toContain(`table ${stack} stands outside the stack and is used`);
    expect(output).toContain("log groups kept from before: confirm, notice,");
    const shop = await payOnce("hong-2");
    expect((await shop.order("hong-1")).state).toBe("paid");
  });

  it("goes on with a restored table, which is not left by accident", async () => {
    expect(await copyTable(emulator.url, stack, "restored")).toBeGreaterThanOrEqual(2);
    const { status, output } = await deploy({ PAY_TABLE_NAME: "restored" });
    expect(status, output).toBe(0);
    expect(output).toContain("table restored stands outside the stack and is used");
    const shop = await payOnce("hong-3");
    expect(deployed?.environment["PAY_TABLE"]).toBe("restored");
    for (const merchantUid of ["hong-1", "hong-2"])
      expect((await shop.order(merchantUid)).state).toBe("paid");

    const forgotten = await deploy();
    expect(forgotten.status).toBe(1);
    expect(forgotten.output).toContain(
      `- PAY_TABLE_NAME: ${stack} uses the table restored; name that one, or ${stack} to leave it`,
    );
  });

  it("tells the shop once it has where to, and a key to sign with", async () => {
    const told = { PAY_TABLE_NAME: stack, PAY_EVENTS_URL: listener.url };
    const keyless = await deploy(told);
    expect(keyless.status).toBe(1);
    expect(keyless.output).toContain(`- ${secretsPath}PAY_EVENTS_KEY: required`);
    await putSecrets(emulator.url, secretsPath, { PAY_EVENTS_KEY: eventsKey });
    const { status, output } = await deploy(told);
    expect(status, output).toBe(0);
    await payOnce("hong-4");
    await vi.waitFor(() => expect(listener.told.map(({ type }) => type)).toContain("order.paid"), 10_000);
    expect(listener.refused).toEqual([]);
  });
});
