// The door PortOne knocks at when a payment changed, on the built function. Whatever comes, the body of the
// answer is `{}`; only its status tells PortOne whether a repeat could help.
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { asForm, base64, Doors, gatewayEvent, writeAs } from "../support/doors.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import type { Json, Reply, RequestPay } from "../support/shop.ts";
import { type Calls, questionsOf } from "../support/steps.ts";

let stack: LocalStack;
let doors: Doors;

beforeAll(async () => {
  stack = await startStack({ environment: { PAY_PREPARE: "off" } });
  doors = new Doors(stack);
});
afterEach(() => doors.mend());
afterAll(() => stack?.close());

const types = ["application/json", "application/x-www-form-urlencoded"] as const;

interface PaidUnseen {
  readonly requestPay: RequestPay;
  /** The path of its notice_url. */
  readonly path: string;
  readonly notice: Json;
}

/** Paid at PortOne, and no notice of it was sent. */
async function paidUnseen(uid: string): Promise<PaidUnseen> {
  await doors.shop.fault("notice_never", "notice", { merchant_uid: uid, count: 99 });
  const requestPay = await doors.shop.createOrder(uid);
  const { imp_uid } = await doors.shop.pay(requestPay);
  const path = new URL(String(requestPay["notice_url"])).pathname;
  return { requestPay, path, notice: { imp_uid, merchant_uid: uid, status: "paid" } };
}
const knock = (path: string, body: unknown, type?: string | null): Promise<Reply> =>
  doors.knock("POST", path, { body, ...(type !== undefined && { type }) });
const stateOf = async (uid: string) => (await doors.shop.order(uid)).state;

async function questions(work: () => Promise<unknown>): Promise<number> {
  await doors.shop.local("DELETE", "/calls");
  await work();
  return questionsOf(await doors.shop.local<Calls>("GET", "/calls"), "notice");
}

describe("a notice syncs its order", () => {
  it.each([
    "application/json",
    "application/json; charset=utf-8",
    "application/json;charset=EUC-KR",
    "APPLICATION/JSON",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=UTF-8",
  ])("sent as %s", async (type) => {
    const uid = `ord-${type.replaceAll(/[^a-z]/gi, "").slice(-24)}`;
    const { path, notice } = await paidUnseen(uid);
    expect((await knock(path, writeAs(type, notice), type)).status).toBe(200);
    expect(await stateOf(uid)).toBe("paid");
  });

  it.each(types)("sent as %s in base64", async (type) => {
    const uid = `ord-base64-${type.length}`;
    const { path, notice } = await paidUnseen(uid);
    const reply = await doors.invokeWithEvent(
      "notice",
      gatewayEvent({
        routeKey: "POST /portone/notice/{token}",
        rawPath: path,
        pathParameters: { token: path.split("/").at(-1) ?? "" },
        headers: { "content-type": type },
        body: base64(writeAs(type, notice)),
        isBase64Encoded: true,
      }),
    );
    expect(reply.status).toBe(200);
    expect(await stateOf(uid)).toBe("paid");
  });

  it("at the console's address, and with fields nobody told us of", async () => {
    const { notice } = await paidUnseen("ord-console");
    const more = { ...notice, tx_id: "0191", cancellation_id: null, user: { name: "홍길동" } };
    expect((await knock("/portone/notice", more)).status).toBe(200);
    expect(await stateOf("ord-console")).toBe("paid");
  });

  it("believing none of what it says but the two numbers", async () => {
    const requestPay = await doors.shop.createOrder("ord-liar");
    const { payment } = await doors.shop.decline(requestPay);
    const path = new URL(String(requestPay["notice_url"])).pathname;
    const lie = { imp_uid: payment.imp_uid, merchant_uid: "ord-liar", status: "paid", amount: 109_000 };
    expect((await knock(path, lie)).status).toBe(200);
    expect(await stateOf("ord-liar")).toBe("failed");
  });

  it("also when its token is wrong: the attempt is one confirm let through", async () => {
    const { notice } = await paidUnseen("ord-wrong-token");
    expect((await knock("/portone/notice/AAAAAAAAAAAAAAAAAAAAAA", notice)).status).toBe(200);
    expect(await stateOf("ord-wrong-token")).toBe("paid");
  });

  it("once, however often it comes", async () => {
    const { path, notice } = await paidUnseen("ord-often");
    for (let times = 0; times < 3; times += 1) expect((await knock(path, notice)).status).toBe(200);
    expect(await doors.shop.order("ord-often")).toMatchObject({ state: "paid", version: 3 });
  });
});

