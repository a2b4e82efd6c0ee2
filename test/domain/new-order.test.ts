// What a new order starts with.
import { expect, it } from "vitest";
import { newOrder } from "../../lib/domain/new-order.ts";
import { createdAtMs, minuteMs, won } from "../support/orders.ts";

const request = {
  merchantUid: "ord-20260805-000142",
  amount: won(109_000),
  taxFree: won(3_000),
  currency: "KRW",
  name: "나이키 와플 트레이너 2 SD",
  payMethod: "card",
  buyerName: "홍길동",
  escrow: false,
  expiresAtMs: null,
  bodyHash: "hash",
} as const;
const times = { orderTtlMs: 30 * minuteMs, firstLookMs: 2 * minuteMs };

it("starts unpaid, with one line of history, its end and its first look", () => {
  const { expiresAtMs: _, ...facts } = request;
  expect(newOrder(request, times, { by: "merchant", atMs: createdAtMs, key: "shop-2026" })).toMatchObject({
    ...facts,
    state: "created",
    impUid: null,
    attempts: [],
    reviewReason: null,
    history: [{ atMs: createdAtMs, by: "merchant", from: null, to: "created", reason: null }],
    createdAtMs: Date.parse("2026-08-05T03:00:00.000Z"),
    expiresAtMs: Date.parse("2026-08-05T03:30:00.000Z"),
    dueAtMs: Date.parse("2026-08-05T03:02:00.000Z"),
    holdUntilMs: null,
    paidAtMs: null,
    version: 1,
  });
});

it("ends when the merchant says, if it does", () => {
  const expiresAtMs = Date.parse("2026-08-12T12:00:00+09:00");
  expect(
    newOrder({ ...request, expiresAtMs }, times, { by: "merchant", atMs: createdAtMs }).expiresAtMs,
  ).toBe(expiresAtMs);
});
