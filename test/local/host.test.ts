// The function host behaves like API Gateway and Lambda, and lets nothing of this machine into a function.
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { bundleFunctions } from "../../infra/build/bundle-functions.ts";
import { type Host, startHost } from "../../infra/local/host/host.ts";
import { createTable, readTable } from "../../infra/local/host/tables.ts";
import type { Template } from "../../infra/local/host/template.ts";
import { templatePath } from "../support/local-stack.ts";

interface Shown {
  readonly event: Record<string, unknown> & { readonly headers: Record<string, string> };
  readonly served: number;
  readonly requestId: string;
  readonly now: string;
  readonly environment: Record<string, string>;
}

const codeDir = mkdtempSync(join(tmpdir(), "host-"));
const table = `probe-${randomBytes(4).toString("hex")}`;
const lines: string[] = [];
let host: Host;

const arn = "arn:aws:lambda:ap-northeast-2:000000000000:function:shop-dev-probe";
const route = (method: string, path: string) => ({
  method,
  path,
  routeKey: `${method} ${path}`,
  functionName: "probe",
});
const template: Template = {
  functions: [
    {
      name: "probe",
      deployedName: "shop-dev-probe",
      arn,
      handler: "dist/probe/index.handler",
      handlerName: "handler",
      timeoutMs: 1_000,
      memoryMb: 256,
      environment: { PAY_STAGE: "dev", PAY_TABLE: "from-the-template" },
    },
  ],
  routes: [
    route("GET", "/probe"),
    route("POST", "/probe"),
    route("GET", "/orders/{merchant_uid}"),
    route("GET", "/orders/mine"),
    route("GET", "/docs"),
  ],
};

beforeAll(async () => {
  await bundleFunctions({
    entryDir: join(import.meta.dirname, "fixtures"),
    outDir: join(codeDir, "probe/dist"),
  });
  await createTable(inject("dynamodbUrl"), { ...readTable(templatePath), TableName: table });
  process.env["AWS_ACCESS_KEY_ID"] = "AKIADEVELOPER";
  process.env["AWS_SECRET_ACCESS_KEY"] = "developers-secret";
  process.env["AWS_PROFILE"] = "developers-profile";
  process.env["PAY_DEVELOPERS_OWN"] = "developers-setting";
  host = await startHost({
    template,
    codeDir,
    environment: { PAY_TABLE: table },
    dynamodbUrl: inject("dynamodbUrl"),
    portoneUrl: "http://127.0.0.1:9",
    port: 0,
    host: "127.0.0.1",
    log: (line) => lines.push(line),
  });
});
afterAll(async () => {
  await host?.close();
  rmSync(codeDir, { recursive: true, force: true });
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "PAY_DEVELOPERS_OWN"])
    delete process.env[name];
});

const get = (path: string, init?: RequestInit) => fetch(`${host.url}${path}`, init);
const shown = async (path: string, init?: RequestInit) => (await (await get(path, init)).json()) as Shown;
const invoke = (name: string, event: unknown, type?: string) =>
  get(`/2015-03-31/functions/${encodeURIComponent(name)}/invocations`, {
    method: "POST",
    body: JSON.stringify(event),
    headers: type === undefined ? {} : { "x-amz-invocation-type": type },
  });

describe("a function's environment", () => {
  it("is its own: nothing of the developer's AWS_* or PAY_* reaches it", async () => {
    const { environment } = await shown("/probe");
    expect(JSON.stringify(environment)).not.toMatch(/developer/i);
    expect(environment).toMatchObject({
      PAY_STAGE: "dev",
      PAY_TABLE: table,
      PAY_PUBLIC_URL: host.url,
      AWS_REGION: "ap-northeast-2",
      AWS_LAMBDA_FUNCTION_NAME: "shop-dev-probe",
    });
    expect(environment["AWS_ACCESS_KEY_ID"]).toMatch(/^probe-\d+$/);
    expect(Object.keys(environment)).not.toEqual(expect.arrayContaining(["PATH"]));
    expect(environment["HOME"]).toBeUndefined();
  });

  it("is a fresh module for each concurrent invocation, and a warm one afterwards", async () => {
    const together = await Promise.all([
      shown("/probe?do=wait"),
      shown("/probe?do=wait"),
      shown("/probe?do=wait"),
    ]);
    const sandboxes = new Set(together.map(({ environment }) => environment["AWS_ACCESS_KEY_ID"]));
    expect(sandboxes.size).toBe(3);
    const before = await shown("/probe");
    const after = await shown("/probe");
    expect(after.environment["AWS_ACCESS_KEY_ID"]).toBe(before.environment["AWS_ACCESS_KEY_ID"]);
    expect(after.served).toBe(before.served + 1);
  });
});

