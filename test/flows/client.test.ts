// lib/client as a shop has it: packed, installed without a network, and used against the built functions; and what is lost
// between the two is asked for again under the same key.
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type BodyOf,
  type Client,
  createClient,
  type Limits,
  UnknownOutcomeError,
} from "../../lib/client/index.ts";
import { realPorts } from "../../lib/client/ports.ts";
import { projectDir } from "../support/house/sources.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { blocksOf } from "../support/readme.ts";
import { Shop } from "../support/shop.ts";
import { card } from "../support/steps.ts";

const run = promisify(execFile);
let stack: LocalStack;
let shop: Shop;
let client: Client;

beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
  client = connect({});
});
afterAll(() => stack?.close());

const connect = (limits: Partial<Limits>): Client =>
  createClient({
    url: stack.gatewayUrl,
    key: stack.merchantKey,
    sendMs,
    ports: { pause, nowMs: () => realPorts.nowMs() + pausedMs },
    ...limits,
  });

const sendMs = 35_000;
let pausedMs = 0;
/** The stack's time moves instead. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms === sendMs) return realPorts.pause(ms, signal);
  pausedMs += ms;
  await shop.local("POST", "/clock", { advance_ms: ms });
}

const order = (merchant_uid: string): BodyOf<"orderCreate"> => ({
  merchant_uid,
  name: "양말 두 켤레",
  amount: 55_000,
  pay_method: "card",
  buyer_name: "홍길동",
});

async function pay(merchantUid: string): Promise<string> {
  const { request_pay } = await client.createOrder(order(merchantUid));
  await shop.pay(request_pay);
  await shop.notices(merchantUid, 1);
  expect(await client.getOrder(merchantUid)).toMatchObject({ state: "paid" });
  return merchantUid;
}

const cancelsOf = async (merchantUid: string) => {
  const { refunds } = await client.getOrder(merchantUid);
  return refunds.map(({ amount }) => amount);
};

describe("money goes back once", () => {
  it.each([
    ["crash_before", "UpdateItem"],
    ["crash_after", "POST /payments/cancel"],
  ])("%s %s: API Gateway answers 500, and the same key is sent again", async (name, call) => {
    const merchantUid = await pay(`ord-${name}-${call.replaceAll(/\W+/g, "-")}`);
    await shop.local("POST", "/faults", { name, function: "refund", call });
    expect(await client.refund(merchantUid, "return-1", { amount: 20_000 })).toMatchObject({
      state: "succeeded",
      amount: 20_000,
    });
    expect(await cancelsOf(merchantUid)).toEqual([20_000]);
  });

  it("PortOne's answer is lost: what is pending is waited for", async () => {
    const merchantUid = await pay("ord-lost-answer");
    const fault = {
      name: "answer_lost_after_effect",
      call: "POST /payments/cancel",
      merchant_uid: merchantUid,
    };
    await shop.control("POST", "/faults", fault);
    expect(await client.refund(merchantUid, "return-1", { amount: 20_000 })).toMatchObject({
      state: "succeeded",
    });
    expect(await cancelsOf(merchantUid)).toEqual([20_000]);
  });

  it.each([
    ["the function ends before it asks PortOne", "local", "crash_after", "UpdateItem"],
    ["PortOne is silent", "control", "no_answer", "POST /payments/cancel"],
  ] as const)("%s: unknown, and told under the same key later", async (_, where, name, call) => {
    const merchantUid = await pay(`ord-${name}`);
    await shop[where]("POST", "/faults", { name, call, ...(where === "local" && { function: "refund" }) });
    const impatient = connect({ totalMs: 1_000 });
    const asked = () => impatient.refund(merchantUid, "return-1", { amount: 20_000 });
    await expect(asked()).rejects.toBeInstanceOf(UnknownOutcomeError);
    await shop.local("POST", "/clock", { advance_ms: 11 * 60_000 });
    await shop.sweep();
    expect(await asked()).toMatchObject({ state: "succeeded" });
    expect(await cancelsOf(merchantUid)).toEqual([20_000]);
  });
});

it("a refusal tells its code, and a declined card is one", async () => {
  await expect(client.getOrder("ord-nowhere")).rejects.toMatchObject({
    code: "order_not_found",
    status: 404,
  });
  const debt = { merchant_uid: "ord-declined", name: "양말", amount: 5_000, buyer_name: "홍길동" };
  const charge = { ...debt, product_type: "real", ...card("4518-4200-0005-0002") } as const;
  await expect(client.chargeCard(charge)).rejects.toMatchObject({
    code: "card_declined",
    providerMessage: expect.stringContaining("한도초과"),
  });
});

describe("the package", { timeout: 60_000 }, () => {
  let folder: string;
  const packed = async (of: string) => {
    const { stdout } = await run("npm", ["pack", of, "--ignore-scripts", "--loglevel=error"], {
      cwd: folder,
    });
    return join(folder, stdout.trim());
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "client-"));
    const build = join(projectDir, "infra/build/client.ts");
    const { stdout } = await run(process.execPath, [build, join(folder, "package")]);
    const [fetcher, helpers] = ["openapi-fetch", "openapi-typescript-helpers"];
    const modules = (name: string | undefined) => join(projectDir, "node_modules", name ?? "");
    const archives = [stdout.trim(), await packed(modules(fetcher)), await packed(modules(helpers))];
    writeFileSync(join(folder, "package.json"), '{"name":"shop","private":true,"type":"module"}');
    const quiet = ["--no-audit", "--no-fund", "--loglevel=error"];
    const install = ["install", "--offline", "--cache", join(folder, "cache"), ...quiet, ...archives];
    await run("npm", install, { cwd: folder });
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const readme = readFileSync(join(projectDir, "lib/client/README.md"), "utf8");
  const snippet = blocksOf(readme).find(({ language }) => language === "js")?.text ?? "";

  it("does what its README says, and says so again when it is run again", async () => {
    writeFileSync(join(folder, "shop.js"), snippet);
    const env = { ...process.env, G: stack.gatewayUrl, KEY: stack.merchantKey };
    const say = async () =>
      (await run(process.execPath, ["shop.js"], { cwd: folder, env })).stdout.trim().split("\n");
    expect(await say()).toEqual(["ord-20260805-000160", "order_not_paid"]);
    await pay("ord-20260805-000160");
    for (const _ of ["first", "again"]) expect(await say()).toEqual(["ord-20260805-000160", "succeeded"]);
    expect(await cancelsOf("ord-20260805-000160")).toEqual([25_000]);
  });

  it("has types that see a wrong field", async () => {
    const compile = (text: string) => {
      writeFileSync(join(folder, "shop.ts"), text);
      const options = { strict: true, noEmit: true, module: "nodenext", target: "es2022", types: ["node"] };
      const compilerOptions = { ...options, typeRoots: [join(projectDir, "node_modules/@types")] };
      writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["shop.ts"] }));
      const compiler = join(projectDir, "node_modules/.bin/tsc");
      return run(compiler, ["-p", folder]).then(
        ({ stdout }) => stdout,
        ({ stdout }: { stdout: string }) => stdout,
      );
    };
    const typed = snippet.replaceAll(/process\.env\.(\w+)/g, 'process.env.$1 ?? ""');
    expect(await compile(typed)).toBe("");
    expect(await compile(typed.replace("amount: 25_000", "amout: 25_000"))).toContain("'amout'");
    expect(await compile(typed.replace("refund.state", "refund.stat"))).toContain("'stat'");
    expect(await compile(typed.replace(', "return-160", { amount: 25_000 }', ""))).toContain("error TS");
  });
});
