// The reference of the doors beside them: which addresses it has, what it may do in a browser, and that every other address is
// still nobody's. That a person can read it, and that it asks nobody else, is seen in test/browser.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { allCodes } from "../../infra/build/openapi/components.ts";
import { type Host, startHost } from "../../infra/local/host/host.ts";
import { projectDir } from "../support/house/sources.ts";

let host: Host;
beforeAll(async () => {
  host = await startHost({
    template: { functions: [], routes: [] },
    codeDir: projectDir,
    environment: {},
    dynamodbUrl: inject("dynamodbUrl"),
    portoneUrl: "http://127.0.0.1:9",
    port: 0,
    host: "127.0.0.1",
    log: () => {},
  });
});
afterAll(() => host?.close());

const get = (path: string, init: RequestInit = {}) =>
  fetch(`${host.url}${path}`, { redirect: "manual", ...init });

describe("the page", () => {
  it("is Korean, may load what the gateway serves, and nothing from elsewhere", async () => {
    const reply = await get("/docs");
    expect([reply.status, Object.fromEntries(reply.headers)]).toMatchObject([
      200,
      {
        "content-type": "text/html; charset=utf-8",
        "content-security-policy":
          "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
      },
    ]);
    const html = await reply.text();
    expect(html).toContain('<html lang="ko">');
    expect(html).toContain("<title>KSNET 결제 API · KSNET payments through PortOne V1</title>");
    expect(html).not.toMatch(/https?:/);
  });

  it("runs Scalar's own file, which a browser keeps until there is another version of it", async () => {
    const [scalar = "", start = ""] = [
      ...(await (await get("/docs")).text()).matchAll(/ src="([^"]+)"/g),
    ].map(([, address = ""]) => address);
    const reply = await get(scalar);
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "max-age=31536000, immutable",
      "x-content-type-options": "nosniff",
    });
    const file = join(projectDir, "node_modules/@scalar/fastify-api-reference/dist/js/standalone.js");
    expect(Buffer.from(await reply.arrayBuffer()).equals(readFileSync(file))).toBe(true);
    const started = await get(start);
    expect(Object.fromEntries(started.headers)).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "no-cache",
    });
    expect(await started.text()).toContain('"url":"/docs/openapi.json"');
  });
});

describe("the document", () => {
  it.each(["127.0.0.1", "localhost"])("is docs/openapi.json, with requests to %s again", async (name) => {
    const address = host.url.replace("127.0.0.1", name);
    const reply = await fetch(`${address}/docs/openapi.json`);
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      "content-type": "application/json",
      "x-content-type-options": "nosniff",
    });
    const kept = JSON.parse(readFileSync(join(projectDir, "docs/openapi.json"), "utf8")) as object;
    expect(await reply.json()).toEqual({ ...kept, servers: [{ url: address }] });
  });
});

it.each(allCodes)("/errors/%s leads to what it means", async (code) => {
  const reply = await get(`/errors/${code}`);
  expect([reply.status, reply.headers.get("location")]).toEqual([302, `/docs#tag/${code}`]);
});

it.each([
  "/docs/",
  "/docs/index.html",
  "/docs/scalar.js",
  "/docs/scalar-0.0.0.js",
  "/docs/../package.json",
  "/docs/%2e%2e/package.json",
  "/docs/problems.md",
  "/errors",
  "/errors/",
  "/errors/nobody_knows",
  "/errors/주문",
  "/errors/%",
  "/errors/internal/",
])("%s is nobody's, as behind API Gateway", async (path) => {
  const reply = await get(path);
  expect([reply.status, await reply.json()]).toEqual([404, { message: "Not Found" }]);
});

it.each(["/docs", "/docs/openapi.json", "/errors/internal"])("%s is there to be read only", async (path) => {
  expect((await get(path, { method: "POST" })).status).toBe(404);
});
