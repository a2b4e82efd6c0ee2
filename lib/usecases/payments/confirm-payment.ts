// confirm_url: PortOne asks "may I?" just before it takes the money. One read and one conditional write;
// whatever is in doubt is refused, because no money has moved yet.

import {
  type Confirmation,
  type ConfirmRequest,
  decideConfirmation,
  type HoldPolicy,
  type Refusal,
  releaseEnded,
} from "../../domain/confirmation.ts";
import { parseMoney } from "../../domain/money.ts";
import type { Order } from "../../domain/order.ts";
import { makeDueNow } from "../../domain/order-change.ts";
import { tookMoney } from "../../domain/payment-record.ts";
import type { Clock } from "../../ports/environment.ts";
import type { PaymentGateway } from "../../ports/portone.ts";
import type { OrderStore } from "../../ports/table.ts";

export interface ConfirmPorts {
  readonly store: OrderStore;
  readonly gateway: PaymentGateway;
  readonly clock: Clock;
  readonly holds: HoldPolicy;
}

export interface ConfirmQuestion {
  readonly merchantUid: string;
  readonly impUid: string;
  /** As PortOne wrote it: what it means depends on the order's currency. */
  readonly amount: number | string;
}

export type ConfirmResult =
  /** `malformed`: the amount is none in the order's currency. */
  | { readonly outcome: "approved" | "already_approved" | "malformed" }
  | { readonly outcome: "refused"; readonly refusal: Refusal };

/** A busy order is refused rather than fought for: PortOne and the buyer are waiting. */
const mostRounds = 3;
/** The one question confirm may put to PortOne has a second, then it counts as unanswered. */
const askLimitMs = 1_000;

/**
 * Approves the attempt, or says why not. Idempotent on imp_uid. The signal is the deadline: when it
 * fires, calls end by StorageUnavailableError and the door answers "not decided".
 */
export async function confirmPayment(
  question: ConfirmQuestion,
  ports: ConfirmPorts,
  signal: AbortSignal,
): Promise<ConfirmResult> {
  let order = await ports.store.read(question.merchantUid, { signal });
  if (!order) return refused("order_not_found");
  const amount = parseMoney(question.amount, order.currency);
  if (amount === null) return { outcome: "malformed" };
  const request = { impUid: question.impUid, amount };
  for (let round = 1; round <= mostRounds; round += 1) {
    const confirmation = await decide(order, request, ports, signal);
    if (confirmation.decision === "already_approved") return { outcome: "already_approved" };
    if (confirmation.decision !== "approve") {
      return refused(confirmation.decision === "refuse" ? confirmation.refusal : "attempt_in_progress");
    }
    const written = await ports.store.update(order, confirmation.order, { signal });
    if (written.outcome === "updated") return { outcome: "approved" };
    order = written.order;
  }
  return refused("attempt_in_progress");
}

const refused = (refusal: Refusal): ConfirmResult => ({ outcome: "refused", refusal });

async function decide(
  order: Order,
  request: ConfirmRequest,
  ports: ConfirmPorts,
  signal: AbortSignal,
): Promise<Confirmation> {
  const nowMs = ports.clock.nowMs();
  const confirmation = decideConfirmation(order, request, nowMs, ports.holds);
  if (confirmation.decision !== "ask_about") return confirmation;
  const asked = await ports.gateway.fetchPayment(confirmation.impUid, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(askLimitMs)]),
    triesOnce: true,
  });
  // No answer, an unknown payment or an open window: the other attempt may still be approved.
  if (asked.outcome !== "found") return confirmation;
  if (tookMoney(asked.record)) {
    // The sweep syncs it at once; losing this write to somebody else's only leaves the earlier look.
    await ports.store.update(order, makeDueNow(order, { by: "portone", atMs: nowMs }), { signal });
    return confirmation;
  }
  if (asked.record.status !== "failed" && asked.record.status !== "cancelled") return confirmation;
  const released = releaseEnded(order, confirmation.impUid, nowMs);
  return decideConfirmation(released, request, nowMs, ports.holds);
}