describe("an event", () => {
  it("carries what API Gateway would: repeats joined, cookies apart, Korean text whole", async () => {
    const { event } = await shown("/orders/ord%7E1?a=1&a=2&b=%ED%95%9C", {
      headers: [
        ["X-Twice", "one"],
        ["x-twice", "two"],
        ["cookie", "a=1; b=2"],
      ],
    });
    expect(event).toMatchObject({
      version: "2.0",
      routeKey: "GET /orders/{merchant_uid}",
      rawPath: "/orders/ord~1",
      rawQueryString: "a=1&a=2&b=%ED%95%9C",
      queryStringParameters: { a: "1,2", b: "한" },
      pathParameters: { merchant_uid: "ord~1" },
      cookies: ["a=1", "b=2"],
      isBase64Encoded: false,
      requestContext: { stage: "$default", http: { method: "GET", path: "/orders/ord~1" } },
    });
    expect(event.headers["x-twice"]).toMatch(/^one, ?two$/);
    expect(event).not.toHaveProperty("body");
  });

  it.each([
    ["application/json; charset=utf-8", '{"이름":"홍길동"}', false],
    ["application/x-www-form-urlencoded", "a=%ED%95%9C", true],
    ["application/octet-stream", "\u0001가", true],
  ])("gives a %s body as text or as base64", async (contentType, body, isBase64Encoded) => {
    const { event } = await shown("/probe", {
      method: "POST",
      body,
      headers: { "content-type": contentType },
    });
    expect(event["isBase64Encoded"]).toBe(isBase64Encoded);
    expect(Buffer.from(String(event["body"]), isBase64Encoded ? "base64" : "utf8").toString("utf8")).toBe(
      body,
    );
  });

  it("takes the literal route before the one with a parameter", async () => {
    expect((await shown("/orders/mine")).event["routeKey"]).toBe("GET /orders/mine");
  });

  it("goes to a deployed route before the reference of the doors, which has the same address", async () => {
    expect((await shown("/docs")).event["routeKey"]).toBe("GET /docs");
  });
});

describe("what API Gateway itself answers", () => {
  it.each([
    ["no route", "/none", {}, 404, "Not Found"],
    ["another method", "/orders/mine", { method: "POST" }, 404, "Not Found"],
    ["a handler that throws", "/probe?do=throw", {}, 500, "Internal Server Error"],
    ["a handler that takes longer than its time", "/probe?do=hang", {}, 500, "Internal Server Error"],
    ["a result of no known shape", "/probe?do=bad-status", {}, 500, "Internal Server Error"],
    ["a result over 6 MB", "/probe?do=large", {}, 500, "Internal Server Error"],
    [
      "a body over 10 MB",
      "/probe",
      { method: "POST", body: Buffer.alloc(10 * 1024 * 1024 + 1) },
      413,
      "Request Entity Too Large",
    ],
    [
      "an event over 6 MB",
      "/probe",
      { method: "POST", body: Buffer.alloc(6 * 1024 * 1024) },
      413,
      "Request Entity Too Large",
    ],
    [
      "a head over 10,240 bytes",
      "/probe",
      { headers: { "x-long": "a".repeat(10_240) } },
      431,
      "Request Header Fields Too Large",
    ],
  ])("to %s", async (_, path, init, status, message) => {
    const reply = await get(path, init);
    expect([reply.status, await reply.json()]).toEqual([status, { message }]);
  });

  it("undoes base64 of a result", async () => {
    expect(new Uint8Array(await (await get("/probe?do=binary")).arrayBuffer())).toEqual(
      new Uint8Array([0, 255, 1]),
    );
  });
});