describe("a repeat could not help: 200", () => {
  it("an order we do not know, and PortOne is not asked", async () => {
    const unknown = { imp_uid: "imp_000000000000", merchant_uid: "ord-nobody", status: "paid" };
    const asked = await questions(async () => {
      for (const status of ["paid", "ready", "failed", "cancelled", "whatever"])
        expect((await knock("/portone/notice", { ...unknown, status })).status).toBe(200);
    });
    expect(asked).toBe(0);
    expect((await doors.merchant("GET", "/orders/ord-nobody")).status).toBe(404);
  });

  it("a payment PortOne does not know, and another order's", async () => {
    const { notice } = await paidUnseen("ord-its-own");
    const requestPay = await doors.shop.createOrder("ord-not-its");
    const before = await doors.shop.order("ord-not-its");
    const path = new URL(String(requestPay["notice_url"])).pathname;
    const invented = { imp_uid: "imp_000000000000", merchant_uid: "ord-not-its", status: "paid" };
    expect((await knock(path, invented)).status).toBe(200);
    expect((await knock(path, { ...notice, merchant_uid: "ord-not-its" })).status).toBe(200);
    expect(await doors.shop.order("ord-not-its")).toEqual(before);
  });

  it("the console's call test", async () => {
    await doors.shop.control("PUT", "/settings", { webhook_url: `${stack.gatewayUrl}/portone/notice` });
    for (const webhook_content_type of types) {
      await doors.shop.control("PUT", "/settings", { webhook_content_type });
      await doors.shop.control("POST", "/call-test", {});
    }
    const { deliveries } = await doors.shop.control<{ deliveries: readonly Json[] }>("GET", "/deliveries");
    const tests = deliveries.filter(({ url }) => url === `${stack.gatewayUrl}/portone/notice`);
    expect(tests.map(({ content_type, status }) => [content_type, status])).toEqual([
      ["application/json", 200],
      ["application/x-www-form-urlencoded", 200],
    ]);
    await doors.shop.control("PUT", "/settings", { webhook_url: null });
  });
});

describe("a repeat can help: 500", () => {
  it("while PortOne does not answer, and then it does", async () => {
    const { path, notice } = await paidUnseen("ord-no-portone");
    await doors.breakPortOne("GET /payments/{imp_uid}");
    expect((await knock(path, notice)).status).toBe(500);
    expect(await stateOf("ord-no-portone")).toBe("approved");
    await doors.mend();
    expect((await knock(path, notice)).status).toBe(200);
    expect(await stateOf("ord-no-portone")).toBe("paid");
  });

  it("while the table does not answer, and then it does", async () => {
    const { path, notice } = await paidUnseen("ord-no-table");
    await doors.breakTable("notice");
    expect((await knock(path, notice)).status).toBe(500);
    await doors.mend();
    expect((await knock(path, notice)).status).toBe(200);
    expect(await stateOf("ord-no-table")).toBe("paid");
  });
});

describe("no notice at all", () => {
  const fields = { imp_uid: "imp_1", merchant_uid: "ord-1", status: "paid" };

  it.each<[string, unknown]>([
    ["nothing", ""],
    ["half an object", '{"imp_uid":"imp_1"'],
    ["a list", "[]"],
    ["null", "null"],
    ["a text", '"paid"'],
    ["a form", "imp_uid=imp_1&merchant_uid=ord-1&status=paid"],
    ["bytes", Buffer.from([0xff, 0xfe, 0x00, 0x80])],
    ["no fields", {}],
    ["no imp_uid", { ...fields, imp_uid: undefined }],
    ["no merchant_uid", { ...fields, merchant_uid: undefined }],
    ["a number for a number", { ...fields, merchant_uid: 1 }],
    ["an imp_uid of 33", { ...fields, imp_uid: "i".repeat(33) }],
    ["an imp_uid with a path", { ...fields, imp_uid: "../payments" }],
    ["a status that is an object", { ...fields, status: {} }],
    ["a cancellation_id that is a number", { ...fields, cancellation_id: 5 }],
  ])("%s is 400, and asks nobody", async (_, body) => {
    expect(await questions(async () => expect((await knock("/portone/notice", body)).status).toBe(400))).toBe(
      0,
    );
  });

  it("without body and type is 400", async () => {
    expect((await doors.knock("POST", "/portone/notice")).status).toBe(400);
  });

  it.each(["text/plain", "application/xml", "multipart/form-data; boundary=x", null])(
    "of type %s is 415",
    async (type) => {
      expect((await knock("/portone/notice", fields, type)).status).toBe(415);
    },
  );

  it.each(types)("of 65,537 bytes is 413, one byte less is read: %s", async (type) => {
    const short = writeAs(type, { ...fields, merchant_uid: "ord-none", memo: "-" });
    const body = short.replace("-}", "}").replace('"-"', `"${"x".repeat(65_537 - short.length)}"`);
    const largest = type.includes("json") ? body : short + "x".repeat(65_536 - short.length);
    expect(Buffer.byteLength(largest)).toBe(65_536);
    expect((await knock("/portone/notice", largest, type)).status).toBe(200);
    const tooLarge = type.includes("json") ? `${largest} ` : `${largest}x`;
    expect((await knock("/portone/notice", tooLarge, type)).status).toBe(413);
  });

  it("of 65,537 bytes in base64 is measured as it was sent", async () => {
    const event = (bytes: number) =>
      gatewayEvent({
        routeKey: "POST /portone/notice",
        rawPath: "/portone/notice",
        headers: { "content-type": "application/x-www-form-urlencoded" },
        body: base64(`${asForm({ ...fields, merchant_uid: "ord-none" })}&memo=`.padEnd(bytes, "x")),
        isBase64Encoded: true,
      });
    expect((await doors.invokeWithEvent("notice", event(65_536))).status).toBe(200);
    expect((await doors.invokeWithEvent("notice", event(65_537))).status).toBe(413);
  });
});
