// An operator decides about an order that waits for a person.
import { releaseFromBrake } from "../../domain/brake.ts";
import { unwantedMoney } from "../../domain/give-back.ts";
import { clearReview, type OperatorAction, wishGiveBack } from "../../domain/operator.ts";
import { type Order, payingAttempt } from "../../domain/order.ts";
import { changeBrake } from "../syncing/brake.ts";
import { type SyncPorts, syncOrder } from "../syncing/sync.ts";

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
 * `sync` looks at PortOne and takes the mark off if nothing is wrong any more; `give_back` sends back the
 * money the order must not keep, past the brake; `clear` takes the mark off as it is.
 */
export async function resolveReview(decision: ReviewDecision, ports: SyncPorts): Promise<ReviewResult> {
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
  if (action !== "sync") {
    const change = action === "clear" ? clearReview : wishGiveBack;
    const written = await apply(before, (order) => change(order, note, ports.clock.nowMs()), ports);
    if (written.outcome !== "resolved" || action === "clear") return written;
  }
  const synced = await syncOrder({ merchantUid, impUid: null, by: "operator", requestId, timeLeftMs }, ports);
  if (!("order" in synced)) return asReviewResult(synced);
  if (action === "give_back" || !isLevel(synced.order)) return { outcome: "resolved", order: synced.order };
  return apply(synced.order, (order) => clearReview(order, note, ports.clock.nowMs()), ports);
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
  { store }: SyncPorts,
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
  synced: Exclude<Awaited<ReturnType<typeof syncOrder>>, { order: Order }>,
): ReviewResult {
  if (synced.outcome === "unavailable") return synced;
  return { outcome: "order_not_found" };
}
