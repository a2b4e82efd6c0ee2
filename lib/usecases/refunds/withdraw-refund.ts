// A refund that waits for the morning taken back. The slot is closed first, by a write that only the version it was
// decided on can win: from then on nobody sends it. Its item is kept second, so that its key never moves money.
import type { Refund } from "../../domain/refund.ts";
import { closeUnsent, isWithdrawable } from "../../domain/scheduled-cancel.ts";
import type { Call } from "../../ports/environment.ts";
import { claimOnOrder, stampOf, unlessSilent } from "../claim.ts";
import { endClosed } from "../syncing/resolve-cancel.ts";
import type { SyncPorts } from "../syncing/sync.ts";
import { findRefund } from "./list-refunds.ts";

export interface WithdrawRefund {
  readonly merchantUid: string;
  readonly refundId: string;
}

export type WithdrawResult =
  | { readonly outcome: "withdrawn"; readonly refund: Refund }
  | { readonly outcome: "order_not_found" | "refund_not_found" | "refund_not_scheduled" }
  /** It may be closed, or its end not written yet; asking again tells. */
  | ({ readonly outcome: "claim_unreadable" } & WithdrawRefund)
  | { readonly outcome: "busy" };

const mostRounds = 5;

export async function withdrawRefund(
  request: WithdrawRefund,
  call: Call,
  ports: SyncPorts,
): Promise<WithdrawResult> {
  const { merchantUid, refundId } = request;
  const unreadable = { outcome: "claim_unreadable", merchantUid, refundId } as const;
  const { requestId, key } = call;
  const sender = { by: "merchant", key, requestId, account: null } as const;
  for (let round = 1; round <= mostRounds; round += 1) {
    let order = await ports.store.read(merchantUid);
    if (!order) return { outcome: "order_not_found" };
    if (order.cancel?.id !== refundId) return tellEnd(request, ports);
    if (isWithdrawable(order.cancel)) {
      const closing = { closedBy: null, claimToken: ports.ids.newClaimToken() };
      const closed = closeUnsent(order, order.cancel, closing, stampOf("merchant", call, ports.clock));
      const claimed = await claimOnOrder(order, closed, closing.claimToken, ports.store);
      if (claimed.outcome === "unreadable") return unreadable;
      if (claimed.outcome === "theirs") continue;
      order = claimed.order;
    }
    const { cancel } = order;
    if (cancel?.state !== "closed" || cancel.closedBy !== null) return { outcome: "refund_not_scheduled" };
    // From here on it is withdrawn, whoever writes its end.
    await unlessSilent(endClosed(order, cancel, sender, ports));
    const kept = await unlessSilent(ports.refunds.readRefund(merchantUid, refundId));
    return kept ? { outcome: "withdrawn", refund: kept } : unreadable;
  }
  return { outcome: "busy" };
}

/** Over, or none at all. */
async function tellEnd(
  { merchantUid, refundId }: WithdrawRefund,
  ports: Pick<SyncPorts, "store" | "refunds">,
): Promise<WithdrawResult> {
  const found = await findRefund(merchantUid, refundId, ports);
  if (typeof found === "string") return { outcome: found };
  const isWithdrawn = found.kind === "finished" && found.refund.state === "withdrawn";
  return isWithdrawn ? { outcome: "withdrawn", refund: found.refund } : { outcome: "refund_not_scheduled" };
}
