// The names of everything a request can be refused for. A code is stable; its words are elsewhere.
import type { ReceiptRefusal } from "../domain/ksnet/receipt-rules.ts";
import type { RuleCode } from "../domain/ksnet/rule-code.ts";
import type { PlainCancelRefusal } from "../domain/operation.ts";
import type { RefundRefusal } from "../domain/refund.ts";

/** Codes of the doors themselves. */
type DoorCode =
  | "malformed_json"
  | "invalid_field"
  | "idempotency_key_required"
  | "unauthorized"
  | "scope_missing"
  | "body_too_large"
  | "unsupported_media_type"
  | "internal"
  | "provider_unavailable"
  | "storage_unavailable"
  | "order_busy";

/** What an order, or what belongs to it, stands in the way of. */
type OrderCode =
  | "order_not_found"
  | "order_exists"
  | "order_not_voidable"
  | "order_not_in_review"
  | "order_not_acceptable"
  | "order_not_payable"
  | "operation_in_flight"
  | "request_pay_refused"
  | "audit_not_found"
  | "refund_not_found"
  | "refund_not_scheduled"
  | "idempotency_key_reused"
  | "receipt_not_found"
  | "card_declined"
  | "billing_key_not_found"
  | "schedule_not_found"
  | "schedule_not_open"
  | "escrow_not_requested"
  | "delivery_not_found"
  | "delivery_not_visible_yet";

export type PlainCode = DoorCode | OrderCode | RefundRefusal | PlainCancelRefusal | ReceiptRefusal;

/** Every code a merchant can see. */
export type ProblemCode = PlainCode | RuleCode;
