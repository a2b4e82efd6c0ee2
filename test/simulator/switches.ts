// Everything PortOne and KSNET leave undocumented, each as a named switch with the value assumed here.
// A switch may only choose between behaviours; levers a real provider does not have are faults.
import * as z from "zod";

export const switchesSchema = z.strictObject({
  /** When `checksum` of a cancel is compared: on arrival, or again when the cancel takes effect. */
  checksum_at: z.enum(["commit", "arrival"]),
  /** Whether onetime and again refuse an order number that was paid before. */
  reuse_refused: z.boolean(),
  /** `status` of a payment with a balance left after a cancel. */
  partial_cancel_status: z.enum(["cancelled", "paid"]),
  /** Issuing a receipt for what is left after a partial cancel. */
  receipt_on_partial: z.enum(["allowed", "400"]),
  /** Issuing a receipt again after it was revoked. */
  receipt_reissue: z.enum(["allowed", "400"]),
  /** Issuing a receipt beside the one the buyer took in the payment window. */
  receipt_after_window: z.enum(["400", "allowed"]),
  /** Refuses windows for a channel that is not the one in the settings. */
  strict_channels: z.boolean(),
  /** A `pg` that names another provider or MID than the shop's. */
  unknown_mid: z.enum(["refused", "default_channel"]),
  /** How far asking in a token's last minute pushes its end. */
  token_extension_s: z.int().min(0).max(3600),
  /** Status of a login without key or secret. */
  missing_key_status: z.union([z.literal(400), z.literal(401)]),
  /** Statuses of `confirm_url` that let the payment pass. */
  confirm_passes: z.enum(["200", "2xx"]),
  /** What a `customer_uid` in onetime does at KSNET. */
  onetime_customer_uid: z.enum(["ignored", "refused"]),
  /** Minutes until KSNET shows an escrow delivery and takes a change of it. */
  escrow_delay_min: z.int().min(0).max(600),
  /** What is kept of a charge whose request to the card company failed. */
  refused_charge_record: z.enum(["none", "failed"]),
  /** A deposit into a virtual account after its due date. */
  vbank_past_due_deposit: z.enum(["refused", "accepted"]),
  /** `status` of a virtual account that was revoked unpaid. */
  vbank_revoked_status: z.enum(["cancelled", "failed"]),
  /** Refunds of virtual accounts need a contract of their own; `false` is a shop without it. */
  vbank_refund_contract: z.boolean(),
  /** Refunds of virtual accounts between 23:00:00 and 05:59:59 KST. */
  vbank_night_refund: z.enum(["refused", "allowed"]),
  /** How many partial cancels a payment takes. */
  partial_cancel_limit: z.int().min(0).max(1000),
  /** Which cancels count as partial: smaller than the payment, or leaving a balance. */
  partial_cancel_counts: z.enum(["smaller_than_amount", "leaving_balance"]),
  /** Cards whose companies refuse partial cancels as a policy. */
  partial_cancel_refused_cards: z.enum(["none", "foreign", "all"]),
  /** Calendar months a payment can be cancelled in, the same KST day included. */
  cancel_months: z.int().min(0).max(120),
  /** A cancel whose tax-free part is more than what is left of it. */
  tax_free_over_remaining: z.enum(["refused", "accepted"]),
  /** Where the notice of an API cancel with `enable_webhook` goes. */
  enable_webhook_target: z.enum(["console", "notice_url"]),
  /** `pay_method` of an easy pay picked inside the card window: still `card`, or its own code. */
  card_window_easy_pay: z.enum(["card", "easy_pay"]),
  /** What `[6]` in `display.card_quota` offers beside one sum: six months, or two to six. */
  card_quota_means: z.enum(["exactly", "up_to"]),
  /** `amount` of the window call as text, as KSNET's own page writes it. */
  amount_as_text: z.enum(["refused", "accepted"]),
  /** `error_code` of a window call that differs from the registered amount. */
  prepare_mismatch_code: z.string(),
  /** `error_code` of a window call for an order number already paid. */
  already_paid_code: z.string(),
  /** `error_code` of a window call that breaks another rule. */
  request_refused_code: z.string(),
});

export type Switches = z.infer<typeof switchesSchema>;

export const defaultSwitches: Switches = {
  checksum_at: "commit",
  reuse_refused: false,
  partial_cancel_status: "cancelled",
  receipt_on_partial: "allowed",
  receipt_reissue: "allowed",
  receipt_after_window: "400",
  strict_channels: false,
  unknown_mid: "refused",
  token_extension_s: 300,
  missing_key_status: 400,
  confirm_passes: "200",
  onetime_customer_uid: "ignored",
  escrow_delay_min: 45,
  refused_charge_record: "none",
  vbank_past_due_deposit: "refused",
  vbank_revoked_status: "cancelled",
  vbank_refund_contract: true,
  vbank_night_refund: "refused",
  partial_cancel_limit: 9,
  partial_cancel_counts: "smaller_than_amount",
  partial_cancel_refused_cards: "none",
  cancel_months: 6,
  tax_free_over_remaining: "refused",
  enable_webhook_target: "console",
  card_window_easy_pay: "card",
  card_quota_means: "exactly",
  amount_as_text: "accepted",
  prepare_mismatch_code: "F0001",
  already_paid_code: "F1002",
  request_refused_code: "F0002",
};
