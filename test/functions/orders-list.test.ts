// GET /orders, a day page by page: nothing twice, nothing left out, and no place in it but those we gave.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { parsePage } from "../../lib/http/requests/day.ts";
import { named, pointers, told } from "../support/answers.ts";
import { Doors } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import type { Json } from "../support/shop.ts";

interface Line extends Json {
  readonly merchant_uid: string;
  readonly created_at: string;
}
interface Page extends Json {
  readonly orders: readonly Line[];
  readonly cursor: string | null;
}

const uids = Array.from({ length: 19 }, (_, index) => `ord-list-${index + 1}`);

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  doors = new Doors(stack);
  // Half a minute before and at the first instant of Korea's 6 September, then noon of the 7th.
  await doors.shop.local("POST", "/clock", { set: "2026-09-05T14:59:30.000Z" });
  await doors.shop.createOrder("ord-before-midnight");
  await doors.shop.local("POST", "/clock", { set: "2026-09-05T15:00:00.000Z" });
  await doors.shop.createOrder("ord-after-midnight");
  await doors.shop.local("POST", "/clock", { set: "2026-09-07T03:00:00.000Z" });
  // Four side by side, so that some share a millisecond.
  for (let first = 0; first < uids.length; first += 4)
    await Promise.all(uids.slice(first, first + 4).map((uid) => doors.shop.createOrder(uid)));
});
afterEach(() => doors.mend());
afterAll(() => stack?.close());

const list = (query: string) => doors.merchant("GET", `/orders?${query}`);
async function page(query: string): Promise<Page> {
  const { status, text, json } = await list(query);
  expect(status, text).toBe(200);
  return json as Page;
}

/** All pages of a day, until there is no cursor. */
async function pages(day: string, limit: number): Promise<readonly (readonly Line[])[]> {
  const read: (readonly Line[])[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const next: Page = await page(`day=${day}&limit=${limit}&cursor=${encodeURIComponent(cursor)}`);
    read.push(next.orders);
    cursor = next.cursor;
  }
  return read;
}

describe("a day's list", () => {
  it("tells of each order what a shop looks for first", async () => {
    const { orders, cursor } = await page("day=2026-09-06");
    expect(cursor).toBeNull();
    expect(orders).toEqual([
      {
        merchant_uid: "ord-after-midnight",
        state: "created",
        amount: 109_000,
        currency: "KRW",
        remaining: 109_000,
        created_at: expect.stringMatching(/^2026-09-05T15:00:0\d\.\d{3}Z$/),
      },
    ]);
  });

  it("is Korea's day, not UTC's", async () => {
    expect((await page("day=2026-09-05")).orders.map((line) => line.merchant_uid)).toEqual([
      "ord-before-midnight",
    ]);
    expect(await page("day=2026-09-04")).toEqual({ orders: [], cursor: null });
  });

  it.each([
    [1, 19],
    [2, 10],
    [7, 3],
    [18, 2],
    [19, 1],
    [20, 1],
    [100, 1],
  ])("by %i holds each order once, oldest first, in %i pages", async (limit, pageCount) => {
    const read = await pages("2026-09-07", limit);
    expect(read).toHaveLength(pageCount);
    for (const orders of read.slice(0, -1)) expect(orders).toHaveLength(limit);
    const lines = read.flat();
    expect(lines.map((line) => line.merchant_uid).sort()).toEqual([...uids].sort());
    const times = lines.map((line) => line.created_at);
    expect(times).toEqual([...times].sort());
  });

  it("holds 50 unless asked otherwise, and shows the same page for the same cursor", async () => {
    expect((await page("day=2026-09-07")).orders).toHaveLength(19);
    const { cursor } = await page("day=2026-09-07&limit=5");
    const again = `day=2026-09-07&limit=5&cursor=${encodeURIComponent(String(cursor))}`;
    expect(await page(again)).toEqual(await page(again));
  });

  it("holds an order made while it was read", async () => {
    const { orders, cursor } = await page("day=2026-09-07&limit=15");
    await doors.shop.createOrder("ord-late");
    const rest = await page(`day=2026-09-07&cursor=${encodeURIComponent(String(cursor))}`);
    const seen = [...orders, ...rest.orders].map((line) => line.merchant_uid);
    expect(seen.sort()).toEqual([...uids, "ord-late"].sort());
  });

  it("goes on by direct invocation where HTTP left off", async () => {
    const { cursor } = await page("day=2026-09-07&limit=3");
    const place = { day: "2026-09-07", limit: "3", cursor: String(cursor) };
    expect(told(await doors.direct("orders", { action: "order.list", ...place }))).toEqual(
      told(await list(new URLSearchParams(place).toString())),
    );
  });
});

