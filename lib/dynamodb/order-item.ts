// An order as a DynamoDB item and back. Absent means null or empty, numbers are milliseconds and minor
// units, and a history entry is one short line: an order's usual life stays within one write unit.
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { CustomData } from "../domain/custom-data.ts";
import { doubtSinceMs } from "../domain/doubt.ts";
import { dueAt } from "../domain/due.ts";
import { kstDay } from "../domain/kst.ts";
import { currencies, moneyFromMinorUnits } from "../domain/money.ts";
import {
  actors,
  cancelAmountOf,
  type FoldedAttempts,
  type HistoryEntry,
  type Order,
  type OwedRead,
  orderStates,
} from "../domain/order.ts";
import { reviewReasons } from "../domain/review.ts";
import { decodeAttempt, encodeAttempt } from "./attempt-item.ts";
import { decodeCancel, encodeCancel } from "./cancel-item.ts";
import { decodeCharge, decodeChargeResult, encodeCharge, encodeChargeResult } from "./charge-item.ts";
import {
  decodeInstruction,
  decodeReservation,
  encodeInstruction,
  encodeReservation,
} from "./instruction-item.ts";
import {
  type Item,
  longWord,
  number,
  ofKnownSchema,
  oneOf,
  present,
  readMoney,
  readNumber,
  readOneOf,
  readOptionalMoney,
  readOptionalNumber,
  readOptionalOneOf,
  readOptionalText,
  readText,
  readTexts,
  schema,
  shortWord,
  text,
  when,
} from "./item.ts";
import { merchantUidOfOrderKey, orderKey, shardOf } from "./keys.ts";
import {
  decodeReceipt,
  decodeReceiptOperation,
  encodeReceipt,
  encodeReceiptOperation,
} from "./receipt-item.ts";
import { decodeRefundId, encodeRefundId } from "./refund-id.ts";

export function encodeOrder(order: Order): Item {
  const shard = shardOf(order.merchantUid);
  return {
    pk: text(orderKey(order.merchantUid)),
    ...schema,
    version: number(order.version),
    state: text(order.state),
    amount: number(order.amount),
    cancel_amount: number(cancelAmountOf(order)),
    currency: text(order.currency),
    name: text(order.name),
    pay_method: text(order.payMethod),
    buyer_name: text(order.buyerName),
    body_hash: text(order.bodyHash),
    created_at: number(order.createdAtMs),
    expires_at: number(order.expiresAtMs),
    day_shard: text(`${kstDay(order.createdAtMs)}#${shard}`),
    history: { L: order.history.map((entry) => text(encodeHistory(entry))) },
    ...when(order.taxFree > 0, { tax_free: number(order.taxFree) }),
    ...when(order.escrow, { escrow: { BOOL: true } }),
    ...present(order.customData, (data) => ({ custom: text(JSON.stringify(data)) })),
    ...when(order.isExpired, { is_expired: { BOOL: true } }),
    ...when(order.attempts.length > 0, {
      attempts: { L: order.attempts.map((a) => encodeAttempt(a, order)) },
    }),
    ...present(order.folded, ({ count, givenBack, untilMs }) => ({
      folded: { L: [count, givenBack, untilMs].map(number) },
    })),
    ...present(order.impUid, (impUid) => ({ imp_uid: text(impUid) })),
    ...present(order.reviewReason, (reason) => ({ review_reason: text(reason) })),
    ...present(order.reviewSinceMs, (atMs) => ({
      review_at: number(atMs),
      review_shard: text(String(shard)),
    })),
    ...present(doubtSinceMs(order), (atMs) => ({ doubt_at: number(atMs), doubt_shard: text(String(shard)) })),
    ...present(order.holdUntilMs, (atMs) => ({ hold_until: number(atMs) })),
    ...present(order.paidAtMs, (atMs) => ({ paid_at: number(atMs) })),
    ...present(order.voidedAtMs, (atMs) => ({ voided_at: number(atMs) })),
    ...when(order.isVoidWanted, { void_wanted: { BOOL: true } }),
    ...present(order.cancel, (cancel) => ({ cancel: { M: encodeCancel(cancel) } })),
    ...present(order.charge, (charge) => ({ charge: { M: encodeCharge(charge) } })),
    ...present(order.chargeResult, (result) => ({ charge_result: { M: encodeChargeResult(result) } })),
    ...present(order.instruction, (told) => ({ instruction: { M: encodeInstruction(told) } })),
    ...present(order.reservation, (made) => ({ reservation: { M: encodeReservation(made) } })),
    ...when(order.isAccountAsked, { account_asked: { BOOL: true } }),
    ...present(order.supersededBy, (uid) => ({ superseded_by: text(uid) })),
    ...present(order.replaces, (uid) => ({ replaces: text(uid) })),
    ...present(order.receipt, (receipt) => ({ receipt: { M: encodeReceipt(receipt) } })),
    ...present(order.receiptOperation, (operation) => ({
      receipt_operation: { M: encodeReceiptOperation(operation) },
    })),
    ...present(order.receiptRecipient, (sealed) => ({ receipt_to: text(sealed) })),
    ...present(order.receiptHandedOver, (remaining) => ({ receipt_handed: number(remaining) })),
    ...when(order.owedReads.length > 0, { recheck_at: encodeReads(order.owedReads) }),
    ...when(order.openWindows.length > 0, { windows: { L: order.openWindows.map(text) } }),
    ...present(order.openUntilMs, (atMs) => ({ open_until: number(atMs) })),
    ...present(order.lookNowAtMs, (atMs) => ({ look_now_at: number(atMs) })),
    ...present(order.wishedAtMs, (atMs) => ({ wished_at: number(atMs) })),
    ...present(order.nextLookAtMs, (atMs) => ({ next_look_at: number(atMs) })),
    ...present(order.lookedAtMs, (atMs) => ({ looked_at: number(atMs) })),
    ...when(order.refusedRefunds.length > 0, { refused: { L: order.refusedRefunds.map(encodeRefundId) } }),
    ...present(order.lookClaim, (token) => ({ look: text(token) })),
    ...when(order.looks > 0, { looks: number(order.looks) }),
    ...when(order.silences > 0, { silences: number(order.silences) }),
    ...present(order.dueAtMs, (atMs) => ({ due_at: number(atMs), due_shard: text(String(shard)) })),
  };
}

