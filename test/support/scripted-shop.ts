// The sample shop with a backend that says what it is told to, and the orders such a backend tells of.
import { onTestFinished } from "vitest";
import { createNumberMaker } from "../../infra/console/shop/order-number.ts";
import { createShop } from "../../infra/console/shop/shop.ts";
import type { Order } from "../../lib/client/index.ts";
import { type Step, scripted } from "../client/scripted.ts";
import { Visitor } from "./visitor.ts";

export const order: Order = {
  merchant_uid: "shop-20260805-AB23CD45",
  state: "created",
  amount: 109_000,
  tax_free: 3_000,
  currency: "KRW",
  name: "나이키 와플 트레이너 2 SD",
  pay_method: "card",
  buyer_name: "홍길동",
  escrow: false,
  custom_data: null,
  imp_uid: null,
  card_name: null,
  card_number: null,
  apply_num: null,
  card_quota: null,
  receipt_url: null,
  emb_pg_provider: null,
  pg_tid: null,
  attempts: [],
  cancel_amount: 0,
  cancel_tax_free: 0,
  remaining: 0,
  remaining_tax_free: 0,
  vbank: null,
  receipt: null,
  operation: null,
  refunds: [],
  history: [],
  review_reason: null,
  superseded_by: null,
  replaces: null,
  created_at: "2026-08-05T03:00:00.000Z",
  expires_at: "2026-08-05T03:30:00.000Z",
  hold_until: null,
  paid_at: null,
  version: 1,
};

/** What every browser is given that has none. */
export const firstSession = "s".repeat(43);

/** A shop whose backend says what the script says; `answers` are told one after the other, the last one for ever. */
export async function shopSaying(...answers: readonly Step[]) {
  const { client, sent } = scripted(answers, { totalMs: 2_000 });
  const world = {
    nowMs: () => Date.parse("2026-08-05T12:00:00+09:00"),
    randomBytes: (count: number) => new Uint8Array(count).fill(sent.length),
  };
  const app = await createShop({
    pay: client,
    payUrl: "https://pay.shop.example",
    numbers: createNumberMaker("merchant-key", world),
    newSession: () => firstSession,
  });
  onTestFinished(() => app.close());
  return { visitor: new Visitor(await app.listen({ port: 0, host: "127.0.0.1" })), sent };
}
