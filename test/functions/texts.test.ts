// What a merchant writes in words: text that can be neither stored nor shown is refused by the name of its field at every
// door, never as trouble of the table's, and Korean is one thing however it was composed.
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { named, pointers } from "../support/answers.ts";
import { Doors } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { type Json, orderBody, type Reply } from "../support/shop.ts";
import { card, debt } from "../support/steps.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  doors = new Doors(stack);
  await doors.shop.pay(await doors.shop.createOrder("ord-paid"));
  await doors.shop.sync("ord-paid");
  const path = "/customers/user42/billing-key";
  expect((await doors.merchant("POST", path, { body: card() })).status).toBe(201);
});
afterAll(() => stack?.close());

const charge = (more: Json) => debt("sub-1", more);
const person = {
  name: "홍길동",
  tel: "010-1234-5678",
  addr: "서울 성동구 성수이로 20길 16",
  postcode: "04783",
};
const logis = { company: "CJGLS", invoice: "1234567890", sent_at: "2026-08-05T03:00:00Z" };
const receipt = { identifier: "01012345678", type: "person", product_type: "real", buyer_name: "홍길동" };

/** Each door that takes words, with one text of it replaced. */
const places: readonly [string, string, string, (text: string) => Json, string][] = [
  ["a name", "POST", "/orders", (name) => orderBody("ord-1", { name }), "/name"],
  ["a buyer", "POST", "/orders", (buyer_name) => orderBody("ord-1", { buyer_name }), "/buyer_name"],
  ["an address", "POST", "/orders", (buyer_addr) => orderBody("ord-1", { buyer_addr }), "/buyer_addr"],
  [
    "a shop's name",
    "POST",
    "/orders",
    (businessName) => orderBody("ord-1", { storeDetails: { businessName } }),
    "/storeDetails/businessName",
  ],
  [
    "a refund's reason",
    "POST",
    "/orders/ord-paid/refunds",
    (reason) => ({ amount: 1_000, reason }),
    "/reason",
  ],
  [
    "an account's holder",
    "POST",
    "/orders/ord-paid/refunds",
    (refund_holder) => ({ amount: 1_000, refund_holder, refund_bank: "088", refund_account: "11012345678" }),
    "/refund_holder",
  ],
  ["an operator's note", "POST", "/orders/ord-paid/resolve", (note) => ({ action: "clear", note }), "/note"],
  ["a charge's name", "POST", "/payments/onetime", (name) => charge({ ...card(), name }), "/name"],
  [
    "a subscriber",
    "POST",
    "/customers/user42/payments",
    (buyer_name) => charge({ buyer_name }),
    "/buyer_name",
  ],
  [
    "a cardholder",
    "POST",
    "/customers/user43/billing-key",
    (customer_name) => ({ ...card(), customer_name }),
    "/customer_name",
  ],
  [
    "a reservation's name",
    "POST",
    "/customers/user42/schedules",
    (name) => ({ schedules: [charge({ name, schedule_at: "2031-08-05T03:00:00Z" })] }),
    "/schedules/0/name",
  ],
  [
    "a receipt's buyer",
    "POST",
    "/orders/ord-paid/receipt",
    (buyer_name) => ({ ...receipt, buyer_name }),
    "/buyer_name",
  ],
  [
    "a sale's name",
    "POST",
    "/receipts/external/sale-1",
    (name) => ({ ...receipt, name, amount: 1_000 }),
    "/name",
  ],
  [
    "a sender",
    "POST",
    "/orders/ord-paid/delivery",
    (name) => ({ sender: { ...person, name }, receiver: person, logis }),
    "/sender/name",
  ],
];
const unfit = [
  "선물 \ud83c",
  "\udf81",
  "홍\u0000길동",
  "홍\u001b[0m",
  "홍\n길동",
  "홍\u007f",
  "ȫ\ufffd浿",
  "홍\uffff",
];
const invisible = ["\u3164", "\u200b\u200d", "\ufeff", "\u115f\u1160", "\uffa0\u3164", "\u2800"];

