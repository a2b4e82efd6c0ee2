// A cancel that waits for its time with the slot taken and nothing sent: put off, taken back, or let go.
import { isRefundNight, morningMs } from "./ksnet/refund-night.ts";
import { findForbidding, payMethodOf, refundFactsOf } from "./ksnet/refund-rules.ts";
import type { RuleContext } from "./ksnet/rule.ts";
import type { RefundRuleCode } from "./ksnet/rule-code.ts";
import type { CancelOperation, CancelRefusal } from "./operation.ts";
import { type Attempt, attemptOf, type Order, type Stamp, withAttempt } from "./order.ts";
import { changeOrder } from "./order-change.ts";
import type { RefundAccount } from "./refund-account.ts";

/** When money of this attempt may go back: now, or in the morning, by its name, where KSNET is closed at night (R-KS-6). */
export const mayGoAtMs = (
  order: Order,
  attempt: Pick<Attempt, "payMethod">,
  name: string,
  nowMs: number,
): number =>
  payMethodOf(order, attempt) === "vbank" && isRefundNight(nowMs) ? morningMs(nowMs, name) : nowMs;

/** What to do about a cancel that may be sent by PortOne's record: the rules are asked once more. */
export type SendStep =
  | { readonly step: "send" }
  | { readonly step: "put_off"; readonly atMs: number }
  | { readonly step: "account_needed" }
  | { readonly step: "forbidden"; readonly by: RefundRuleCode };

export function decideSend(
  order: Order,
  cancel: CancelOperation,
  account: RefundAccount | null,
  context: RuleContext,
): SendStep {
  const attempt = attemptOf(order, cancel.impUid);
  // The record has just shown it, so it is held.
  if (!attempt) throw new Error(`cancel ${cancel.id} names an attempt the order does not hold`);
  const atMs = mayGoAtMs(order, attempt, cancel.id, context.nowMs);
  const facts = refundFactsOf(order, attempt, { amount: cancel.amount, account });
  const by = findForbidding(facts, { ...context, nowMs: atMs });
  if (by === "refund_account_required") return { step: "account_needed" };
  if (by !== null) return { step: "forbidden", by };
  return atMs > context.nowMs ? { step: "put_off", atMs } : { step: "send" };
}

/** Not before this time; looked at then. */
export const postpone = (
  order: Order,
  cancel: CancelOperation,
  scheduledAtMs: number,
  stamp: Stamp,
): Order =>
  cancel.scheduledAtMs === scheduledAtMs
    ? order
    : changeOrder(order, { cancel: { ...cancel, scheduledAtMs } }, stamp);

/** Only what was never sent can be taken back. */
export const isWithdrawable = ({ state }: Pick<CancelOperation, "state">): boolean => state === "scheduled";

/** Why it is never sent: null where it was taken back. */
export interface Closing {
  readonly closedBy: CancelRefusal | null;
  readonly claimToken: string;
}

/**
 * In the slot first: from this write on nobody sends it. Its item is kept second and the slot freed last; in any other
 * order somebody could send what is kept as withdrawn, or the key would be forgotten.
 */
export const closeUnsent = (order: Order, cancel: CancelOperation, closing: Closing, stamp: Stamp): Order =>
  changeOrder(order, { cancel: { ...cancel, ...closing, state: "closed", sentAtMs: stamp.atMs } }, stamp);

/** The slot of what was taken back is free. A give-back is a person's from now on, who knows the account. */
export function releaseWithdrawn(order: Order, cancel: CancelOperation, stamp: Stamp): Order {
  const wanting = cancel.kind === "give_back" ? attemptOf(order, cancel.impUid) : undefined;
  const handedOver = wanting?.giveBack === "wanted" && {
    attempts: withAttempt(order.attempts, { ...wanting, giveBack: null, isReleased: false }),
    reviewReason: order.reviewReason ?? ("refund_account_needed" as const),
  };
  return changeOrder(
    order,
    { cancel: null, ...handedOver },
    { ...stamp, reason: `withdrawn:${cancel.id}`, isNoted: true },
  );
}

/** A give-back as it is told: one that waits in the slot for the morning is no mere wish. */
export const giveBackOf = ({ cancel }: Pick<Order, "cancel">, { impUid, giveBack }: Attempt) =>
  giveBack === "wanted" && cancel?.state === "scheduled" && cancel.impUid === impUid ? "scheduled" : giveBack;
