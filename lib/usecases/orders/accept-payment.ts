// An operator says that a payment which breaks a rule is the order's own. PortOne is asked afresh before each write, so
// that what is accepted is what stands there, and the write's condition lets one decision through.
import { type AcceptRefusal, decideAcceptance, refuseByOrder } from "../../domain/acceptance.ts";
import { acceptedReason } from "../../domain/operator.ts";
import type { Order } from "../../domain/order.ts";
import type { Call } from "../../ports/environment.ts";
import type { Unavailable } from "../../ports/portone.ts";
import { stampOf } from "../claim.ts";
import { nameLate } from "../syncing/resolve-cancel.ts";
import type { SyncPorts } from "../syncing/sync.ts";

export interface AcceptPayment {
  readonly merchantUid: string;
  readonly impUid: string;
  readonly note: string;
}

export type AcceptResult =
  | { readonly outcome: "resolved"; readonly order: Order }
  | { readonly outcome: "order_not_acceptable"; readonly why: AcceptRefusal }
  | { readonly outcome: "order_not_in_review" | "busy" }
  | Unavailable;

const mostRounds = 5;

/** Moves no money: what becomes necessary is due at once, and the sweep's. */
export async function acceptPayment(
  before: Order,
  { impUid, note }: AcceptPayment,
  call: Call,
  ports: SyncPorts,
): Promise<AcceptResult> {
  let order = before;
  for (let round = 1; round <= mostRounds; round += 1) {
    // Its first answer may have been lost inside the client.
    if (round > 1 && order.impUid === impUid && order.reviewReason === null)
      return { outcome: "resolved", order };
    if (order.reviewReason === null) return { outcome: "order_not_in_review" };
    const standing = refuseByOrder(order, impUid);
    if (standing !== null) return { outcome: "order_not_acceptable", why: standing };
    const asked = await ports.gateway.fetchPayment(impUid);
    if (asked.outcome === "unavailable") return asked;
    if (asked.outcome === "absent") return nameAbsent(order, impUid, ports);
    const stamp = stampOf("operator", call, ports.clock);
    const payment = { record: asked.record, reason: acceptedReason(note) };
    const decided = decideAcceptance(order, payment, stamp, ports.policy);
    if (decided.decision === "refused") return { outcome: "order_not_acceptable", why: decided.why };
    if (decided.decision === "undecided") return { outcome: "unavailable", why: "an old record" };
    const sender = { by: "operator", key: call.key, requestId: call.requestId, account: null } as const;
    const next = await nameLate(decided.order, [asked.record], sender, ports);
    const written = await ports.store.update(order, next);
    order = written.order;
    if (written.outcome === "updated") return { outcome: "resolved", order };
  }
  return { outcome: "busy" };
}

/** Where test payments are refused PortOne hides them, but for the list of the order's. */
async function nameAbsent(order: Order, impUid: string, { gateway }: SyncPorts): Promise<AcceptResult> {
  const listed = await gateway.findPayments(order.merchantUid);
  if (listed.outcome === "unavailable") return listed;
  const isTest = listed.records.some((record) => record.impUid === impUid && record.sandbox);
  return { outcome: "order_not_acceptable", why: isTest ? "sandbox_payment" : "payment_unknown" };
}