const ask = (method: string, path: string, body: Json, key = "k-texts") =>
  doors.merchant(method, path, { body: escaped(body), headers: { "idempotency-key": key } });
/** A mark of broken bytes that stands in the bytes themselves is refused before any field is looked at. */
const escaped = (body: Json) => JSON.stringify(body).replaceAll("\ufffd", "\\ufffd");

describe("what cannot be stored or shown is refused by name", () => {
  it.each(places)("%s: %s %s", async (_, method, path, bodyWith, pointer) => {
    for (const text of [...unfit, ...invisible]) {
      const reply = await ask(method, path, bodyWith(text));
      const told = [...named(reply), pointers(reply)];
      expect(told, JSON.stringify(text)).toEqual([400, "invalid_field", [pointer]]);
    }
  });

  it.each<[string, Json, string]>([
    ["in the window's own settings", { bypass: { ksnet: { tcode: "\ud83c" } } }, "/bypass/ksnet/tcode"],
    [
      "in the shop's data",
      { custom_data: { memo: ["선물", { 리본: "\ud83c" }] } },
      "/custom_data/memo/1/리본",
    ],
    ["in a name of the shop's data", { custom_data: { "\udf81": 1 } }, "/custom_data/\ufffd"],
    ["NUL in the shop's data", { custom_data: { memo: "a\u0000b" } }, "/custom_data/memo"],
    ["in an address to come back to", { m_redirect_url: "https://shop.example/\ud83c" }, "/m_redirect_url"],
    ["in a field nobody knows", { "\ud83c": 1 }, "/\ufffd"],
  ])("%s", async (_, more, pointer) => {
    const reply = await ask("POST", "/orders", orderBody("ord-1", more));
    expect([...named(reply), pointers(reply)]).toEqual([400, "invalid_field", [pointer]]);
  });

  it("data deeper than anybody reads", async () => {
    const deep = (levels: number): unknown => (levels === 0 ? "선물" : [deep(levels - 1)]);
    const order = (uid: string, levels: number) => orderBody(uid, { custom_data: { memo: deep(levels) } });
    expect(pointers(await ask("POST", "/orders", order("ord-1", 32)))).toEqual(["/custom_data"]);
    expect((await ask("POST", "/orders", order("ord-deep", 31))).status).toBe(201);
    const bottomless = `{"merchant_uid":"ord-1","custom_data":${"[".repeat(30_000)}${"]".repeat(30_000)}}`;
    expect(named(await doors.merchant("POST", "/orders", { body: bottomless }))).toEqual([
      400,
      "invalid_field",
    ]);
  });

  it("several at once, each by its name", async () => {
    const reply = await ask("POST", "/orders", orderBody("ord-1", { name: "\ud83c", buyer_addr: "a\u0000" }));
    expect([...pointers(reply)].sort()).toEqual(["/buyer_addr", "/name"]);
  });

  it("in a query as well", async () => {
    const path = "/customers/user42/billing-key?reason=%ED%95%B4%EC%A7%80%00";
    expect(pointers(await doors.merchant("DELETE", path))).toEqual(["/reason"]);
    const eucKr = "/customers/user42/billing-key?reason=%C7%D8%C1%F6";
    expect(pointers(await doors.merchant("DELETE", eucKr))).toEqual(["/reason"]);
    expect((await doors.merchant("GET", "/customers/user42/billing-key")).status).toBe(200);
  });

  it.each<[string, string, Json, string]>([
    ["orders", "order.create", orderBody("ord-1", { name: "선물 \ud83c" }), "/name"],
    [
      "refund",
      "refund.create",
      { merchant_uid: "ord-paid", idempotency_key: "k", reason: "변심 \udf81" },
      "/reason",
    ],
    ["refund", "refund.get", { merchant_uid: "ord-paid", refund_id: "rf_\ud83c" }, "/refund_id"],
    ["refund", "refund.get", { merchant_uid: "ord-paid", refund_id: "r".repeat(3_000) }, "/refund_id"],
    [
      "billing",
      "billing.charge",
      charge({ customer_uid: "user42", custom_data: "선물\u0000" }),
      "/custom_data",
    ],
    [
      "orders",
      "order.resolve",
      { merchant_uid: "ord-paid", decision: "clear", note: "통화\u0000함" },
      "/note",
    ],
  ])("by direct invocation, %s: %s", async (functionName, action, fields, pointer) => {
    const { status, json } = await doors.direct(functionName, { action, ...fields });
    expect([status, json["code"]]).toEqual([400, "invalid_field"]);
    expect((json["errors"] as readonly Json[])[0]?.["pointer"]).toBe(pointer);
  });

  it("and nothing of it was kept or called trouble of the table's", async () => {
    for (const uid of ["ord-1", "sub-1"])
      expect(named(await doors.merchant("GET", `/orders/${uid}`))).toEqual([404, "order_not_found"]);
    expect(await doors.shop.order("ord-paid")).toMatchObject({ state: "paid", remaining: 109_000 });
    expect(stack.logLines().filter((line) => /storage_unavailable|unexpected_error/.test(line))).toEqual([]);
  });
});

