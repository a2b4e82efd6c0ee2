// A small world where everything is right, for the auditors' tests: each breaks one thing of it.
import type { Item } from "./table.ts";
import type { Answer, CancelEntry, NightReport, Payment, Receipt, Reservation } from "./world.ts";

/** The refund of ord-1 under the key k-1, as the contract names it. */
export const tag = "#hr2zplxny";
export const refundId = "rf_Pv2nqgiDr6gadRvy0RTthQ";
export const nowMs = Date.parse("2026-08-05T12:00:00+09:00");
export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;

export const entry: CancelEntry = {
  cancellation_id: "c-1",
  amount: 20_000,
  tax_free: 550,
  reason: `${tag} 단순 변심`,
  cancelled_at: 1_785_900_600,
};

/** 109,000 won, 3,000 of them free of tax, 20,000 given back. */
export const payment = (more: Partial<Payment> = {}): Payment => ({
  imp_uid: "imp_1",
  merchant_uid: "ord-1",
  pay_method: "trans",
  status: "paid",
  amount: 109_000,
  tax_free: 3_000,
  cancel_amount: 20_000,
  paid_at: 1_785_900_062,
  sandbox: false,
  vbank_num: null,
  vbank_date: 0,
  cash_receipt_issued: false,
  cancel_history: [entry],
  ...more,
});

export const attempt: Item = {
  u: "imp_1",
  s: "pai",
  p: 1_785_900_062_000,
  c: [["c-1", 20_000, nowMs, 550, refundId]],
};

export const order = (more: Item = {}): Item => ({
  pk: "order#ord-1",
  state: "partially_refunded",
  amount: 109_000,
  tax_free: 3_000,
  cancel_amount: 20_000,
  imp_uid: "imp_1",
  attempts: [attempt],
  history: ["1 merchant - created", "2 portone created paid", "3 merchant paid partially_refunded rf_1"],
  ...more,
});

export const refund = (more: Item = {}): Item => ({
  pk: "refund#ord-1#Pv2nqgiDr6gadRvy0RTthQ",
  merchant_uid: "ord-1",
  imp_uid: "imp_1",
  refund_id: refundId,
  state: "succeeded",
  amount: 20_000,
  tax_free: 550,
  tag,
  cancellation_id: "c-1",
  ...more,
});

export const refunded: Answer = {
  method: "POST",
  path: "/orders/ord-1/refunds",
  key: "k-1",
  sent: { amount: 20_000 },
  status: 200,
  json: { refund_id: refundId, state: "succeeded", amount: 20_000, cancellation_id: "c-1" },
};

export const receipt = (more: Partial<Receipt> = {}): Receipt => ({
  imp_uid: "imp_1",
  merchant_uid: "ord-1",
  apply_num: "123456789",
  amount: 89_000,
  tax_free: 2_450,
  vat: 7_868,
  cancelled_at: 0,
  ...more,
});

/** As the shop asked for it. */
export const issued: Answer = {
  method: "POST",
  path: "/orders/ord-1/receipt",
  key: null,
  sent: { identifier: "010-1234-5678" },
  status: 201,
  json: { state: "issued", apply_num: "123456789" },
};

/** Whom it is made out to, as the order keeps it. */
export const sealed = `1.${"kL9_-".repeat(12)}.${"x".repeat(40)}`;

/** As the order says it. */
export const receiptItem: Item = {
  state: "issued",
  apply_num: "123456789",
  amount: 89_000,
  tax_free: 2_450,
  vat: 7_868,
  applied_at: nowMs - 2 * dayMs,
};

const dueMs = nowMs + 2 * dayMs;
/** Ready for a deposit of ord-2 for two days more. */
export const account = (more: Partial<Payment> = {}): Payment =>
  payment({
    imp_uid: "imp_2",
    merchant_uid: "ord-2",
    pay_method: "vbank",
    status: "ready",
    cancel_amount: 0,
    paid_at: 0,
    vbank_num: "56211105948400",
    vbank_date: dueMs / 1000,
    cancel_history: [],
    ...more,
  });

export const waiting = (more: Item = {}): Item => ({
  pk: "order#ord-2",
  state: "awaiting_deposit",
  is_expired: true,
  amount: 109_000,
  cancel_amount: 0,
  expires_at: nowMs - dayMs,
  due_at: dueMs + 60 * minuteMs,
  attempts: [
    {
      u: "imp_2",
      s: "rea",
      at: nowMs - dayMs,
      account: { num: "56211105948400", due: dueMs },
    },
  ],
  ...more,
});

export const reservation = (more: Partial<Reservation> = {}): Reservation => ({
  merchant_uid: "sub-1",
  imp_uid: null,
  schedule_at: nowMs / 1000 + 900,
  schedule_status: "scheduled",
  payment_status: null,
  ...more,
});

export const night = (more: Partial<NightReport> = {}): NightReport => ({
  window: { from: "2026-08-03T15:00:00.000Z", to: "2026-08-04T14:59:59.999Z" },
  differences: [],
  unreadable: 0,
  complete: true,
  behind: [],
  ...more,
});