/**
 * An item written before each debt had its own time has one for all: what none of its facts explains was its next
 * look, and `recheck_at` alone was a read of everything.
 */
export function decodeOrder(item: Item): Order {
  const order = decode(ofKnownSchema(item));
  const { nextLookAtMs, dueAtMs } = order;
  return nextLookAtMs === null && dueAtMs !== dueAt(order) ? { ...order, nextLookAtMs: dueAtMs } : order;
}

function decode(item: Item): Order {
  const receipt = item["receipt"]?.M ? decodeReceipt(item["receipt"].M) : null;
  const shared = {
    amount: readMoney(item, "amount"),
    currency: readOneOf(item, "currency", currencies),
    payMethod: readText(item, "pay_method"),
  };
  const charge = item["charge"]?.M ? decodeCharge(item["charge"].M) : null;
  return {
    merchantUid: merchantUidOfOrderKey(readText(item, "pk")),
    ...shared,
    taxFree: readOptionalMoney(item, "tax_free"),
    name: readText(item, "name"),
    buyerName: readText(item, "buyer_name"),
    escrow: item["escrow"]?.BOOL === true,
    customData: item["custom"] === undefined ? null : (JSON.parse(readText(item, "custom")) as CustomData),
    bodyHash: readText(item, "body_hash"),
    state: readOneOf(item, "state", orderStates),
    impUid: item["imp_uid"]?.S ?? null,
    attempts: (item["attempts"]?.L ?? []).map((entry) => decodeAttempt(entry.M ?? {}, shared)),
    folded: decodeFolded(item["folded"]),
    reviewReason: readOptionalOneOf(item, "review_reason", reviewReasons),
    reviewSinceMs: readOptionalNumber(item, "review_at"),
    cancel: item["cancel"]?.M ? decodeCancel(item["cancel"].M) : null,
    charge,
    chargeResult: item["charge_result"]?.M ? decodeChargeResult(item["charge_result"].M) : null,
    instruction: item["instruction"]?.M ? decodeInstruction(item["instruction"].M) : null,
    reservation: decodeReservation(item["reservation"]?.M, charge),
    isAccountAsked: item["account_asked"]?.BOOL === true,
    supersededBy: readOptionalText(item, "superseded_by"),
    replaces: readOptionalText(item, "replaces"),
    receipt,
    receiptOperation: item["receipt_operation"]?.M
      ? decodeReceiptOperation(item["receipt_operation"].M, receipt)
      : null,
    receiptRecipient: readOptionalText(item, "receipt_to"),
    receiptHandedOver: item["receipt_handed"] === undefined ? null : readMoney(item, "receipt_handed"),
    owedReads: decodeReads(item["recheck_at"]),
    refusedRefunds: (item["refused"]?.L ?? []).map(decodeRefundId),
    history: (item["history"]?.L ?? []).map((entry) => decodeHistory(entry.S ?? "")),
    createdAtMs: readNumber(item, "created_at"),
    expiresAtMs: readNumber(item, "expires_at"),
    holdUntilMs: readOptionalNumber(item, "hold_until"),
    paidAtMs: readOptionalNumber(item, "paid_at"),
    voidedAtMs: readOptionalNumber(item, "voided_at"),
    isVoidWanted: item["void_wanted"]?.BOOL === true,
    isExpired: item["is_expired"]?.BOOL === true,
    openWindows: readTexts(item, "windows"),
    openUntilMs: readOptionalNumber(item, "open_until"),
    lookNowAtMs: readOptionalNumber(item, "look_now_at"),
    wishedAtMs: readOptionalNumber(item, "wished_at"),
    nextLookAtMs: readOptionalNumber(item, "next_look_at"),
    lookedAtMs: readOptionalNumber(item, "looked_at"),
    lookClaim: readOptionalText(item, "look"),
    looks: readOptionalNumber(item, "looks") ?? 0,
    silences: readOptionalNumber(item, "silences") ?? 0,
    dueAtMs: readOptionalNumber(item, "due_at"),
    version: readNumber(item, "version"),
  };
}

