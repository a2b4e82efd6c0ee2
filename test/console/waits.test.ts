// The menu's count: asked of the API now and then, however many pages are opened.
import { afterEach, beforeEach, expect, it } from "vitest";
import {
  enterConsole,
  type FakeApi,
  type OpenConsole,
  problem,
  seenQueue,
  startFakeApi,
} from "../support/console.ts";

let api: FakeApi;
let open: OpenConsole;
let nowMs = Date.parse("2026-08-05T03:00:00Z");
beforeEach(async () => {
  api = await startFakeApi();
  api.answer = () => ({ status: 200, body: { orders: [], cursor: null } });
  api.queue = { status: 200, body: seenQueue({ reviews: { count: 2, more: false } }) };
  const ports = { nowMs: () => nowMs, randomBytes: (count: number) => Buffer.alloc(count, 7) };
  open = await enterConsole(api.url, { ports, lookEveryMs: 1_000 });
});
afterEach(async () => {
  await open.console.close();
  await api.close();
});

const counted = async () =>
  /<span id="waits" class="count">(.*?)<\/span>/.exec((await open.visitor.get("/orders")).text)?.[1];

it("is asked for once in five looks", async () => {
  for (let pages = 0; pages < 3; pages += 1) expect(await counted()).toBe("2");
  expect(api.askedQueue).toHaveLength(1);
  nowMs += 4_999;
  await counted();
  expect(api.askedQueue).toHaveLength(1);
  nowMs += 1;
  await counted();
  await expect.poll(() => api.askedQueue).toHaveLength(2);
});

it("goes where the API tells it no more, and comes with the next answer", async () => {
  expect(await counted()).toBe("2");
  api.queue = { status: 403, body: problem(403, "scope_missing") };
  nowMs += 5_000;
  await expect.poll(counted).toBe("");
  api.queue = { status: 200, body: seenQueue({ reviews: { count: 3, more: false } }) };
  nowMs += 5_000;
  await expect.poll(counted).toBe("3");
});
