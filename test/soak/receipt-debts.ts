// What an order owes its cash receipt, and when, as the contract tells it: to make it what is left, to read once more what
// was issued behind another, and to forget whom it is for. Imports nothing of the product. Pure.
import type { Item } from "./table.ts";
import { type Attempt, attemptsOf, fields, figure, figureOr0, saidOf } from "./world.ts";

const dayMs = 24 * 3_600_000;
const kstOffsetMs = 9 * 3_600_000;
const refundMonths = 6;

/** The end of the day, six months later in Korea, on which KSNET gives anything back for the last time. */
export function refundsEndMs(paidMs: number): number {
  const paid = new Date(paidMs + kstOffsetMs);
  const [year, month] = [paid.getUTCFullYear(), paid.getUTCMonth() + refundMonths];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(paid.getUTCDate(), lastDay)) + dayMs - kstOffsetMs;
}

/** When each is to be looked at. */
export function receiptDebtsOf(order: Item): readonly number[] {
  const receipt = fields(order["receipt"]);
  const endMs = recipientEndMs(order);
  return [
    ...(isToFollow(order) ? [followedFromMs(order)] : []),
    ...(typeof receipt["read_at"] === "number" ? [receipt["read_at"]] : []),
    ...(endMs === null ? [] : [endMs]),
  ];
}

/** When whom it is for is forgotten at the latest; null while more is to be done, or nobody is kept. */
export function recipientEndMs(order: Item): number | null {
  const paying = payingOf(order);
  const isBusy =
    order["receipt_operation"] !== undefined || order["cancel"] !== undefined || isToFollow(order);
  if (!paying || isBusy || order["receipt_to"] === undefined) return null;
  return refundsEndMs(figure(paying.item["p"] ?? paying.item["at"]));
}

/** Since it was wished, and not while a DELETE may still be on its way. */
function followedFromMs(order: Item): number {
  const { applied_at: applied = 0, rests_until: rests = 0 } = fields(order["receipt"]);
  return Math.max(figure(order["wished_at"] ?? applied), figure(rests));
}

const payingOf = (order: Item): Attempt | undefined =>
  attemptsOf(order).find(({ imp_uid: impUid }) => impUid === order["imp_uid"]);

/** It differs from what is left, and neither is a call at work on either nor was a person told. */
function isToFollow(order: Item): boolean {
  const paying = payingOf(order);
  const cancel = fields(order["cancel"]);
  const isMoving = order["cancel"] !== undefined && cancel["state"] !== "scheduled";
  const left = figure(order["amount"]) - figureOr0(order["cancel_amount"]);
  if (!paying || isMoving || order["receipt_operation"] !== undefined) return false;
  if (order["receipt_handed"] === left) return false;
  const { state, amount, taxFree } = saidOf(order);
  if (state === undefined && paying.item["cash_receipt"] === true) return left !== order["amount"];
  if (state !== "issued") return order["receipt_to"] !== undefined && left > 0;
  const given = paying.cancels.reduce((sum, { tax_free: part }) => sum + part, 0);
  return amount !== left || taxFree !== Math.min(figureOr0(order["tax_free"]) - given, left);
}
