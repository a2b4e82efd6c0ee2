// Issues a cash receipt, of an order or of a sale outside PortOne.
import {
  decideReceipt,
  findBrokenReceiptRules,
  type ReceiptFacts,
  type ReceiptRefusal,
} from "../../domain/ksnet/receipt-rules.ts";
import type { BrokenRule, Contract } from "../../domain/ksnet/rule.ts";
import type { Money } from "../../domain/money.ts";
import type { ProductType, ReceiptSlot, ReceiptType } from "../../domain/operation.ts";
import { type IdentifierType, maskIdentifier, readIdentifier } from "../../domain/receipt-identifier.ts";
import type { Call, Clock } from "../../ports/environment.ts";
import type { ExternalSale } from "../../ports/table.ts";
import { readSlot, type SlotAddress, type Snapshot } from "./receipt-slot.ts";
import { resumeReceipt } from "./resume-receipt.ts";
import { type ReceiptCall, type ReceiptPorts, sendReceipt } from "./send-receipt.ts";

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
  | { readonly outcome: "done" | "pending"; readonly slot: ReceiptSlot; readonly impUid: string | null }
  | { readonly outcome: "operation_in_flight"; readonly operationId: string }
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "unavailable"; readonly why: string }
  | { readonly outcome: "rules_broken"; readonly broken: readonly BrokenRule[] }
  | { readonly outcome: ReceiptRefusal | "order_not_found" | "receipt_not_found" | "busy" };

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
    return { outcome: "receipt_not_applicable" };
  // Made before the order was: it would be deducted twice as well.
  if (address.of === "order" && mayBeLive(await ports.sales.readSale(address.merchantUid)))
    return { outcome: "receipt_exists" };
  const worker = { by: "merchant", call } as const;
  let snapshot = await readSlot(address, ports);
  for (let round = 1; snapshot && round <= mostRounds; round += 1) {
    const { operation, receipt } = snapshot.slot;
    if (!operation && receipt?.state === "issued") return { outcome: "receipt_exists" };
    const planned = plan(snapshot, { ...request, identifier, productType });
    if ("refusal" in planned) return { outcome: planned.refusal };
    const impUid = snapshot.order?.impUid ?? null;
    if (operation) {
      if (operation.draft?.bodyHash !== request.bodyHash)
        return { outcome: "operation_in_flight", operationId: operation.id };
      const resumed = await resumeReceipt(snapshot, operation, worker, ports);
      if (resumed) return { ...resumed, impUid };
    }
    const sent = await sendReceipt(snapshot, planned, worker, ports);
    if (sent.outcome === "lost") snapshot = sent.snapshot;
    else return "slot" in sent ? { ...sent, impUid } : sent;
  }
  return { outcome: snapshot ? "busy" : "order_not_found" };
}

/** Issued, or nobody knows whether it is: a cancel in doubt leaves it alive as well. */
const mayBeLive = (sale: ExternalSale | null): boolean =>
  sale !== null && (sale.slot.receipt?.state === "issued" || sale.slot.operation !== null);

/** What to issue for this snapshot, or why not. */
function plan(
  { order, target }: Snapshot,
  request: IssueReceipt & { readonly productType: ProductType },
): Extract<ReceiptCall, { kind: "receipt_issue" }> | { readonly refusal: ReceiptRefusal } {
  const decision = order ? decideReceipt(order) : null;
  if (decision?.decision === "refuse") return { refusal: decision.refusal };
  const amounts = decision ?? request.sale;
  if (!amounts || !target) throw new Error("a receipt of nothing");
  return {
    kind: "receipt_issue",
    target,
    draft: {
      type: request.type,
      identifierMasked: maskIdentifier(request.identifier),
      amount: amounts.amount,
      taxFree: amounts.taxFree,
      bodyHash: request.bodyHash,
    },
    request: {
      identifier: request.identifier,
      identifierType: request.identifierType,
      productType: request.productType,
      buyerName: request.buyerName ?? order?.buyerName ?? "",
      buyerEmail: request.buyerEmail,
      buyerTel: request.buyerTel,
      saleName: request.sale?.name ?? null,
    },
  };
}