describe("Korean is one thing", () => {
  const composed = (reply: Reply) => reply.text === reply.text.normalize("NFC");
  const nfd = (text: string) => text.normalize("NFD");

  it("counted, stored, sent and shown composed", async () => {
    const name = "각".repeat(40);
    const more = { name: nfd(name), buyer_name: nfd("홍길동"), custom_data: { [nfd("메모")]: nfd("선물") } };
    const reply = await ask("POST", "/orders", orderBody("ord-nfd", more));
    expect([reply.status, composed(reply)]).toEqual([201, true]);
    expect(reply.json["order"]).toMatchObject({ name, buyer_name: "홍길동" });
    expect(reply.json["request_pay"]).toMatchObject({ name, custom_data: { 메모: "선물" } });
    expect(await doors.shop.order("ord-nfd")).toMatchObject({ name });
    const repeated = await ask(
      "POST",
      "/orders",
      orderBody("ord-nfd", { name, custom_data: { 메모: "선물" } }),
    );
    expect(repeated.status).toBe(200);
  });

  it("so that a refund asked for again from another system is the same one", async () => {
    const once = await ask(
      "POST",
      "/orders/ord-paid/refunds",
      { amount: 1_000, reason: nfd("단순 변심") },
      "k-nfd",
    );
    expect([once.status, once.json["reason"]]).toEqual([200, "단순 변심"]);
    const again = await ask(
      "POST",
      "/orders/ord-paid/refunds",
      { amount: 1_000, reason: "단순 변심" },
      "k-nfd",
    );
    expect([again.status, again.text]).toEqual([200, once.text]);
    const [cancel] = await doors.shop.cancels("ord-paid");
    expect(cancel?.["reason"]).toMatch(/^#\S{9} 단순 변심$/);
  });

  it("and so is a charge", async () => {
    const path = "/customers/user42/payments";
    const body = charge({ merchant_uid: "sub-nfd", name: nfd("정기구독") });
    expect((await ask("POST", path, body)).status).toBe(201);
    expect((await ask("POST", path, { ...body, name: "정기구독" })).status).toBe(201);
  });
});

describe("the shop's own data", () => {
  const lines = "선물 포장\r\n\t리본은 🎀\n끝";

  it("keeps its lines", async () => {
    const reply = await ask("POST", "/orders", orderBody("ord-lines", { custom_data: { memo: lines } }));
    expect(reply.json["request_pay"]).toMatchObject({ custom_data: { memo: lines } });
    const body = charge({ merchant_uid: "sub-lines", custom_data: lines });
    expect((await ask("POST", "/customers/user42/payments", body)).status).toBe(201);
  });
});

describe("our own cuts", () => {
  it("leave a reason's last character whole", async () => {
    const reason = `${"가".repeat(66)}👨‍👩‍👧‍👦`;
    expect((await ask("POST", "/orders/ord-paid/refunds", { amount: 1_000, reason }, "k-cut")).status).toBe(
      200,
    );
    const cancels = await doors.shop.cancels("ord-paid");
    expect(cancels.map((cancel) => String(cancel["reason"]).slice(11))).toContain("가".repeat(66));
  });
});
