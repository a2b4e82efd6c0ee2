// What an order's timeline makes of what the shop was told of it.
import { expect, it } from "vitest";
import type { ShopEvent } from "../../infra/console/api/host.ts";
import type { Order } from "../../infra/console/api/told.ts";
import { happeningsOf } from "../../infra/console/pages/order/timeline.ts";
import { languages } from "../../infra/console/words/words.ts";
import { seenOrder, seenReceipt } from "../support/console.ts";
import type { Json } from "../support/shop.ts";
import { shopEvent } from "../support/shop-event.ts";

const nothingElse = { refunds: [], delivery: null, signals: [], calls: [] };
const timelineOf = (order: Json, event: ShopEvent) =>
  happeningsOf({ ...nothingElse, order: order as unknown as Order, events: [event] }, languages.ko);
const eventIn = (event: ShopEvent) =>
  timelineOf(seenOrder("ord-1"), event).find(({ kind }) => kind === "event");

it("an event of the second in which its receipt was issued stands behind the receipt", () => {
  const event = shopEvent(9, "receipt.issued");
  const { occurred_at: at } = event.detail;
  const order = seenOrder("ord-1", { receipt: seenReceipt("ord-1", { applied_at: at }) });
  const kinds = timelineOf(order, event)
    .filter((happening) => happening.at === at)
    .map(({ kind }) => kind);
  expect(kinds).toEqual(["receipt", "event"]);
});

it("says what was told, and that it came late", () => {
  const { detail } = shopEvent(3, "order.paid");
  expect(eventIn(shopEvent(3, "order.paid", { detail: { ...detail, late: true } }))).toMatchObject({
    title: "쇼핑몰에 알릴 일: 결제됨",
    more: ["order.paid", "이미 끝났다고 알린 뒤에 결제되었습니다", "쇼핑몰에 보내지 않았습니다"],
  });
});

it.each([
  [null, false],
  [{ status: 204, attempts: 1 }, false],
  [{ status: 302, attempts: 3 }, true],
  [{ status: null, attempts: 3 }, true],
])("an answer of %j is bad: %s", (delivered, isBad) => {
  expect(eventIn(shopEvent(3, "order.paid", { delivered }))?.isBad ?? false).toBe(isBad);
});
