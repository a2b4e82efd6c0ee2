// What a run may not show, whatever a record reads like. Rules written from the promises and not from the product: nothing of
// it is imported. Pure.
import { recipientEndMs } from "../receipt-debts.ts";
import type { Invocation } from "../stage.ts";
import type { Item, Value } from "../table.ts";
import type { Json, Payment } from "../world.ts";

export type FindingKind =
  /** A function threw, or answered what nobody designed. */
  | "failed_invocation"
  /** PortOne holds more than the order says, and nobody is told. */
  | "money_unseen"
  /** PortOne holds less than the order says, its own figures say so, and nobody is told. */
  | "cancel_unseen"
  /** The order names a payment that PortOne does not hold: whoever refunds it asks for another's. */
  | "wrong_payment"
  /** The buyer was told that it failed while PortOne holds the money. */
  | "told_failed"
  /** The order is looked at for ever, and nobody is told. */
  | "unresolved"
  | "sweep_stopped"
  | "audit_stopped"
  | "other_touched";

export interface Finding {
  readonly kind: FindingKind;
  /** Null where it is about a run of the sweep or of the audit. */
  readonly merchantUid: string | null;
  readonly what: string;
}

const holdingStates = ["paid", "partially_refunded"];
const overStates = ["failed", "expired", "voided"];

const figure = (value: Value | undefined): number => (typeof value === "number" ? value : Number.NaN);
const isMarked = (order: Item): boolean => typeof order["review_reason"] === "string";

/** What PortOne really holds for these payments. */
export const heldAtPortOne = (payments: readonly Payment[]): number =>
  payments
    .filter(({ paid_at }) => paid_at > 0)
    .reduce((sum, payment) => sum + payment.amount - payment.cancel_amount, 0);

const heldByOrder = (order: Item): number =>
  holdingStates.includes(String(order["state"]))
    ? figure(order["amount"]) - figure(order["cancel_amount"])
    : 0;

export interface Judged {
  readonly merchantUid: string;
  readonly order: Item | null;
  /** As PortOne holds them, whatever it answers. */
  readonly payments: readonly Payment[];
  /** PortOne's answers name the sums it holds, so that a cancel can be seen. */
  readonly showsSums: boolean;
}

export function judgeOrder({ merchantUid, order, payments, showsSums }: Judged): readonly Finding[] {
  const found = (kind: FindingKind, what: string): readonly Finding[] => [{ kind, merchantUid, what }];
  const held = heldAtPortOne(payments);
  if (!order) return held > 0 ? found("money_unseen", `no order, PortOne holds ${held}`) : [];
  if (isMarked(order)) return [];
  const said = heldByOrder(order);
  const told = `${order["state"]} with ${said}, PortOne holds ${held}`;
  if (said < held) return found("money_unseen", told);
  if (said > held && showsSums) return found("cancel_unseen", told);
  if (said > 0 && payments.every(({ imp_uid }) => imp_uid !== order["imp_uid"]))
    return found("wrong_payment", `${order["state"]} by ${JSON.stringify(order["imp_uid"])}`);
  if (order["due_at"] !== undefined && restsUntilMs(order) === null)
    return found("unresolved", `${order["state"]}, still due`);
  return [];
}

/** Nothing is owed but to forget, half a year after the payment, whom its receipt is for. */
export const restsUntilMs = (order: Item): number | null => {
  const { due_at: due } = order;
  return typeof due === "number" && due === recipientEndMs(order) ? due : null;
};

/** What rested until its receipt can follow no money any more, once that time is over. */
export function judgeOutlived(merchantUid: string, order: Item | null): readonly Finding[] {
  if (order && order["due_at"] === undefined && order["receipt_to"] === undefined) return [];
  const what = order ? `${order["state"]}, still due, half a year later` : "gone, half a year later";
  return [{ kind: "unresolved", merchantUid, what }];
}

/** An order nobody patched anything of. */
export interface Expected {
  readonly merchantUid: string;
  readonly state: string;
  readonly cancelAmount: number;
}

export function judgeOther(expected: Expected, order: Item | null): readonly Finding[] {
  const seen = order && [order["state"], order["cancel_amount"], order["review_reason"] ?? null];
  const wanted = [expected.state, expected.cancelAmount, null];
  if (JSON.stringify(seen) === JSON.stringify(wanted)) return [];
  const what = `${JSON.stringify(seen)}, and not ${JSON.stringify(wanted)}`;
  return [{ kind: "other_touched", merchantUid: expected.merchantUid, what }];
}

const tellReport = (report: Json): string => {
  const { trace: _, requestId: __, ...rest } = report;
  return JSON.stringify(rest);
};

export function judgeSweep({ isFailed, report }: Invocation): readonly Finding[] {
  if (!isFailed && report["stopped"] === "done") return [];
  return [{ kind: "sweep_stopped", merchantUid: null, what: tellReport(report) }];
}

export function judgeAudit({ isFailed, report }: Invocation): readonly Finding[] {
  if (!isFailed && report["complete"] === true) return [];
  return [{ kind: "audit_stopped", merchantUid: null, what: tellReport(report) }];
}

/** A door's answer: 503 and what a rule refuses are designed, a 500 of a door never is. */
export function judgeReply(
  merchantUid: string,
  door: string,
  status: number,
  json: Json,
): readonly Finding[] {
  if (status !== 0 && status !== 500) return [];
  return [{ kind: "failed_invocation", merchantUid, what: `${door}: ${status} ${JSON.stringify(json)}` }];
}

/** What the buyer's browser was told while PortOne held this much. */
export const judgeBrowser = (merchantUid: string, state: unknown, held: number): readonly Finding[] =>
  held > 0 && overStates.includes(String(state))
    ? [{ kind: "told_failed", merchantUid, what: `told ${String(state)}, PortOne holds ${held}` }]
    : [];

/** The table is well here, so that what it refuses is what was written into it. */
const troubles = ["unexpected_error", "storage_unavailable"];
/** A machine that has too much to do is no finding. */
const isSlow = (text: string): boolean => text.includes("TimeoutError");

/** An invocation that was too slow for its table is begun again, as Lambda and the clock do. */
export const isToBeRepeated = ({ isFailed, report }: Invocation): boolean =>
  isFailed && isSlow(JSON.stringify(report));

/** What functions wrote when they met what nobody expected. */
export function judgeLog(lines: readonly string[]): readonly Finding[] {
  return lines.flatMap((line): readonly Finding[] => {
    if (isSlow(line) || !troubles.some((event) => line.includes(`"event":"${event}"`))) return [];
    const {
      merchant_uid = null,
      function: name,
      why,
    } = JSON.parse(line) as Record<string, string | undefined>;
    return [{ kind: "failed_invocation", merchantUid: merchant_uid, what: `${name}: ${why}` }];
  });
}
