// Money at PortOne that carries the order's number and is not certainly this shop's or this order's: named once in the
// history and marked, never kept as an attempt. It stands in nobody's way.
import type { Look, UnreadableRow } from "./look.ts";
import { attemptOf, holdsMoney, type Order } from "./order.ts";
import { changeOrder } from "./order-change.ts";
import { type PaymentRecord, tookMoney } from "./payment-record.ts";
import { isForeign, type ReviewReason, reviewReasons } from "./review.ts";

const foreignReasons = reviewReasons.filter(isForeign);
/** Whoever makes many must not push the order's own story out of its history. */
const mostNamed = 4;

const namesOf = (impUid: string): readonly string[] => foreignReasons.map((reason) => `${reason}:${impUid}`);

/** A person has been told of this payment. */
export function isNamed({ history }: Order, impUid: string): boolean {
  const names = namesOf(impUid);
  return history.some(({ reason }) => reason !== null && names.includes(reason));
}

/** A payment was named for this reason: this one, or any. */
export const isNamedAs = ({ history }: Order, reason: ReviewReason, impUid = ""): boolean =>
  history.some((entry) => entry.reason?.startsWith(`${reason}:${impUid}`));

const countNamed = ({ history }: Order): number =>
  history.filter(({ reason }) => foreignReasons.some((word) => reason?.startsWith(`${word}:`))).length;

/** The order with this payment named in its history, and marked unless it was before. */
export const noteForeign = (
  order: Order,
  { impUid }: Pick<PaymentRecord, "impUid">,
  reason: ReviewReason,
  look: Look,
): Order =>
  isNamed(order, impUid) || countNamed(order) >= mostNamed
    ? order
    : changeOrder(
        order,
        { reviewReason: order.reviewReason ?? reason },
        { ...look, isNoted: true, reason: `${reason}:${impUid}` },
      );

/** Whoever can read none of its letters has no name for it. */
const nameable = /^[A-Za-z0-9_-]{1,32}$/;

/**
 * Rows nobody can read may be money: a person is told of each once, and the order is looked at until they, and each
 * payment's status, can be read or are gone.
 */
export function noteUnreadable(order: Order, look: Look): Order {
  const { unreadable = [] } = look;
  if (unreadable.length === 0 && !look.records.some((record) => isUntold(order, record))) return order;
  const noted = unreadable.reduce((next, { impUid, why }) => {
    const name = impUid !== null && nameable.test(impUid) ? impUid : "-";
    return noteForeign(next, { impUid: name }, reasonsOfRows[why], look);
  }, order);
  return noted.lookNowAtMs === null ? changeOrder(noted, { lookNowAtMs: look.atMs }, look) : noted;
}

/** Its status is a word nobody knows, and it may be money that the order does not hold yet. */
export function isUntold(order: Order, { impUid, status, paidAtMs }: PaymentRecord): boolean {
  if (status !== "unrecognised" || paidAtMs === null) return false;
  const known = attemptOf(order, impUid);
  return known === undefined || !holdsMoney(known);
}

const reasonsOfRows: Readonly<Record<UnreadableRow["why"], ReviewReason>> = {
  no_record: "status_unknown",
  imp_uid: "status_unknown",
  merchant_uid: "merchant_uid_mismatch",
};

/** A payment of the test channel is none of the order's; where there is nothing else, a person may want to know. */
export function noteTestPayments(order: Order, tests: readonly PaymentRecord[], live: Look): Order {
  const isTest = (impUid: string) => tests.some((record) => record.impUid === impUid);
  if (live.records.length > 0 || order.attempts.some(({ impUid }) => !isTest(impUid))) return order;
  return tests
    .filter(tookMoney)
    .reduce((next, record) => noteForeign(next, record, "sandbox_payment", live), order);
}

/** Marked for a person. A payment of the test channel is nobody's trouble while the order waits for a live one. */
export const isToBeTold = (order: Order): order is Order & { readonly reviewReason: ReviewReason } =>
  order.reviewReason !== null && (order.reviewReason !== "sandbox_payment" || order.impUid !== null);
