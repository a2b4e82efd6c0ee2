// One delivery at a shop's own server: signed so that the library of Standard Webhooks accepts it, sent once, led
// nowhere else, and never waited for too long.
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, expect, it } from "vitest";
import { postToShop } from "../../lib/shop/post.ts";
import { signDelivery } from "../../lib/signing/webhook.ts";

const keys = ["events-key-of-32-bytes-012345678", "newer--key-of-32-bytes-012345678"].map((text) =>
  Buffer.from(text, "utf8"),
);
const verifierOf = (key: Buffer | undefined) => new Webhook(`whsec_${key?.toString("base64")}`);
const body = JSON.stringify({ type: "order.paid", data: { merchant_uid: "ord-1", memo: "홍길동 주문" } });
const delivery = { id: "ord-1#7", body };

let server: http.Server;
let url: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const received: { readonly headers: http.IncomingHttpHeaders; readonly body: string }[] = [];

beforeEach(async () => {
  received.length = 0;
  answer = (_, response) => response.writeHead(204).end();
  server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString("utf8") });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/events/`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const send = (limitMs = 5_000) =>
  postToShop({ url, body, headers: signDelivery(delivery, keys, Date.now()), limitMs });
const headersOf = (sent: (typeof received)[number] | undefined) =>
  Object.fromEntries(Object.entries(sent?.headers ?? {}).map(([name, value]) => [name, String(value)]));

it("is accepted by the shop's verifier, by either key while they are changed", async () => {
  expect(await send()).toEqual({ outcome: "answered", status: 204 });
  const [sent] = received;
  for (const key of keys)
    expect(verifierOf(key).verify(sent?.body ?? "", headersOf(sent))).toEqual(JSON.parse(body));
  expect(sent?.headers).toMatchObject({ "webhook-id": "ord-1#7", "content-type": "application/json" });
});

it("is refused by the verifier when another key signed it, or a byte is another one", async () => {
  await send();
  const [sent] = received;
  const stranger = verifierOf(Buffer.from("strangers-key-of-32-bytes-123456"));
  expect(() => stranger.verify(sent?.body ?? "", headersOf(sent))).toThrow("No matching signature");
  const changed = (sent?.body ?? "").replace("ord-1", "ord-2");
  expect(() => verifierOf(keys[0]).verify(changed, headersOf(sent))).toThrow("No matching signature");
  const moved = { ...headersOf(sent), "webhook-id": "ord-1#8" };
  expect(() => verifierOf(keys[0]).verify(sent?.body ?? "", moved)).toThrow("No matching signature");
});

it("has the signature that the specification's example has", () => {
  const key = Buffer.from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "base64");
  const signed = signDelivery(
    { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", body: '{"test": 2432232314}' },
    [key],
    1_614_265_330_999,
  );
  expect(signed).toEqual({
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

it("without a key is not signed at all", () => {
  expect(() => signDelivery(delivery, [], 0)).toThrow("no key");
});

it("follows no redirect", async () => {
  answer = (_, response) => response.writeHead(307, { location: url }).end();
  expect(await send()).toEqual({ outcome: "answered", status: 307 });
  expect(received).toHaveLength(1);
});

it("is given up at a shop that says nothing, and is not sent again by itself", async () => {
  answer = () => {};
  expect(await send(50)).toEqual({ outcome: "no_answer", why: "timeout" });
  expect(received).toHaveLength(1);
});

it("tells why nobody answered, and not where", async () => {
  answer = (request) => request.socket.destroy();
  expect(await send()).toEqual({ outcome: "no_answer", why: "ECONNRESET" });
});

it("does not wait for an answer's body", async () => {
  answer = (_, response) => response.writeHead(200).write("끝나지 않는 답");
  expect(await send()).toEqual({ outcome: "answered", status: 200 });
});
