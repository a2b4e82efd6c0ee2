// The order as its readers get it.
import * as z from "zod/mini";
import { currencies } from "../../../../lib/domain/money.ts";
import { cancelKinds, instructionKinds, receiptKinds } from "../../../../lib/domain/operation.ts";
import { actors, attemptStates, orderStates } from "../../../../lib/domain/order.ts";
import { reviewReasons } from "../../../../lib/domain/review.ts";
import type {
  viewOrder,
  viewOrderLine,
  viewPublicOrder,
  viewReviewLine,
} from "../../../../lib/http/views/order.ts";
import { count, money, time, told } from "./answer.ts";
import { receipt } from "./receipt.ts";
import { slip } from "./slip.ts";

type OrderView = ReturnType<typeof viewOrder>;

export const reviewReason = z.enum(reviewReasons);

export const virtualAccount = told<OrderView["vbank"]>()(
  z.object({
    vbank_code: z.string(),
    vbank_name: z.string(),
    vbank_num: z.string(),
    vbank_holder: z.string(),
    vbank_due_at: time,
  }),
);

export const attempt = told<OrderView["attempts"][number]>()(
  z.object({
    imp_uid: z.string(),
    state: z.enum(attemptStates),
    amount: money,
    cancel_amount: money,
    give_back: z.nullable(z.enum(["wanted", "scheduled", "done"])),
    at: time,
  }),
);

export const operation = told<OrderView["operation"]>()(
  z.object({
    id: z.string(),
    kind: z.enum([...cancelKinds, ...receiptKinds, "charge", ...instructionKinds, "vbank_revoke"]),
    state: z.enum(["claimed", "unknown", "scheduled"]),
    since: time,
  }),
);

export const orderCancel = told<OrderView["refunds"][number]>()(
  z.object({
    refund_id: z.string(),
    origin: z.enum(["merchant", "console", "automatic"]),
    amount: money,
    tax_free: money,
    cancellation_id: z.string(),
    at: time,
  }),
);

export const historyEntry = told<OrderView["history"][number]>()(
  z.object({
    at: time,
    by: z.enum(actors),
    key: z.optional(z.string()),
    from: z.nullable(z.enum(orderStates)),
    to: z.enum(orderStates),
    reason: z.nullable(z.string()),
  }),
);

export const order = told<OrderView>()(
  z.object({
    merchant_uid: z.string(),
    state: z.enum(orderStates),
    amount: money,
    tax_free: money,
    currency: z.enum(currencies),
    name: z.string(),
    pay_method: z.string(),
    buyer_name: z.string(),
    escrow: z.boolean(),
    custom_data: z.nullable(z.union([z.string(), z.record(z.string(), z.unknown())])),
    imp_uid: z.nullable(z.string()),
    ...slip.shape,
    attempts: z.array(attempt),
    cancel_amount: money,
    cancel_tax_free: money,
    remaining: money,
    remaining_tax_free: money,
    vbank: z.nullable(virtualAccount),
    receipt: z.nullable(receipt),
    operation: z.nullable(operation),
    refunds: z.array(orderCancel),
    history: z.array(historyEntry),
    review_reason: z.nullable(reviewReason),
    superseded_by: z.nullable(z.string()),
    replaces: z.nullable(z.string()),
    created_at: time,
    expires_at: time,
    hold_until: z.nullable(time),
    paid_at: z.nullable(time),
    version: count,
  }),
);

/** What the window is opened with; which of PortOne's fields there are, the order says. */
const requestPay = z.looseObject({
  channelKey: z.optional(z.string()),
  pg: z.optional(z.string()),
  pay_method: z.string(),
  merchant_uid: z.string(),
  name: z.string(),
  amount: money,
  tax_free: money,
  currency: z.string(),
  buyer_name: z.string(),
  m_redirect_url: z.string(),
  notice_url: z.string(),
  confirm_url: z.string(),
});

export const createdOrder = z.object({
  order,
  request_pay: requestPay,
  sdk: z.object({ script: z.string(), init: z.string() }),
  token: z.string(),
});

export const orderLine = told<ReturnType<typeof viewOrderLine>>()(
  z.object({
    merchant_uid: z.string(),
    state: z.enum(orderStates),
    amount: money,
    currency: z.enum(currencies),
    remaining: money,
    created_at: time,
  }),
);

export const reviewLine = told<ReturnType<typeof viewReviewLine>>()(
  z.object({ ...orderLine.shape, review_reason: z.nullable(reviewReason) }),
);

const listOf = <Line extends z.ZodMiniType>(line: Line) =>
  z.object({ orders: z.array(line), cursor: z.nullable(z.string()) });

export const orderList = listOf(orderLine);
export const reviewList = listOf(reviewLine);

export const publicOrder = told<ReturnType<typeof viewPublicOrder>>()(
  z.object({
    merchant_uid: z.string(),
    state: z.enum([...orderStates, "pending"]),
    amount: money,
    currency: z.string(),
    vbank: z.nullable(virtualAccount),
  }),
);
