// The key: where it goes, and where it is never seen.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createBackend } from "../../infra/console/api/backend.ts";
import { readBackendUrl } from "../../infra/console/api/backend-url.ts";
import { checkDoor, UnlistedDoorError } from "../../infra/console/api/listed-doors.ts";
import {
  answersOf,
  consoleKey,
  enterConsole,
  type FakeApi,
  type OpenConsole,
  problem,
  type Seen,
  seenOrder,
  startFakeApi,
} from "../support/console.ts";

let api: FakeApi;
let open: OpenConsole;
beforeEach(async () => {
  api = await startFakeApi();
  open = await enterConsole(api.url);
});
afterEach(async () => {
  await open.console.close();
  await api.close();
});

describe("where it may go", () => {
  it.each([
    ["https://pay.shop.example", "https://pay.shop.example"],
    ["https://pay.shop.example/", "https://pay.shop.example"],
    ["http://127.0.0.1:3000", "http://127.0.0.1:3000"],
    ["http://localhost:3000", "http://localhost:3000"],
    ["http://[::1]:3000", "http://[::1]:3000"],
  ])("%s", (text, url) => {
    expect(readBackendUrl(text)).toBe(url);
  });

  it.each([
    ["http://pay.shop.example", /https/],
    ["http://127.0.0.1.evil.example", /https/],
    ["http://localhost.evil.example", /https/],
    ["http://192.168.0.10:3000", /https/],
    ["https://name:password@pay.shop.example", /password/],
    ["https://pay.shop.example/prod", /path/],
    ["https://pay.shop.example/?a=b", /path/],
    ["ftp://pay.shop.example", /address/],
    ["pay.shop.example", /address/],
    ["", /address/],
  ])("not to %s", (text, why) => {
    expect(() => readBackendUrl(text)).toThrow(why);
  });

  it.each([
    "GET https://pay.test/audits/2026",
    "GET https://pay.test/audits/2026-08-05/more",
    "POST https://pay.test/queue",
    "POST https://pay.test/orders",
    "DELETE https://pay.test/orders/ord-1",
    "GET https://pay.test/orders/ord-1/receipt/more",
    "GET https://pay.test/orders/a%2Fb/../../checks",
    "GET https://evil.example/orders",
    "GET http://pay.test/orders",
    "GET https://pay.test:444/orders",
  ])("not to %s", (request) => {
    const [method = "", url = ""] = request.split(" ");
    expect(() => checkDoor({ method, url }, "https://pay.test")).toThrow(UnlistedDoorError);
  });

  it("a door that is not listed is not even asked", async () => {
    const { reading, acting } = createBackend({ url: api.url, key: consoleKey });
    for (const client of [reading, acting])
      await expect(client.chargeKey("cust-1", {} as never)).rejects.toBeInstanceOf(UnlistedDoorError);
    expect(api.asked).toEqual([]);
  });

  it("an answer that leads elsewhere is not followed", async () => {
    const elsewhere = await startFakeApi();
    api.answer = () => ({ status: 307, headers: { location: `${elsewhere.url}/orders` } });
    const list = await open.visitor.get("/orders");
    expect([list.status, list.text]).toEqual([
      502,
      expect.stringContaining("키를 지키려고 따라가지 않았습니다"),
    ]);
    const refund = await open.visitor.post("/orders/ord-1/refund", { amount: "20000", key: "k1" });
    expect([refund.status, refund.text]).toEqual([409, expect.stringContaining("하지 않았습니다")]);
    expect(elsewhere.asked).toEqual([]);
    expect(api.asked.map(({ headers }) => headers.authorization)).toEqual(
      Array(2).fill(`Bearer ${consoleKey}`),
    );
    await elsewhere.close();
  });
});

/** Every kind of page there is, and what comes with it. */
async function seeEverything(): Promise<readonly Seen[]> {
  const { visitor } = open;
  const paths = [
    "/orders",
    "/orders?review=true",
    "/orders?number=%20",
    "/orders/ord-1",
    "/orders/ord-1/refund",
    "/orders/ord-1/sync",
    "/orders/ord-1/void",
    "/orders/none",
    "/queue",
    "/queue/lift-brake",
    "/audits/2026-08-05",
    "/nothing",
    "/enter?code=wrong",
    "/assets/live.js",
  ];
  const read = [];
  for (const path of paths) read.push(await visitor.get(path));
  const sent = [
    await visitor.post("/orders/ord-1/refund/confirm", { amount: "20000" }),
    await visitor.post("/orders/ord-1/refund", { amount: "20000", key: "k1" }),
    await visitor.post("/orders/ord-1/sync"),
    await visitor.post("/queue/lift-brake"),
  ];
  return [...read, ...sent];
}

it.each<[string, FakeApi["answer"]]>([
  ["all is well", answersOf([seenOrder("ord-1")])],
  ["it is refused", () => ({ status: 401, body: problem(401, "unauthorized") })],
  ["the API is confused", () => ({ status: 418, body: "?" })],
  ["what it tells is no order", () => ({ status: 200, body: { orders: [{}], cursor: null } })],
])("is in no page, no header and no log line when %s", async (_, answer) => {
  api.answer = answer;
  const seen = await seeEverything();
  const told = [...seen.map(({ headers, text }) => JSON.stringify(headers) + text), ...open.logged].join(
    "\n",
  );
  expect(told).toContain("<h1>");
  expect(told).not.toContain(consoleKey);
  expect(api.asked.map(({ route }) => route).join("\n")).not.toContain(consoleKey);
});