describe("what is no page", () => {
  it.each([
    ["/day", "day="],
    ["/day", "day=2026-9-5"],
    ["/day", "day=20260905"],
    ["/day", "day=2026-02-29"],
    ["/day", "day=2026-09-05&day=2026-09-06"],
    ["/day", "day=2026-09-05T00:00:00Z"],
    ["/limit", "day=2026-09-07&limit=0"],
    ["/limit", "day=2026-09-07&limit=101"],
    ["/limit", "day=2026-09-07&limit=-1"],
    ["/limit", "day=2026-09-07&limit=1.5"],
    ["/limit", "day=2026-09-07&limit=1e1"],
    ["/limit", "day=2026-09-07&limit=all"],
    ["/limit", "day=2026-09-07&limit="],
    ["/cursor", "day=2026-09-07&cursor=1"],
    ["/cursor", "day=2026-09-07&cursor=."],
    ["/cursor", "day=2026-09-07&cursor=W251bGwsbnVsbCxudWxsLG51bGxd"],
    ["/cursor", "day=2026-09-07&cursor=2026-09-07.W251bGwsbnVsbCxudWxsLG51bGxd"],
    ["/cursor", "day=2026-09-07&cursor=2026-09-07.W251bGwsbnVsbCxudWxsLG51bGxd.AAAAAAAAAAAAAAAAAAAAAA"],
    ["/cursor", "cursor=2026-09-07.W251bGwsbnVsbCxudWxsLG51bGxd.AAAAAAAAAAAAAAAAAAAAAA"],
    ["/cursor", "cursor=1"],
  ])("is refused at %s: %s", async (pointer, query) => {
    const reply = await list(query);
    expect(named(reply)).toEqual([400, "invalid_field"]);
    expect(pointers(reply)).toEqual([pointer]);
  });

  it.each<[string, (cursor: string) => string]>([
    ["of another day", (cursor) => `day=2026-09-05&cursor=${cursor}`],
    ["cut short", (cursor) => `day=2026-09-07&cursor=${cursor.slice(0, -1)}`],
    ["with another first letter", (cursor) => `day=2026-09-07&cursor=X${cursor.slice(1)}`],
    ["of another day, by its words alone", (cursor) => `cursor=${cursor.replace("09-07", "09-06")}`],
    [
      "of another day, but for its words",
      (cursor) => `day=2026-09-06&cursor=${cursor.replace("09-07", "09-06")}`,
    ],
    ["with another name in front", (cursor) => `day=2026-09-07&cursor=${cursor.replace("09-07", "09-06")}`],
    ["without its signature", (cursor) => `day=2026-09-07&cursor=${cursor.split(".").slice(0, 2).join(".")}`],
  ])("is a cursor %s", async (_, query) => {
    const { cursor } = await page("day=2026-09-07&limit=1");
    const reply = await list(query(String(cursor)));
    expect(named(reply)).toEqual([400, "invalid_field"]);
    expect(pointers(reply)).toEqual(["/cursor"]);
  });

  it("is several at once", async () => {
    expect([...pointers(await list("day=morgen&limit=0"))].sort()).toEqual(["/day", "/limit"]);
  });
});

describe("in detail", () => {
  it("a cursor with something behind it is none of ours", async () => {
    const { cursor } = await page("day=2026-09-07&limit=1");
    expect(named(await list(`day=2026-09-07&cursor=${cursor}.x`))).toEqual([400, "invalid_field"]);
  });

  it.each<[string, Json]>([
    ["/day", { day: 20260907 }],
    ["/limit", { day: "2026-09-07", limit: true }],
    ["/cursor", { day: "2026-09-07", cursor: 1 }],
  ])("%s is explained in Korean to a direct invocation: %j", async (pointer, event) => {
    expect(pointers(await doors.direct("orders", { action: "order.list", ...event }))).toEqual([pointer]);
  });
});

// Last, because the clock moves on.
describe("where no day is named", () => {
  it.each([
    ["2026-09-07T14:59:59.999Z", "2026-09-07"],
    ["2026-09-07T15:00:00.000Z", "2026-09-08"],
    ["2026-12-31T15:00:00.000Z", "2027-01-01"],
  ])("%s lies on Korea's %s", (at, day) => {
    expect(parsePage({}, Date.parse(at))).toEqual({ list: day, limit: 50, cursor: "" });
    expect(parsePage({ day: "2026-09-05" }, Date.parse(at)).list).toBe("2026-09-05");
  });

  it("it is today in Korea, and a list begun before midnight is read to its end", async () => {
    const direct = async (more: Json) =>
      told(await doors.direct("orders", { action: "order.list", ...more }));
    await doors.shop.local("POST", "/clock", { set: "2026-09-07T14:59:30.000Z" });
    expect(await page("")).toEqual(await page("day=2026-09-07"));
    expect(await direct({})).toEqual(told(await list("day=2026-09-07")));
    const { cursor } = await page("limit=5");
    await doors.shop.local("POST", "/clock", { set: "2026-09-07T15:00:00.000Z" });
    expect(await page("")).toEqual({ orders: [], cursor: null });
    await doors.shop.createOrder("ord-next-day");
    expect((await page("limit=5")).orders.map((line) => line.merchant_uid)).toEqual(["ord-next-day"]);
    expect(await direct({})).toEqual(told(await list("day=2026-09-08")));
    const rest = await page(`cursor=${encodeURIComponent(String(cursor))}`);
    expect(rest).toEqual(await page(`day=2026-09-07&cursor=${encodeURIComponent(String(cursor))}`));
    expect(rest.orders.length).toBeGreaterThan(10);
    expect(await direct({ cursor })).toEqual({ status: 200, body: rest });
  });
});
