// What a shop is told of its orders: on the built functions, by the write that got through, in a form that its own
// verifier accepts.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { isEvent } from "../support/events-schema.ts";
import { type EventDetail, type EventsShop, eventsKey, startEventsShop } from "../support/events-shop.ts";
import { type LocalStack, startStack } from "../support/local-stack.ts";
import { orderBody, Shop } from "../support/shop.ts";
import { cancelInConsole } from "../support/steps.ts";

interface Shown {
  readonly detail_type: string;
  readonly detail: EventDetail;
  readonly delivered: { readonly status: number | null; readonly attempts: number } | null;
}

let listener: EventsShop;
let stack: LocalStack;
let shop: Shop;

beforeAll(async () => {
  listener = await startEventsShop();
  stack = await startStack({ environment: { PAY_EVENTS_URL: listener.url, PAY_EVENTS_KEY: eventsKey } });
  shop = new Shop(stack);
});
beforeEach(() => shop.local("DELETE", "/events"));
afterEach(async () => {
  await shop.control("DELETE", "/faults");
  await shop.local("DELETE", "/faults");
});
afterAll(async () => {
  await stack?.close();
  await listener?.close();
});

const shown = async (): Promise<readonly Shown[]> =>
  (await shop.local<{ readonly events: readonly Shown[] }>("GET", "/events")).events;
const allDelivered = () =>
  vi.waitFor(
    async () => {
      const events = await shown();
      expect(events.every(({ delivered }) => delivered?.status === 204)).toBe(true);
      return events;
    },
    { timeout: 20_000, interval: 50 },
  );
const toldOf = (merchantUid: string) => listener.told.filter(({ data }) => data.merchant_uid === merchantUid);
const typesOf = (events: readonly Shown[]) => events.map(({ detail_type }) => detail_type);

describe("an order's life", () => {
  it("is told change by change, each once, and nothing else of it", async () => {
    const { imp_uid } = await shop.pay(await shop.createOrder("ord-told"));
    await shop.sync("ord-told");
    await shop.refund("ord-told", "key-1", { amount: 20_000 });
    await cancelInConsole(shop, imp_uid, { amount: 9_000 });
    await shop.sync("ord-told");
    await shop.sync("ord-told");
    const events = await allDelivered();
    const order = await shop.order("ord-told");
    expect(typesOf(events)).toEqual([
      "order.approved",
      "order.paid",
      "order.partially_refunded",
      "order.partially_refunded",
    ]);
    expect(events.map(({ delivered }) => delivered?.attempts)).toEqual([1, 1, 1, 1]);
    expect(events[1]?.detail).toEqual({
      schema: 1,
      event_id: expect.stringMatching(/^ord-told#\d+$/),
      merchant_uid: "ord-told",
      imp_uid,
      state: "paid",
      previous: "approved",
      amount: 109_000,
      cancel_amount: 0,
      remaining: 109_000,
      currency: "KRW",
      occurred_at: order.history.find(({ to }) => to === "paid")?.["at" as never],
      late: false,
      review_reason: null,
    });
    expect(events.slice(2).map(({ detail }) => [detail.cancel_amount, detail.remaining])).toEqual([
      [20_000, 89_000],
      [29_000, 80_000],
    ]);
    const told = toldOf("ord-told");
    expect(told.toSorted((a, b) => versionOf(a.data) - versionOf(b.data)).map(({ data }) => data)).toEqual(
      events.map(({ detail }) => detail),
    );
    for (const one of told) expect(isEvent(one), JSON.stringify(one)).toBe(true);
    for (const { type, timestamp, data } of told)
      expect([type, timestamp]).toEqual([
        events.find(({ detail }) => detail.event_id === data.event_id)?.detail_type,
        data.occurred_at,
      ]);
    expect(listener.refused).toEqual([]);
  });

  it("is told with no word of its buyer", async () => {
    await shop.pay(await shop.createOrder("ord-private"));
    const text = JSON.stringify([await allDelivered(), toldOf("ord-private")]);
    const body = orderBody("ord-private");
    for (const name of ["name", "buyer_name", "buyer_email", "buyer_tel"])
      expect(text).not.toContain(String(body[name]));
  });

  it("is told of a receipt, too", async () => {
    await shop.pay(await shop.createOrder("ord-receipt", { pay_method: "trans" }));
    await shop.sync("ord-receipt");
    await shop.merchant("POST", "/orders/ord-receipt/receipt", {
      identifier: "01012345678",
      identifier_type: "phone",
      type: "person",
      product_type: "real",
    });
    await shop.merchant("DELETE", "/orders/ord-receipt/receipt");
    const events = await allDelivered();
    expect(typesOf(events).slice(-2)).toEqual(["receipt.issued", "receipt.cancelled"]);
  });
});

describe("a write whose answer is lost", () => {
  it("got through, and is told", async () => {
    const requestPay = await shop.createOrder("ord-lost");
    await shop.local("POST", "/faults", {
      name: "dynamodb_answer_lost_after_effect",
      call: "UpdateItem",
      function: "confirm",
      occurrence: 1,
      count: 1,
    });
    await shop.pay(requestPay);
    await shop.sync("ord-lost");
    const events = await allDelivered();
    expect(typesOf(events)).toEqual(["order.approved", "order.paid"]);
  });

  it("and one that never reached the table is not told", async () => {
    const requestPay = await shop.createOrder("ord-down");
    await shop.local("POST", "/faults", {
      name: "dynamodb_down",
      call: "UpdateItem",
      function: "confirm",
      occurrence: 1,
      count: 9,
    });
    await shop.pay(requestPay);
    expect(typesOf(await shown())).toEqual([]);
  });
});

describe("a shop in trouble", () => {
  it("is told again", async () => {
    listener.moods.push(503, 500);
    await shop.control("POST", "/faults", { name: "notice_never", call: "notice", count: 99 });
    await shop.pay(await shop.createOrder("ord-again"));
    const [event] = await allDelivered();
    expect(event?.delivered).toEqual({ status: 204, attempts: 3 });
    expect(toldOf("ord-again")).toHaveLength(1);
  });

  it("that sends us elsewhere is not followed, and what it never took stays seen", async () => {
    listener.moods.push(302, 302, 302);
    await shop.control("POST", "/faults", { name: "notice_never", call: "notice", count: 99 });
    await shop.pay(await shop.createOrder("ord-moved"));
    await vi.waitFor(
      async () => expect((await shown())[0]?.delivered).toEqual({ status: 302, attempts: 3 }),
      { timeout: 20_000, interval: 50 },
    );
    expect(toldOf("ord-moved")).toEqual([]);
    const line = stack.logLines().find((text) => text.includes("not_delivered") && text.includes("302"));
    expect(JSON.parse(line ?? "{}")).toMatchObject({ level: "error", function: "deliver" });
  });
});

it.each([{ source: "aws.events" }, {}, null, [{ source: "portone-ksnet" }]])(
  "deliver ignores %j",
  async (event) => {
    const path = "/2015-03-31/functions/deliver/invocations";
    expect((await shop.anybody("POST", path, JSON.stringify(event))).json).toEqual({ ignored: true });
  },
);

const versionOf = ({ event_id }: EventDetail): number => Number(event_id.split("#").at(-1));
