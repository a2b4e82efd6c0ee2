// Whoever asks a door in the tests compares its answer with the description: shown with a server that answers what nobody
// described.
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Doors, gatewayEvent } from "../support/doors.ts";
import { Shop } from "../support/shop.ts";

const undescribed = { unexpected: 1 };
let server: http.Server;
let doors: Doors;
let shop: Shop;

/** Of whatever is asked: over HTTP, for an API Gateway event, and for a direct call. */
const answer = (path: string, body: string): object => {
  if (!path.startsWith("/2015-03-31/")) return undescribed;
  const headers = { "x-request-id": "8f1c2d3e", "content-type": "application/json; charset=utf-8" };
  return body.includes("rawPath")
    ? { statusCode: 200, headers, body: JSON.stringify(undescribed) }
    : { status: 200, body: undescribed };
};

beforeAll(async () => {
  server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = { "content-type": "application/json; charset=utf-8", "x-request-id": "8f1c2d3e" };
    response
      .writeHead(200, headers)
      .end(JSON.stringify(answer(request.url ?? "", String(Buffer.concat(chunks)))));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const gatewayUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stack = {
    gatewayUrl,
    simulatorUrl: gatewayUrl,
    merchantKey: "k",
    secrets: new Map(),
    table: "orders",
    dynamodbUrl: gatewayUrl,
    logLines: () => [],
    close: () => Promise.resolve(),
  };
  doors = new Doors(stack);
  shop = new Shop(stack);
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const event = gatewayEvent({ routeKey: "GET /orders/{merchant_uid}", rawPath: "/orders/ord-1" });

describe("an answer that nobody described is refused", () => {
  it.each<[string, () => Promise<unknown>]>([
    ["a merchant's", () => shop.merchant("GET", "/orders/ord-1")],
    ["a refund's", () => shop.refund("ord-1", "key", {})],
    ["anybody's", () => shop.complete("ord-1", null)],
    ["a knock's", () => doors.knock("GET", "/orders?day=2026-08-05")],
    ["an event's", () => doors.invokeWithEvent("orders", event)],
    ["a direct call's", () => doors.direct("orders", { action: "order.get", merchant_uid: "ord-1" })],
  ])("%s", async (_, ask) => {
    await expect(ask()).rejects.toThrow("to deeply equal []");
  });
  it("but what is no door is let through", async () => {
    expect((await shop.anybody("GET", "/nowhere")).json).toEqual(undescribed);
  });
});
