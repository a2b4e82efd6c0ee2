// Who comes into the console, and what no page of somebody else's can do with it.
import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  answersOf,
  enterConsole,
  type FakeApi,
  type OpenConsole,
  openConsole,
  startFakeApi,
  Visitor,
} from "../support/console.ts";

let api: FakeApi;
let open: OpenConsole;
let nowMs = 0;
const clock = { nowMs: () => nowMs, randomBytes };

beforeEach(async () => {
  nowMs = Date.parse("2026-08-05T12:00:00+09:00");
  api = await startFakeApi();
  api.answer = () => ({ status: 200, body: { orders: [], cursor: null } });
  open = await openConsole(api.url, { ports: clock });
});
afterEach(async () => {
  await open.console.close();
  await api.close();
});

const codePath = (address: string): string => new URL(address).pathname + new URL(address).search;

describe("the one-time code", () => {
  it("lets a browser in, for a cookie that no script and no other site has", async () => {
    const entered = await open.visitor.get(codePath(open.console.url));
    expect([entered.status, entered.headers.location]).toEqual([303, "/orders"]);
    expect(entered.headers["set-cookie"]).toEqual([
      expect.stringMatching(/^console_\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    expect((await open.visitor.get("/orders")).status).toBe(200);
  });

  it("works once; the next one is printed, and lets another browser in", async () => {
    await open.visitor.get(codePath(open.console.url));
    const other = new Visitor(open.console.url);
    expect((await other.get(codePath(open.console.url))).status).toBe(403);
    expect((await other.get("/orders")).status).toBe(401);
    const [next = ""] = open.printed;
    expect((await other.get(codePath(next))).status).toBe(303);
    expect((await other.get("/orders")).status).toBe(200);
  });

  it("works for ten minutes; then a new one is printed", async () => {
    nowMs += 10 * 60_000;
    expect((await open.visitor.get(codePath(open.console.url))).status).toBe(403);
    expect((await open.visitor.get("/orders")).status).toBe(401);
    expect(open.printed).toHaveLength(1);
    expect((await open.visitor.get(codePath(open.printed[0] ?? ""))).status).toBe(303);
  });

  it.each(["/enter", "/enter?code=", "/enter?code=guessed", "/enter?code=a&code=b"])(
    "is not guessed: %s",
    async (path) => {
      expect((await open.visitor.get(path)).status).toBe(403);
      expect(open.printed).toEqual([]);
      expect((await open.visitor.get(codePath(open.console.url))).status).toBe(303);
    },
  );
});

describe("whoever has not come in", () => {
  it.each(["/", "/orders", "/orders/ord-1", "/orders/ord-1/refund", "/nothing"])(
    "is shown nothing at %s, and nothing is asked for him",
    async (path) => {
      const seen = await open.visitor.get(path);
      expect(seen.status).toBe(401);
      expect(seen.text).not.toContain(new URL(api.url).host);
      expect(api.asked).toEqual([]);
    },
  );

  it("sends nothing", async () => {
    expect((await open.visitor.post("/orders/ord-1/refund", { amount: "20000", key: "k" })).status).toBe(401);
    expect(api.asked).toEqual([]);
  });

  it("is out again after twelve hours", async () => {
    await open.visitor.get(codePath(open.console.url));
    nowMs += 12 * 3_600_000;
    expect((await open.visitor.get("/orders")).status).toBe(401);
  });
});

describe("a visitor who has come in", () => {
  beforeEach(async () => {
    await open.console.close();
    open = await enterConsole(api.url);
    api.answer = answersOf([]);
  });

  it.each(["evil.example", "console.evil.example:80", "127.0.0.1", "127.0.0.1:1", "localhost"])(
    "finds no console under the name %s",
    async (host) => {
      for (const path of ["/orders", "/assets/live.js", codePath(open.console.url)])
        expect((await open.visitor.get(path, { host })).status).toBe(421);
    },
  );

  it("finds it as localhost, too", async () => {
    const { port } = new URL(open.visitor.origin);
    expect((await open.visitor.get("/assets/live.js", { host: `localhost:${port}` })).status).toBe(200);
  });

  it.each(["https://evil.example", "null", "http://127.0.0.1:1", "http://localhost"])(
    "sends nothing from a page of %s",
    async (origin) => {
      expect((await open.visitor.post("/orders/ord-1/sync", {}, { origin })).status).toBe(403);
      expect((await open.visitor.get("/orders", { origin })).status).toBe(403);
      expect(api.asked).toEqual([]);
    },
  );

  it("sends nothing from what names no page", async () => {
    const form = { "content-type": "application/x-www-form-urlencoded" };
    expect((await open.visitor.ask("POST", "/orders/ord-1/sync", form, "a=b")).status).toBe(403);
  });

  it.each(["/orders", "/nothing", "/enter", "/assets/style.css"])(
    "gets %s under headers that keep everything else out",
    async (path) => {
      const { headers } = await open.visitor.get(path);
      expect(headers["content-security-policy"]).toBe(
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; " +
          "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      );
      expect(headers).toMatchObject({
        "x-frame-options": "DENY",
        "x-content-type-options": "nosniff",
        "referrer-policy": "same-origin",
        "cache-control": "no-store",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
      });
    },
  );

  it("loads nothing from anywhere else, and runs nothing that stands in a page", async () => {
    const { text } = await open.visitor.get("/orders/ord-1");
    expect([...text.matchAll(/(?:src|href|action)="([^"]*)"/g)].map(([, to]) => to)).toSatisfy(
      (all: string[]) => all.length > 5 && all.every((to) => /^[/#]/.test(to) && !to.startsWith("//")),
    );
    expect(text).not.toMatch(/<style|<script(?! src="\/assets\/live\.js")| style=| on\w+=/);
  });

  it.each(["//evil.example", "/\\evil.example", "https://evil.example", ""])(
    "is not led away to '%s' by changing the language",
    async (back) => {
      const { headers } = await open.visitor.post("/language", { language: "en", back });
      expect(headers.location).toBe("/orders");
    },
  );
});
