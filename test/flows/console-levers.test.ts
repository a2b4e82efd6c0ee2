// The console's levers before the real functions and PortOne's simulator.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { enterConsole, type OpenConsole, textOf } from "../support/console.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, Shop, send } from "../support/shop.ts";

let stack: LocalStack;
let shop: Shop;
let open: OpenConsole;
beforeAll(async () => {
  stack = await startStack();
  shop = new Shop(stack);
  const { gatewayUrl, simulatorUrl, merchantKey } = stack;
  open = await enterConsole(gatewayUrl, { key: merchantKey, local: { simulatorUrl } });
});
afterAll(async () => {
  await open.console.close();
  await stack.close();
});

const pull = async (lever: string, fields: Record<string, string> = {}): Promise<string> => {
  const pulled = await open.visitor.post(`/levers/${lever}`, fields);
  expect(pulled.status, textOf(pulled)).toBe(303);
  return textOf(await open.visitor.get(pulled.headers.location ?? ""));
};
const windowOf = async (merchantUid: string): Promise<Record<string, string>> => {
  const request_pay = await shop.createOrder(merchantUid);
  const opened = await shop.control<{ window: string }>("POST", "/window", { request_pay });
  return { window: opened.window };
};

it("a buyer pays, is declined, and leaves", async () => {
  for (const [name, state] of [
    ["approve", "paid"],
    ["decline", "failed"],
    ["close", "created"],
  ] as const) {
    const order = `ord-lever-${name}`;
    await pull(`window-${name}`, await windowOf(order));
    expect((await shop.sync(order)).state).toBe(state);
  }
});

it("a lost notice is healed by the next look of the sweep", async () => {
  const window = await windowOf("ord-lever-lost");
  await pull("lose-notice", { merchant_uid: "ord-lever-lost" });
  await pull("window-approve", window);
  expect((await shop.order("ord-lever-lost")).state).toBe("approved");
  for (let looks = 0; looks < 10 && (await shop.order("ord-lever-lost")).state !== "paid"; looks += 1)
    expect(await pull("next-due")).toMatch(/스윕이 \d+건을 보았습니다/);
  expect((await shop.order("ord-lever-lost")).state).toBe("paid");
});

it("a virtual account is paid into, and its payment cancelled in PortOne's console", async () => {
  const due = { pay_method: "vbank", vbank_due: "20371231235959" };
  const { imp_uid } = await shop.pay(await shop.createOrder("ord-lever-account", due));
  await pull("deposit", { imp_uid });
  await shop.notices("ord-lever-account", 2);
  expect((await shop.order("ord-lever-account")).state).toBe("paid");
  const { imp_uid: card } = await shop.pay(await shop.createOrder("ord-lever-cancel"));
  await shop.notices("ord-lever-cancel", 1);
  await pull("cancel", { imp_uid: card, amount: "9,000", currency: "KRW" });
  await shop.notices("ord-lever-cancel", 2);
  expect(await shop.order("ord-lever-cancel")).toMatchObject({
    state: "partially_refunded",
    remaining: 100_000,
  });
  const refused = await open.visitor.post("/levers/deposit", { imp_uid: card });
  expect([refused.status, textOf(refused)]).toEqual([
    409,
    expect.stringContaining("no unpaid virtual account"),
  ]);
});

it("faults on both sides are shown while they are on", async () => {
  await pull("portone-fault", { name: "rate_limited", call: "POST /payments/cancel", count: "2" });
  expect(await pull("function-fault", { name: "crash_after", function: "delivery", count: "1" })).toMatch(
    /rate_limited POST \/payments\/cancel 2번 중 0번 일어남 .* crash_after \* · delivery 1번 중 0번/,
  );
  expect(await pull("clear-faults")).toContain("켜 둔 장애가 없습니다.");
});

describe("the host's levers", () => {
  const local = (method: string, path: string, body?: unknown) =>
    send(`${stack.gatewayUrl}/_local${path}`, method, body);

  it("tell when the sweep looks next, without a call that is counted", async () => {
    await shop.createOrder("ord-lever-due");
    await local("DELETE", "/calls");
    const { json } = await local("GET", "/due");
    expect(Date.parse(String(json["next_at"]))).toBeGreaterThan(Date.parse("2026-01-01T00:00:00Z"));
    expect((await local("GET", "/calls")).json).toMatchObject({ dynamodb: { calls: 0 } });
  });

  it("run what the clock alone runs, and nothing else", async () => {
    const swept = await local("POST", "/run", { function: "reconcile" });
    expect([swept.status, (swept.json["report"] as Json)["errors"]]).toEqual([200, 0]);
    for (const name of ["orders", "nothing", ""])
      expect((await local("POST", "/run", { function: name })).status).toBe(400);
    const wrong = await local("POST", "/run", { function: "reconcile", event: {} });
    expect([wrong.status, wrong.json["error"]]).toEqual([400, "unknown field: event"]);
  });

  it("tell that a run failed", async () => {
    await local("POST", "/faults", { name: "crash_before", function: "reconcile" });
    expect((await local("POST", "/run", { function: "reconcile" })).status).toBe(502);
    await local("DELETE", "/faults");
  });
});
