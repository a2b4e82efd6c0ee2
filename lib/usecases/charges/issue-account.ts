// Opens a virtual account for an order without a window. Moves no money; what is lost is found again by
// looking at all of the order's attempts.

import { changeOrder, type Order } from "../../domain/order.ts";
import { decideSync } from "../../domain/sync.ts";
import type { ChargeGateway } from "../../ports/billing.ts";
import { type SyncPorts, syncOrder } from "../syncing/sync.ts";

export interface IssueAccountPorts extends SyncPorts {
  readonly charges: ChargeGateway;
}

export interface IssueAccount {
  readonly merchantUid: string;
  readonly bankCode: string;
  readonly dueAtMs: number;
  readonly productType: "real" | "digital";
  readonly requestId: string;
}

export type IssueAccountResult =
  | { readonly outcome: "awaiting"; readonly order: Order }
  | { readonly outcome: "order_not_found" | "order_not_payable" | "contended" }
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "unavailable"; readonly why: string };

const firstLookMs = 60_000;

/** The same request while the account is open is answered with it; no second one is opened. */
export async function issueAccount(
  request: IssueAccount,
  ports: IssueAccountPorts,
): Promise<IssueAccountResult> {
  const { merchantUid, requestId } = request;
  // Looked at first: an account an earlier, lost call opened is the answer to this one.
  const looked = await syncOrder({ merchantUid, impUid: null, by: "merchant", requestId }, ports);
  if (looked.outcome === "order_not_found") return { outcome: "order_not_found" };
  if (!("order" in looked)) return { outcome: "unavailable", why: "the order could not be looked at" };
  const { order } = looked;
  if (order.state === "awaiting_deposit" && !order.isVoidWanted) return { outcome: "awaiting", order };
  const isOpen = order.state === "created" || order.state === "failed";
  const isCharged = order.charge !== null || order.chargeResult !== null;
  if (!isOpen || order.isExpired || order.reviewReason !== null || isCharged)
    return { outcome: "order_not_payable" };
  const nowMs = ports.clock.nowMs();
  const announced = changeOrder(
    order,
    { recheckAtMs: nowMs + firstLookMs },
    { by: "merchant", atMs: nowMs, lookAtMs: nowMs + firstLookMs },
  );
  const written = await ports.store.update(order, announced);
  if (written.outcome === "conflict") return { outcome: "contended" };
  return open(written.order, request, ports);
}

async function open(
  order: Order,
  request: IssueAccount,
  ports: IssueAccountPorts,
): Promise<IssueAccountResult> {
  const opened = await ports.charges.issueAccount({
    merchantUid: order.merchantUid,
    name: order.name,
    amount: order.amount,
    currency: order.currency,
    buyerName: order.buyerName,
    productType: request.productType,
    bankCode: request.bankCode,
    dueAtMs: request.dueAtMs,
  });
  if (opened.outcome === "refused") return { outcome: "provider_refused", message: opened.message };
  // Known or not, PortOne's own list is asked, so that the answer shows the account that is really open.
  if (opened.outcome === "done") {
    const look = {
      records: [opened.value],
      isComplete: false,
      atMs: ports.clock.nowMs(),
      by: "merchant" as const,
    };
    const written = await ports.store.update(order, decideSync(order, look, ports.policy));
    if (written.order.state === "awaiting_deposit") return { outcome: "awaiting", order: written.order };
  }
  const { merchantUid, requestId } = request;
  const looked = await syncOrder({ merchantUid, impUid: null, by: "merchant", requestId }, ports);
  if ("order" in looked && looked.order.state === "awaiting_deposit")
    return { outcome: "awaiting", order: looked.order };
  return { outcome: "unavailable", why: "PortOne shows no account yet" };
}
