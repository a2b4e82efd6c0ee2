// Issues a cash receipt, of an order or of a sale outside PortOne.
import {
  findBrokenReceiptRules,
  type ReceiptFacts,
  type ReceiptRefusal,
} from "../../domain/ksnet/receipt-rules.ts";
import type { BrokenRule, Contract } from "../../domain/ksnet/rule.ts";
import type { Money } from "../../domain/money.ts";
import type { ProductType, ReceiptSlot, ReceiptType } from "../../domain/operation.ts";
import type { Order } from "../../domain/order.ts";
import { isResting } from "../../domain/receipt.ts";
import { type IdentifierType, readIdentifier } from "../../domain/receipt-identifier.ts";
import type { Call, Clock } from "../../ports/environment.ts";
import type { ExternalSale } from "../../ports/table.ts";
import { planIssue } from "./plan-issue.ts";
import { readSlot, type SlotAddress } from "./receipt-slot.ts";
import { resumeReceipt } from "./resume-receipt.ts";
import { type ReceiptPorts, type SentReceipt, sendReceipt } from "./send-receipt.ts";

export interface IssueReceipt {
  readonly address: SlotAddress;
  /** As written. */
  readonly identifier: string;
  readonly identifierType: IdentifierType | null;
  readonly type: ReceiptType;
  /** Null when nothing was said, which a rule refuses. */
  readonly productType: ProductType | null;
  readonly buyerName: string | null;
  readonly buyerEmail: string | null;
  readonly buyerTel: string | null;
  readonly bodyHash: string;
  /** What was sold outside PortOne; null for an order. */
  readonly sale: { readonly name: string; readonly amount: Money; readonly taxFree: Money } | null;
}

export interface ReceiptRulePorts {
  readonly clock: Clock;
  readonly contracts: ReadonlySet<Contract>;
}

export type IssuePorts = ReceiptPorts & ReceiptRulePorts;

export type ReceiptResult =
  /** `order`: whose receipt it is, as last written; null for a sale outside PortOne. */
  | { readonly outcome: "done" | "pending"; readonly slot: ReceiptSlot; readonly order: Order | null }
  | { readonly outcome: "operation_in_flight"; readonly operationId: string }
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "unavailable"; readonly why: string }
  | { readonly outcome: "rules_broken"; readonly broken: readonly BrokenRule[] }
  /** The buyer took it in the payment window · the number of a sale is an order's. */
  | { readonly outcome: "receipt_of_window" | "number_of_order" }
  | { readonly outcome: ReceiptRefusal | "order_not_found" | "receipt_not_found" | "busy" };

/** A call's end as whoever asked is told. */
export function shown(sent: Exclude<SentReceipt, { outcome: "lost" }>): ReceiptResult {
  switch (sent.outcome) {
    case "done":
    case "pending":
      return { outcome: sent.outcome, slot: sent.snapshot.slot, order: sent.snapshot.order };
    case "provider_refused":
      return { outcome: sent.outcome, message: sent.message };
    case "unavailable":
      return sent;
  }
}

/** KSNET's rules about a request for a receipt, as of now. */
export const askReceiptRules = (
  facts: ReceiptFacts,
  { clock, contracts }: ReceiptRulePorts,
): readonly BrokenRule[] => findBrokenReceiptRules(facts, { nowMs: clock.nowMs(), contracts });

const mostRounds = 5;

/** Repeating the same request resumes an unknown one. */
export async function issueReceipt(
  request: IssueReceipt,
  call: Call,
  ports: IssuePorts,
): Promise<ReceiptResult> {
  const { address, identifierType, productType, sale } = request;
  const facts = { ...request, sale: sale && { buyerName: request.buyerName } };
  const broken = askReceiptRules(facts, ports);
  const identifier = readIdentifier(request.identifier, identifierType);
  if (broken.length > 0 || identifier === null || productType === null)
    return { outcome: "rules_broken", broken };
  // A number with an order here gets the order's receipt; two over one sale would be deducted twice.
  if (address.of === "sale" && (await ports.store.read(address.merchantUid)))
    return { outcome: "number_of_order" };
  // Made before the order was: it would be deducted twice as well.
  if (address.of === "order" && mayBeLive(await ports.sales.readSale(address.merchantUid)))
    return { outcome: "receipt_exists" };
  const worker = { by: "merchant", call } as const;
  let snapshot = await readSlot(address, ports);
  if (!snapshot) return { outcome: "order_not_found" };
  const recipient = { ...request, identifier, productType, saleName: sale?.name ?? null };
  const wanted = { recipient, bodyHash: request.bodyHash, isFollowing: false, sold: sale };
  // Before anything is claimed: a key that cannot be had starts nothing.
  const sealed = await ports.recipients.seal(recipient, address.merchantUid);
  for (let round = 1; round <= mostRounds; round += 1) {
    const { operation, receipt } = snapshot.slot;
    if (!operation && receipt?.state === "issued") return { outcome: "receipt_exists" };
    const planned = planIssue(snapshot, { ...wanted, sealed });
    if ("refusal" in planned) return { outcome: planned.refusal };
    if (operation) {
      if (operation.draft?.bodyHash !== request.bodyHash)
        return { outcome: "operation_in_flight", operationId: operation.id };
      const resumed = await resumeReceipt(snapshot, operation, worker, ports);
      if (resumed) return shown(resumed);
    } else if (isResting(receipt, ports.clock.nowMs()))
      return { outcome: "operation_in_flight", operationId: `receipt_cancel-${receipt.generation}` };
    const sent = await sendReceipt(snapshot, planned, worker, ports);
    if (sent.outcome === "lost") snapshot = sent.snapshot;
    else return shown(sent);
  }
  return { outcome: "busy" };
}

/** Issued, or nobody knows whether it is: a cancel in doubt leaves it alive as well. */
const mayBeLive = (sale: ExternalSale | null): boolean =>
  sale !== null && (sale.slot.receipt?.state === "issued" || sale.slot.operation !== null);