function decodeFolded(value: AttributeValue | undefined): FoldedAttempts | null {
  if (value === undefined) return null;
  const [count = 0, givenBack = 0, untilMs = 0] = (value.L ?? []).map(({ N }) => Number(N));
  return { count, givenBack: moneyFromMinorUnits(givenBack), untilMs };
}

/** A window's payment is of this prefix, and one mark says so. */
const usualPrefix = "imp_";
const usual = "~";
const nameOfRead = (impUid: string): string =>
  impUid.startsWith(usualPrefix) ? `${usual}${impUid.slice(usualPrefix.length)}` : ` ${impUid}`;

/** One read of all attempts, by far the most frequent, is a number; any others are a list of times and names. */
function encodeReads(reads: readonly OwedRead[]): AttributeValue {
  const [first, ...more] = reads.map(({ atMs, impUid }) =>
    impUid === null ? number(atMs) : text(`${atMs.toString(36)}${nameOfRead(impUid)}`),
  );
  return first?.N !== undefined && more.length === 0 ? first : { L: first ? [first, ...more] : [] };
}

function decodeReads(value: AttributeValue | undefined): readonly OwedRead[] {
  const entries = value === undefined ? [] : (value.L ?? [value]);
  return entries.map(({ N, S = "" }) => {
    if (N !== undefined) return { atMs: Number(N), impUid: null };
    const [at = "", impUid = null] = S.replace(usual, ` ${usualPrefix}`).split(" ");
    return { atMs: Number.parseInt(at, 36), impUid };
  });
}

/** One short line: when, who by the first letter (and by which key), from, to (`=` where the state stayed), why. */
const encodeHistory = ({ atMs, by, key, from, to, reason }: HistoryEntry): string =>
  [
    atMs.toString(36),
    key === null ? by.charAt(0) : `${by.charAt(0)}/${encodeURIComponent(key)}`,
    from === null ? "-" : shortWord(from),
    to === from ? "=" : shortWord(to),
    ...(reason === null ? [] : [reason]),
  ].join(" ");

function decodeHistory(line: string): HistoryEntry {
  const [at = "", who = "", from, to, reason = null] = line.split(" ");
  const [initial, key] = who.split("/");
  const by = actors.find((actor) => actor.charAt(0) === initial) ?? initial;
  return {
    atMs: Number.parseInt(at, 36),
    by: oneOf(by, "actor", actors),
    key: key === undefined ? null : decodeURIComponent(key),
    from: from === "-" ? null : longWord(from, "state", orderStates),
    to: longWord(to === "=" ? from : to, "state", orderStates),
    reason,
  };
}
