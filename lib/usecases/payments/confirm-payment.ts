// confirm_url: PortOne asks "may I?" just before it takes the money. One read and one conditional write;
// whatever is in doubt is refused, because no money has moved yet.

import {
  type ConfirmRequest,
  type Decision,
  decideConfirmation,
  decideOnAnswer,
  type HoldPolicy,
  inDoubt,
  type Refusal,
} from "../../domain/confirmation.ts";
import { parseMoney } from "../../domain/money.ts";
import type { Order } from "../../domain/order.ts";
import { makeDueNow } from "../../domain/order-change.ts";
import type { PaymentGateway } from "../../ports/portone.ts";
import { type AdmissionPorts, admit } from "./admission.ts";

export interface ConfirmPorts extends AdmissionPorts {
  readonly gateway: PaymentGateway;
  readonly holds: HoldPolicy;
}

export interface ConfirmQuestion {
  readonly merchantUid: string;
  readonly impUid: string;
  /** As PortOne wrote it: what it means depends on the order's currency. */
  readonly amount: number | string;
  /** It came with the token of this order's confirm_url. */
  readonly hasToken: boolean;
  /** It came from one of PortOne's own addresses. */
  readonly isPortOne: boolean;
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
  const request = { ...question, amount };
  for (let round = 1; round <= mostRounds; round += 1) {
    const confirmation = await decide(order, request, ports, signal);
    if (confirmation.decision === "already_approved") return { outcome: "already_approved" };
    if (confirmation.decision === "refuse") {
      const { refusal, order: next = order } = confirmation;
      // Losing this write to somebody else's only leaves the earlier look, or the earlier hold.
      if (next !== order) await ports.store.update(order, next, { signal });
      return refused(refusal);
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
  request: ConfirmRequest & ConfirmQuestion,
  ports: ConfirmPorts,
  signal: AbortSignal,
): Promise<Decision> {
  const { allowance, gateway, holds } = ports;
  const nowMs = ports.clock.nowMs();
  const confirmation = decideConfirmation(order, request, nowMs, holds);
  if (confirmation.decision !== "ask_about") return confirmation;
  const { impUid } = confirmation;
  const doubt = { decision: "refuse", refusal: inDoubt(impUid, request) } as const;
  const admission = await admit(order, request, ports, { signal });
  if (admission === "unknown_payment") return doubt;
  if (admission === "refused") return { ...doubt, order: makeDueNow(order, { by: "portone", atMs: nowMs }) };
  const asked = await gateway.fetchPayment(impUid, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(askLimitMs)]),
    triesOnce: true,
  });
  // No answer: the other attempt may still be approved.
  if (asked.outcome === "unavailable") return doubt;
  const record = asked.outcome === "found" ? asked.record : null;
  if (record === null) allowance.rememberUnknown(impUid, nowMs);
  const decided = decideOnAnswer(order, { request, impUid, record }, nowMs, holds);
  // A holder that PortOne does not know was made up, whoever asks now.
  const isLie = record === null || decided.decision === "refuse";
  if (admission === "on_trust" && isLie) allowance.wasLiedTo();
  return decided;
}
