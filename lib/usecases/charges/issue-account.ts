// Opens a virtual account for an order without a window. Moves no money; what is lost is found again by
// looking at all of the order's attempts.
import { owingRead } from "../../domain/due.ts";
import type { ChargeFacts } from "../../domain/ksnet/charge-rules.ts";
import type { BrokenRule } from "../../domain/ksnet/rule.ts";
import type { ProductType } from "../../domain/operation.ts";
import type { Order } from "../../domain/order.ts";
import { changeOrder } from "../../domain/order-change.ts";
import { decideSync } from "../../domain/sync.ts";
import type { ChargeGateway } from "../../ports/billing.ts";
import type { Call } from "../../ports/environment.ts";
import { stampOf } from "../claim.ts";
import { type SyncPorts, syncOrder } from "../syncing/sync.ts";
import { askChargeRules, type RulePorts } from "./charge-order.ts";

export interface IssueAccountPorts extends SyncPorts, RulePorts {
  readonly charges: ChargeGateway;
}

export interface IssueAccount {
  readonly merchantUid: string;
  readonly bankCode: string;
  readonly dueAtMs: number;
  /** Null when nothing was said, which a rule refuses. */
  readonly productType: ProductType | null;
  readonly facts: ChargeFacts;
}

export type IssueAccountResult =
  | { readonly outcome: "awaiting"; readonly order: Order }
  | { readonly outcome: "rules_broken"; readonly broken: readonly BrokenRule[] }
  | { readonly outcome: "order_not_found" | "order_not_payable" | "busy" }
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "unavailable"; readonly why: string };

const firstLookMs = 60_000;

/** The same request while the account is open is answered with it; no second one is opened. */
export async function issueAccount(
  request: IssueAccount,
  call: Call,
  ports: IssueAccountPorts,
): Promise<IssueAccountResult> {
  const broken = askChargeRules(request.facts, ports);
  const { productType } = request;
  if (broken.length > 0 || productType === null) return { outcome: "rules_broken", broken };
  // Looked at first: an account an earlier, lost call opened is the answer to this one.
  const looked = await look(request.merchantUid, call, ports);
  if (looked.outcome === "order_not_found") return { outcome: "order_not_found" };
  if (!("order" in looked)) return { outcome: "unavailable", why: "the order could not be looked at" };
  const { order } = looked;
  if (order.state === "awaiting_deposit" && !order.isVoidWanted) return { outcome: "awaiting", order };
  if (!isPayable(order)) return { outcome: "order_not_payable" };
  const stamp = stampOf("merchant", call, ports.clock);
  const owedReads = owingRead(order, { atMs: stamp.atMs + firstLookMs, impUid: null });
  const announced = changeOrder(order, { owedReads, isAccountAsked: true }, stamp);
  const written = await ports.store.update(order, announced);
  if (written.outcome === "conflict") return { outcome: "busy" };
  return open(written.order, { ...request, productType }, call, ports);
}

const isPayable = (order: Order): boolean =>
  (order.state === "created" || order.state === "failed") &&
  !order.isExpired &&
  order.reviewReason === null &&
  order.charge === null &&
  order.chargeResult === null;

const look = (merchantUid: string, call: Call, ports: IssueAccountPorts) =>
  syncOrder({ merchantUid, impUid: null, by: "merchant", mayMoveMoney: false }, call, ports);

async function open(
  order: Order,
  request: IssueAccount & { readonly productType: ProductType },
  call: Call,
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
    const seen = { records: [opened.value], isComplete: false, ...stampOf("merchant", call, ports.clock) };
    const written = await ports.store.update(order, decideSync(order, seen, ports.policy));
    if (written.order.state === "awaiting_deposit") return { outcome: "awaiting", order: written.order };
  }
  const looked = await look(request.merchantUid, call, ports);
  if ("order" in looked && looked.order.state === "awaiting_deposit")
    return { outcome: "awaiting", order: looked.order };
  return { outcome: "unavailable", why: "PortOne shows no account yet" };
}
