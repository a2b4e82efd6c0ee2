// What the shop was told and answered, as the page of levers tells it.
import { expect, it } from "vitest";
import type { ShopEvent } from "../../infra/console/api/host.ts";
import { renderPart } from "../../infra/console/html.ts";
import { eventsSection } from "../../infra/console/pages/levers/events-section.ts";
import { languages } from "../../infra/console/words/words.ts";
import { textOf } from "../support/console.ts";
import { shopEvent } from "../support/shop-event.ts";

const event = (n: number, type: string, delivered: ShopEvent["delivered"]) =>
  shopEvent(n, type, { delivered });
const show = (events: readonly ShopEvent[]): string => renderPart(eventsSection(events, languages.ko));
const rowsOf = (markup: string) =>
  [...markup.matchAll(/<tr[^>]* id="event-[^"]+"[^>]*>(.*?)<\/tr>/gs)].map(([row]) => textOf(row).trim());

it("the newest comes first, with what was answered and how often it was sent", () => {
  const shown = show([
    event(1, "order.approved", null),
    event(2, "order.paid", { status: 204, attempts: 1 }),
    event(3, "receipt.issued", { status: 503, attempts: 3 }),
    event(4, "order.review", { status: null, attempts: 2 }),
  ]);
  expect(rowsOf(shown)).toEqual([
    "ord-1 확인 표시가 바뀜 order.review 응답 없음 · 2번째 전송 2026-08-05 12:00:04",
    "ord-1 현금영수증 발급 receipt.issued 503 응답 · 3번째 전송 2026-08-05 12:00:03",
    "ord-1 결제됨 order.paid 204 응답 2026-08-05 12:00:02",
    "ord-1 승인됨 order.approved 쇼핑몰에 보내지 않았습니다 2026-08-05 12:00:01",
  ]);
});

it("what is told is text, and the newest twenty are", () => {
  const many = Array.from({ length: 25 }, (_, n) => event(n, "<script>alert(1)</script>", null));
  const shown = show(many);
  expect(shown).not.toContain("<script>");
  expect(rowsOf(shown)).toHaveLength(20);
  expect(rowsOf(shown)[0]).toContain("12:00:24");
});

it("nothing is said where nothing was told", () => {
  expect(textOf(show([]))).toContain("아직 이벤트가 없습니다.");
});
