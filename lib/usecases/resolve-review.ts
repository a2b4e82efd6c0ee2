// An operator decides about an order that waits for a person.
import { releaseFromBrake } from "../domain/brake.ts";
import { unwantedMoney } from "../domain/give-back.ts";
import { clearReview, type OperatorAction, wishGiveBack } from "../domain/operator.ts";
import { type Order, payingAttempt } from "../domain/order.ts";
import { changeBrake } from "./change-brake.ts";
import { type SettlePorts, settle } from "./settle.ts";

export interface ReviewDecision {
  readonly merchantUid: string;
  readonly action: OperatorAction;
  readonly note: string;
  readonly requestId: string;
  readonly timeLeftMs: () => number;
}

export type ReviewResult =
  | { readonly outcome: "resolved"; readonly order: Order }
  | { readonly outcome: "order_not_found" | "order_not_in_review" | "order_not_paid" | "contended" }
  | { readonly outcome: "unavailable"; readonly why: string };

const mostRounds = 5;

/**
 * `settle` looks at PortOne and takes the mark off if nothing is wrong any more; `give_back` sends back the
 * money the order must not keep, past the brake; `clear` takes the mark off as it is.
 */
export async function resolveReview(decision: ReviewDecision, ports: SettlePorts): Promise<ReviewResult> {
  const { merchantUid, action, note, requestId, timeLeftMs } = decision;
  const before = await ports.store.read(merchantUid);
  if (!before) return { outcome: "order_not_found" };
  if (before.reviewReason === null) return { outcome: "order_not_in_review" };
  if (action === "give_back") {
    if (!wishGiveBack(before, note, ports.clock.nowMs())) return { outcome: "order_not_paid" };
    // Before the wish is written: without it the brake would stop what a person has decided.
    const released = await changeBrake(ports.brake, (brake) => ({
      brake: releaseFromBrake(brake, merchantUid),
    }));
    if (!released) return { outcome: "contended" };
  }
  if (action !== "settle") {
    const change = action === "clear" ? clearReview : wishGiveBack;
    const written = await apply(before, (order) => change(order, note, ports.clock.nowMs()), ports);
    if (written.outcome !== "resolved" || action === "clear") return written;
  }
  const settled = await settle({ merchantUid, impUid: null, by: "operator", requestId, timeLeftMs }, ports);
  if (!("order" in settled)) return asReviewResult(settled);
  if (action === "give_back" || !isLevel(settled.order)) return { outcome: "resolved", order: settled.order };
  return apply(settled.order, (order) => clearReview(order, note, ports.clock.nowMs()), ports);
}

/** Paid by a verified payment, nothing in flight and no other money held: nothing is left to decide. */
const isLevel = (order: Order): boolean =>
  order.reviewReason !== null &&
  payingAttempt(order) !== undefined &&
  order.operation === null &&
  unwantedMoney(order).length === 0;

async function apply(
  before: Order,
  change: (order: Order) => Order | null,
  { store }: SettlePorts,
): Promise<ReviewResult> {
  let order = before;
  for (let round = 1; round <= mostRounds; round += 1) {
    const next = change(order);
    if (!next) return { outcome: "order_not_paid" };
    const written = await store.update(order, next);
    if (written.outcome === "updated") return { outcome: "resolved", order: written.order };
    order = written.order;
    if (order.reviewReason === null) return { outcome: "order_not_in_review" };
  }
  return { outcome: "contended" };
}

function asReviewResult(
  settled: Exclude<Awaited<ReturnType<typeof settle>>, { order: Order }>,
): ReviewResult {
  if (settled.outcome === "unavailable") return settled;
  return { outcome: "order_not_found" };
}
