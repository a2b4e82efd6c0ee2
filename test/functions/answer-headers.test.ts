// What every answer's headers say, and where a buyer's phone may be sent back to: on the built functions.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readOrder } from "../../lib/http/requests/order.ts";
import { named, pointers } from "../support/answers.ts";
import { Doors, type Sent } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, orderBody, type Reply } from "../support/shop.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  doors = new Doors(stack);
});
afterAll(() => stack?.close());

const always = ({ headers }: Reply) => [headers.get("cache-control"), headers.get("x-content-type-options")];

describe("no answer is kept, and none is taken for another type", () => {
  it.each<[number, string, string, Sent]>([
    [201, "POST", "/orders", { body: orderBody("head-1") }],
    [200, "GET", "/orders?day=2026-08-05", {}],
    [404, "GET", "/orders/nobody", {}],
    [400, "POST", "/orders", { body: "{" }],
    [401, "GET", "/orders/nobody", { headers: { authorization: "Bearer x" } }],
    [415, "POST", "/orders", { body: "{}", type: "text/html" }],
    [413, "POST", "/orders", { body: " ".repeat(65_537) }],
    [404, "GET", "/customers/nobody/billing-key", {}],
    [404, "GET", "/receipts/external/nobody", {}],
    [404, "GET", "/orders/nobody/delivery", {}],
    [404, "GET", "/orders/nobody/refunds", {}],
    [200, "POST", "/portone/notice", { body: { imp_uid: "imp_1", merchant_uid: "주문_1" } }],
    [400, "POST", "/portone/notice", { body: {} }],
    [
      409,
      "POST",
      "/portone/confirm/AAAAAAAAAAAAAAAAAAAAAA",
      { body: { imp_uid: "imp_1", merchant_uid: "a", amount: 1 } },
    ],
  ])("%i of %s %s", async (status, method, path, sent) => {
    const reply = await doors.merchant(method, path, sent);
    expect(reply.status, reply.text).toBe(status);
    expect(always(reply)).toEqual(["no-store", "nosniff"]);
  });
});

describe("a browser's door says that its answers differ by origin", () => {
  const body = { merchant_uid: "nobody", imp_uid: "imp_1" };
  it.each<[string, number, string, string, Sent]>([
    [
      "a shop's page",
      404,
      "POST",
      "/payments/complete",
      { body, headers: { origin: "http://localhost:5173" } },
    ],
    [
      "a stranger's page",
      404,
      "POST",
      "/payments/complete",
      { body, headers: { origin: "https://evil.example" } },
    ],
    ["no page", 404, "POST", "/payments/complete", { body }],
    ["a body that is none", 400, "POST", "/payments/complete", { body: "[]" }],
    ["a preflight", 204, "OPTIONS", "/payments/complete", { headers: { origin: "http://localhost:5173" } }],
    ["a stranger's preflight", 204, "OPTIONS", "/payments/complete", { headers: { origin: "null" } }],
    ["a phone's way back", 303, "GET", "/payments/redirect?imp_uid=imp_1&merchant_uid=nobody", {}],
  ])("%s", async (_, status, method, path, sent) => {
    const reply = await doors.knock(method, path, sent);
    expect([reply.status, reply.headers.get("vary"), ...always(reply)]).toEqual([
      status,
      "origin",
      "no-store",
      "nosniff",
    ]);
  });
});

const create = (uid: string, more: Json) => doors.merchant("POST", "/orders", { body: orderBody(uid, more) });

describe("a buyer's phone is sent back to the shop only", () => {
  it.each([
    "https://shop.example/결제/완료?order=1",
    "HTTPS://SHOP.EXAMPLE",
    "shopapp://paid",
    "com.shop.app://paid?x=1",
    "intent+shop://paid",
    "http://localhost:5173/paid",
    "http://127.0.0.1/paid",
    "http://[::1]:3000/",
  ])("%s is taken", async (m_redirect_url) => {
    const reply = await create(`back-${Buffer.from(m_redirect_url).toString("hex").slice(-20)}`, {
      m_redirect_url,
    });
    expect(reply.status, reply.text).toBe(201);
    expect(reply.json["request_pay"]).toMatchObject({ m_redirect_url });
  });

  it.each([
    "javascript:alert(1)",
    "javascript://shop.example/%0aalert(1)",
    "JaVaScRiPt://x",
    "data:text/html,x",
    "data://text/html;base64,PHNjcmlwdD4=",
    "vbscript://x",
    "file:///etc/passwd",
    "blob:https://shop.example/1",
    "blob://x",
    "filesystem:https://shop.example/x",
    "view-source://shop.example",
    "about://blank",
    "http://shop.example/paid",
    "http://localhost.evil.example/",
    "http://127.0.0.1.evil.example/",
    "http://localhost@evil.example/",
    "ws://shop.example/",
    "ftp://shop.example/",
    "https://",
    "https://[",
    "https://a b.example/",
    "https://shop.example/\u0000",
    " https://shop.example/",
    "//shop.example/",
    "/paid",
    "",
  ])("%j is refused", async (m_redirect_url) => {
    const reply = await create("back-refused", { m_redirect_url });
    expect([...named(reply), pointers(reply)]).toEqual([400, "invalid_field", ["/m_redirect_url"]]);
  });

  it.each(["javascript:", "javascript", "JAVASCRIPT://x", "data:", "blob:x"])(
    "%j is no app's scheme",
    async (app_scheme) => {
      expect(pointers(await create("back-refused", { app_scheme }))).toEqual(["/app_scheme"]);
    },
  );

  it("and never over plain http where the stage is none of a laptop's, not to one's own machine either", () => {
    const read = (m_redirect_url: string) =>
      readOrder(orderBody("prod-1", { m_redirect_url }), {
        nowMs: Date.parse("2026-08-05T03:00:00.000Z"),
        mayReturnToLoopback: false,
      });
    for (const plain of ["http://localhost:5173/", "http://127.0.0.1/", "http://shop.example/"])
      expect(read(plain).problems.map(({ pointer }) => pointer)).toEqual(["/m_redirect_url"]);
    expect(read("https://shop.example/paid").problems).toEqual([]);
  });
});
