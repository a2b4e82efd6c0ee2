// A number that is another order's: its fields are named, their values are not told. On the built functions.
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
});
afterAll(() => stack?.close());

const post = (path: string, body: Json): Promise<Reply> => doors.merchant("POST", path, { body });
const reserved = (merchant_uid: string, more: Json = {}): Json =>
  debt(merchant_uid, { schedule_at: "2031-09-01T00:00:00.000Z", ...more });

describe("a number that is taken", () => {
  const secret = { name: "비밀스러운 선물", buyer_name: "남궁민수", amount: 77_000 };

  it.each<[string, Json, readonly string[]]>([
    ["another amount", { amount: 99_000 }, ["/amount"]],
    ["another name and buyer", { name: "다른 상품", buyer_name: "성춘향" }, ["/name", "/buyer_name"]],
    ["another tax-free part", { tax_free: 1 }, ["/tax_free"]],
    [
      "another method and an end",
      { pay_method: "trans", expires_at: new Date(Date.now() + 60_000).toISOString() },
      ["/pay_method", "/expires_at"],
    ],
    ["dollars", { currency: "USD" }, ["/amount", "/currency", "/tax_free"]],
    ["escrow", { pay_method: "trans", escrow: true }, ["/pay_method", "/escrow"]],
    ["what is not kept", { buyer_email: "other@example.com" }, ["/merchant_uid"]],
  ])("by an order of %s says which fields differ, and none of their values", async (title, more, places) => {
    const uid = `taken-${title.length}`;
    await doors.shop.createOrder(uid, secret);
    const reply = await post("/orders", orderBody(uid, { ...secret, ...more }));
    if (more["escrow"] === true) return expect(named(reply)).toEqual([422, "request_pay_refused"]);
    expect(named(reply)).toEqual([409, "order_exists"]);
    expect([...pointers(reply)].sort()).toEqual([...places].sort());
    expect(String(reply.json["detail"])).toContain("새 주문번호");
    for (const value of Object.values(secret)) expect(reply.text).not.toContain(String(value));
  });

  it("by a charge or a reservation, too", async () => {
    await doors.shop.createOrder("taken-charge", secret);
    const charge = await post("/payments/onetime", debt("taken-charge", card()));
    expect([...named(charge), pointers(charge)]).toEqual([
      409,
      "order_exists",
      ["/amount", "/tax_free", "/name", "/buyer_name"],
    ]);
    expect((await post("/customers/taken/billing-key", card())).status).toBe(201);
    const schedules = [reserved("taken-free"), reserved("taken-charge", { ...secret, tax_free: 3_000 })];
    const listed = await post("/customers/taken/schedules", { schedules });
    expect([...named(listed), pointers(listed)]).toEqual([
      409,
      "order_exists",
      ["/schedules/1/merchant_uid"],
    ]);
  });
});
