// What single answers of the shop must never be: a broken use case, a buyer refused for nobody's money, an audit that
// stops by itself.
import type { AuditReport } from "../../../lib/domain/audit.ts";
import type { Order } from "../../../lib/domain/order.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import type { Ending } from "../engine/invocation.ts";
import type { Findings } from "../findings.ts";
import type { PortOne } from "../world/portone.ts";

/** The table may be in trouble, and an audit ends where PortOne does; anything else thrown is a fault of ours. */
export function mustNotBreak(name: string, ending: Ending<unknown>, findings: Findings): void {
  if (ending.ended !== "threw" || ending.error instanceof StorageUnavailableError) return;
  const { message } = ending.error;
  const isAuditsEnd = name.startsWith("audit") && message.startsWith("PortOne's ");
  if (!isAuditsEnd) findings.add("broke", name.replace(/-\d+$/, ""), message);
}

/** It wrote down what it saw: it neither died nor threw, nor did a sweep swallow the trouble of one item. */
export function cameToItsEnd(ending: Ending<unknown>): boolean {
  if (ending.ended !== "answered") return false;
  const { value } = ending;
  return !(typeof value === "object" && value !== null && "errors" in value && value.errors !== 0);
}

/** Confirm said that the order is not payable: a mark that nobody's money caused refuses no buyer. */
export function mustNotRefuse(order: Order | undefined, portone: PortOne, findings: Findings): void {
  if (!order || order.reviewReason === null) return;
  const { merchantUid } = order;
  const hasReason =
    order.voidedAtMs !== null ||
    order.isVoidWanted ||
    order.charge !== null ||
    order.chargeResult !== null ||
    order.supersededBy !== null ||
    order.attempts.some(({ state }) => state !== "approved");
  const hasMoney = portone.paymentsOf(merchantUid).some(({ record }) => record.paidAtMs !== null);
  if (!hasReason && !hasMoney)
    findings.add("buyer_refused", merchantUid, `marked ${order.reviewReason}, though nobody has paid`);
}

/** An audit that has time and answers from everybody comes to its end: nobody else is at it. */
export function mustBeDone({ day, place }: AuditReport, findings: Findings): void {
  if (place.part !== "done")
    findings.add("audit_gave_up", day, `left off at ${place.part}, with nobody else at it`);
}