describe("Lambda's Invoke", () => {
  it.each(["probe", "shop-dev-probe", arn])("runs the function named %s", async (name) => {
    const reply = await invoke(name, { 인사: "안녕" });
    expect(reply.headers.get("x-amz-executed-version")).toBe("$LATEST");
    const result = (await reply.json()) as { body: string };
    expect((JSON.parse(result.body) as Shown).event).toEqual({ 인사: "안녕" });
  });

  it("tells a failed invocation by header and error object", async () => {
    const failed = await invoke("probe", { queryStringParameters: { do: "throw" } });
    expect([failed.status, failed.headers.get("x-amz-function-error")]).toEqual([200, "Unhandled"]);
    expect(await failed.json()).toMatchObject({ errorType: "TypeError", errorMessage: "일부러 낸 오류" });
    const late = await invoke("probe", { queryStringParameters: { do: "hang" } });
    expect(((await late.json()) as { errorMessage: string }).errorMessage).toMatch(
      /Task timed out after 1(\.00)? seconds/,
    );
  });

  it("knows no other function, takes no broken JSON, and answers its other types", async () => {
    const unknown = await invoke("none", {});
    expect([unknown.status, unknown.headers.get("x-amzn-errortype")]).toEqual([
      404,
      "ResourceNotFoundException",
    ]);
    const broken = await get("/2015-03-31/functions/probe/invocations", { method: "POST", body: "{" });
    expect(broken.status).toBe(400);
    expect((await invoke("probe", {}, "Event")).status).toBe(202);
    expect((await invoke("probe", {}, "DryRun")).status).toBe(204);
  });
});

describe("the levers", () => {
  const local = async (method: string, path: string, body?: unknown) => {
    const reply = await get(`/_local${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: reply.status, json: (await reply.json()) as Record<string, unknown> };
  };

  it("count calls and what they cost, and write a function's lines to its log", async () => {
    await local("DELETE", "/calls");
    await shown("/probe?do=table");
    expect((await local("GET", "/calls")).json).toMatchObject({
      dynamodb: { calls: 1, read_units: 0.5, write_units: 0, by_function: { probe: { GetItem: 1 } } },
      portone: { by_function: {} },
    });
    expect(lines).toContain('{"event":"asking"}');
  });

  it.each(["crash_before", "crash_after"])("%s ends the sandbox around a call", async (name) => {
    const before = await shown("/probe");
    await local("POST", "/faults", { name, function: "probe", call: "GetItem" });
    expect((await get("/probe?do=table")).status).toBe(500);
    expect((await local("GET", "/faults")).json).toMatchObject({ faults: [{ name, hits: 1 }] });
    await local("DELETE", "/faults");
    expect((await shown("/probe")).environment["AWS_ACCESS_KEY_ID"]).not.toBe(
      before.environment["AWS_ACCESS_KEY_ID"],
    );
  });

  it("move the functions' clock, which product code cannot tell from the real one", async () => {
    const before = Date.parse((await shown("/probe")).now);
    expect((await local("POST", "/clock", { advance_ms: 86_400_000 })).status).toBe(200);
    expect(Date.parse((await shown("/probe")).now) - before).toBeGreaterThanOrEqual(86_400_000);
    const set = await local("POST", "/clock", { set: "2026-08-05T03:00:00.000Z" });
    expect(set.json["now"]).toMatch(/^2026-08-05T03:00:0/);
  });

  it.each([
    ["/clock", { forward_ms: 1 }],
    ["/clock", {}],
    ["/clock", { advance_ms: -1 }],
    ["/faults", { name: "dynamodb_slow" }],
    ["/faults", { name: "crash_before", when: 1 }],
    ["/faults", { name: "crash_before", occurrence: 0 }],
  ])("refuse %s %j by name", async (path, body) => {
    const refused = await local("POST", path, body);
    expect([refused.status, typeof refused.json["error"]]).toEqual([400, "string"]);
  });
});
