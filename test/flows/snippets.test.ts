// docs/snippets as they stand, each in its language: an order is created, shipped when it is paid, and refunded once although
// the first answer is lost and API Gateway answers the second send by itself.
import { execFile, spawnSync } from "node:child_process";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { projectDir } from "../support/house/sources.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { Shop } from "../support/shop.ts";

interface Said {
  readonly out: string;
  readonly err: string;
}

interface Seen {
  readonly key: string | undefined;
  readonly body: string;
}

/** What becomes of a send: its answer is lost, it gets API Gateway's own, or a whole one. */
type Luck = "lost" | "gateway" | "whole";

let stack: LocalStack;
let shop: Shop;
let between: http.Server;
let luck: Luck[] = [];
const seen: Seen[] = [];

async function forward(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const { method = "GET", url = "", headers } = request;
  seen.push({ key: headers["idempotency-key"]?.toString(), body: body.toString() });
  const fate = luck.shift() ?? "whole";
  if (fate === "gateway") {
    response.writeHead(500, { "content-type": "application/json" });
    response.end('{"message":"Internal Server Error"}');
    return;
  }
  const answer = await fetch(stack.gatewayUrl + url, {
    method,
    headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      ["authorization", "content-type", "idempotency-key"].includes(name) ? [[name, String(value)]] : [],
    ),
    ...(body.length > 0 && { body }),
  });
  const text = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, {
    "content-type": answer.headers.get("content-type") ?? "",
    "content-length": text.length,
  });
  if (fate === "whole") response.end(text);
  else response.write(text.subarray(0, text.length / 2), () => response.destroy());
}

beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
  between = http.createServer((request, response) => void forward(request, response));
  await new Promise<void>((resolve) => between.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  between?.closeAllConnections();
  await new Promise((resolve) => between?.close(resolve));
  await stack?.close();
});
beforeEach(() => {
  luck = [];
  seen.length = 0;
});

const languages = [
  { language: "PHP", program: "php", file: "shop.php" },
  { language: "Java", program: "java", file: "Shop.java" },
  { language: "Python", program: "python3", file: "shop.py" },
  { language: "Node", program: process.execPath, file: "shop.mjs" },
] as const;

const isHere = (program: string): boolean => spawnSync(program, ["--version"]).error === undefined;

describe.each(languages)("$language", { timeout: 60_000 }, ({ language, program, file }) => {
  const skipped = isHere(program) ? "" : ` (skipped: there is no ${program})`;
  const run = async (...words: string[]): Promise<Said> => {
    const { port } = between.address() as AddressInfo;
    const env = { ...process.env, G: `http://127.0.0.1:${port}`, KEY: stack.merchantKey };
    const path = join(projectDir, "docs/snippets", file);
    const { stdout, stderr } = await promisify(execFile)(program, [path, ...words], { env }).catch(
      (failed: { stdout: string; stderr: string }) => failed,
    );
    return { out: stdout.trim(), err: stderr.trim() };
  };
  const uid = `ord-${language}`;

  it.skipIf(skipped !== "")(`creates, ships and refunds once${skipped}`, async () => {
    luck = ["lost", "gateway"];
    const { out, err } = await run("create", uid);
    expect(err).toBe("");
    expect(new Set(seen.map(({ body }) => body)).size).toBe(1);
    expect(seen).toHaveLength(3);
    const requestPay = JSON.parse(out);
    expect(requestPay).toMatchObject({ merchant_uid: uid, name: "양말 두 켤레", amount: 55_000 });
    expect(await run("outcome", uid)).toEqual({ out: "wait", err: "" });
    await shop.pay(requestPay);
    await shop.notices(uid, 1);
    expect(await run("outcome", uid)).toEqual({ out: "ship", err: "" });
    seen.length = 0;
    luck = ["lost", "gateway"];
    expect(await run("refund", uid, "return-1", "20000")).toEqual({ out: "succeeded", err: "" });
    expect(seen).toHaveLength(3);
    expect(new Set(seen.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(seen[0]).toEqual({ key: "return-1", body: expect.stringContaining("20000") });
    // Whoever runs the command again asks for the same refund.
    expect(await run("refund", uid, "return-1", "20000")).toEqual({ out: "succeeded", err: "" });
    const { refunds, remaining } = await shop.order(uid);
    expect([(refunds as unknown[]).length, remaining]).toEqual([1, 35_000]);
    expect(await run("outcome", uid)).toEqual({ out: "stop", err: "" });
  });

  it.skipIf(skipped !== "")(`is told a refusal by its code${skipped}`, async () => {
    const nowhere = { out: "", err: "refused order_not_found" };
    expect(await run("outcome", "ord-nowhere")).toEqual(nowhere);
    expect(seen).toHaveLength(1);
    luck = ["gateway"];
    expect(await run("refund", "ord-nowhere", "return-1", "1")).toEqual(nowhere);
  });
});
