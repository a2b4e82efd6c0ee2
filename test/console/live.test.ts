// An open page is kept level with what the API tells.
import { EventEmitter } from "node:events";
import { get, type ServerResponse } from "node:http";
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { keepLevel } from "../../infra/console/server/live.ts";
import {
  answersOf,
  enterConsole,
  type FakeApi,
  type OpenConsole,
  seenOrder,
  seenQueue,
  startFakeApi,
} from "../support/console.ts";

let api: FakeApi;
let open: OpenConsole;
beforeEach(async () => {
  api = await startFakeApi();
  open = await enterConsole(api.url, { lookEveryMs: 1 });
});
afterEach(async () => {
  await open.console.close();
  await api.close();
});

interface Event {
  readonly name: string;
  readonly id: string;
  readonly data: string;
}

type Names = readonly string[];
const ofMain: Names = ["main", "stale"];

/** The page's events of these names as they come, until `count` have come. */
const events = (
  path: string,
  count: number,
  onEvent: (event: Event, n: number) => void,
  names: Names = ofMain,
) =>
  new Promise<readonly Event[]>((resolve, reject) => {
    const seen: Event[] = [];
    const { visitor } = open;
    const headers = { accept: "text/event-stream", cookie: visitor.cookieHeader() };
    const asking = get(new URL(path, visitor.origin), { headers }, (response) => {
      expect(response.headers["content-type"]).toBe("text/event-stream");
      expect(response.headers["content-security-policy"]).toContain("default-src 'none'");
      let text = "";
      response.setEncoding("utf8").on("data", (chunk: string) => {
        text += chunk;
        for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
          const told = text.slice(0, end).split("\n");
          text = text.slice(end + 2);
          const fieldOf = (name: string) =>
            told
              .filter((line) => line.startsWith(`${name}:`))
              .map((line) => line.slice(name.length + 1).trim())
              .join("\n");
          const event = { name: fieldOf("event"), id: fieldOf("id"), data: fieldOf("data") };
          if (!names.includes(event.name)) continue;
          seen.push(event);
          onEvent(event, seen.length);
          if (seen.length === count) {
            asking.destroy();
            resolve(seen);
          }
        }
      });
    });
    asking.once("error", (error) => seen.length < count && reject(error));
  });

it("is sent anew when it differs, and only then", async () => {
  api.answer = answersOf([seenOrder("ord-1")]);
  const page = await open.visitor.get("/orders/ord-1");
  const version = /data-version="([^"]+)"/.exec(page.text)?.[1];
  let looks = 0;
  const refunded = answersOf([seenOrder("ord-1", { state: "refunded", remaining: 0 })]);
  const seen = await events("/orders/ord-1", 2, (_, n) => {
    if (n > 1) return;
    const paid = api.answer;
    api.answer = (asked) => {
      looks += 1;
      return looks > 10 ? refunded(asked) : paid(asked);
    };
  });
  expect(seen.map(({ name }) => name)).toEqual(["main", "main"]);
  expect(seen[0]?.id).toBe(version);
  expect(page.text).toContain(seen[0]?.data);
  expect(seen[1]?.id).not.toBe(version);
  expect(seen[1]?.data).toContain("환불됨");
});

it("says once that it may be old while the API does not answer", async () => {
  api.answer = answersOf([seenOrder("ord-1")]);
  const seen = await events("/orders/ord-1", 3, (event) => {
    const isStale = event.name === "stale";
    api.answer = isStale ? answersOf([seenOrder("ord-1")]) : () => ({ status: 401, body: {} });
  });
  expect(seen.map(({ name }) => name)).toEqual(["main", "stale", "main"]);
});

it("has a menu that counts what waits for a person, and that nobody is told twice", async () => {
  api.answer = answersOf([seenOrder("ord-1")]);
  const waiting = (count: number) => ({ status: 200, body: seenQueue({ reviews: { count, more: false } }) });
  api.queue = waiting(3);
  expect((await open.visitor.get("/orders/ord-1")).text).toContain('<span id="waits" class="count">3</span>');
  const seen = await events(
    "/orders/ord-1",
    2,
    () => {
      api.queue = waiting(0);
    },
    ["waits"],
  );
  expect(seen.map(({ data }) => data)).toEqual(["3", ""]);
});

it("is for whoever came in alone", async () => {
  const { status } = await open.visitor.ask("GET", "/orders", { accept: "text/event-stream", cookie: "" });
  expect(status).toBe(401);
  expect(api.asked).toEqual([]);
});

/** What a live page needs of an answer that stays open. */
const openResponse = (write: (text: string) => unknown): ServerResponse =>
  Object.assign(new EventEmitter(), { write }) as unknown as ServerResponse;

it("looks no more once the page is closed", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let looks = 0;
  const look = async () => {
    looks += 1;
    return { main: "", version: "v1" };
  };
  const response = openResponse(() => true);
  keepLevel(response, look, 1_000);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(looks).toBe(3);
  response.emit("close");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(looks).toBe(3);
});

it("sends nothing of a look that ends after the page was closed, and does not go on", async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  const response = openResponse(write);
  let looks = 0;
  const look = async () => {
    looks += 1;
    response.emit("close");
    return { main: "", version: "v1" };
  };
  keepLevel(response, look, 1_000);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([looks, written]).toEqual([1, []]);
});
