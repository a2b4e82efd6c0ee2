// One call for a cash receipt: claimed, sent once, the answer written down; and what a look says about one in doubt.

import {
  maySendStill,
  type ReceiptDraft,
  type ReceiptOperation,
  type ReceiptSlot,
} from "../../domain/operation.ts";
import type { Actor } from "../../domain/order.ts";
import {
  claimReceipt,
  finishReceipt,
  markReceiptUnknown,
  type ReceiptRecord,
  releaseReceipt,
  resolveReceipt,
} from "../../domain/receipt.ts";
import type { Call, Clock, Identifiers } from "../../ports/environment.ts";
import type { CallResult, ReceiptGateway, ReceiptIssueRequest, ReceiptTarget } from "../../ports/portone.ts";
import { hasTimeToFinish, hasTimeToSend, isOurs, stampOf, unlessSilent } from "../claim.ts";
import { claimSlot, type SlotPorts, type Snapshot, writeSlot } from "./receipt-slot.ts";

export interface ReceiptPorts extends SlotPorts {
  readonly receipts: ReceiptGateway;
  readonly clock: Clock;
  readonly ids: Identifiers;
}

/** Who works on a slot. */
export interface Worker {
  readonly by: Actor;
  readonly call: Call;
}

/** What PortOne is asked to do about a payment's or a sale's receipt. */
export type ReceiptCall =
  | {
      readonly kind: "receipt_issue";
      readonly target: ReceiptTarget;
      readonly draft: ReceiptDraft;
      readonly request: Omit<ReceiptIssueRequest, "target" | "draft">;
    }
  | { readonly kind: "receipt_cancel"; readonly target: ReceiptTarget; readonly draft: null };

export type SentReceipt =
  | { readonly outcome: "done" | "pending"; readonly slot: ReceiptSlot }
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "unavailable"; readonly why: string }
  /** Somebody else's claim stands there. */
  | { readonly outcome: "lost"; readonly snapshot: Snapshot };

export async function sendReceipt(
  snapshot: Snapshot,
  asked: ReceiptCall,
  worker: Worker,
  ports: ReceiptPorts,
): Promise<SentReceipt> {
  const login = await ports.receipts.login();
  if (login.outcome === "unavailable") return login;
  if (!hasTimeToSend(worker.call)) return { outcome: "unavailable", why: "no time left to send" };
  const claimToken = ports.ids.newClaimToken();
  const stamp = stampOf(worker.by, worker.call, ports.clock);
  const wanted = claimReceipt(
    snapshot.slot,
    { kind: asked.kind, draft: asked.draft },
    claimToken,
    stamp.atMs,
  );
  const claiming = claimSlot(snapshot, wanted, stamp, ports);
  // An earlier send's claim stands, whatever becomes of this one.
  const claimed = await (snapshot.slot.operation ? unlessSilent(claiming) : claiming);
  if (!claimed) return { outcome: "pending", slot: snapshot.slot };
  // Nobody can say whether it is claimed; the same request tells it later.
  if (claimed.outcome === "unreadable") return { outcome: "pending", slot: wanted };
  if (claimed.outcome === "theirs") return { outcome: "lost", snapshot: claimed.snapshot };
  // From here on the claim stands: a table that falls silent leaves the outcome open.
  const sent = await unlessSilent(sendClaimed(claimed.snapshot, asked, worker, ports));
  return sent ?? { outcome: "pending", slot: claimed.snapshot.slot };
}

/** The snapshot must hold the claim just written. */
async function sendClaimed(
  claimed: Snapshot,
  asked: ReceiptCall,
  worker: Worker,
  ports: ReceiptPorts,
): Promise<SentReceipt> {
  const { slot } = claimed;
  const { operation } = slot;
  if (!operation) throw new Error("a claimed receipt without its operation");
  const maySend = maySendStill(operation, ports.clock.nowMs()) && hasTimeToFinish(worker.call);
  if (!maySend) return { outcome: "pending", slot };
  const result = await send(asked, ports);
  if (result.outcome === "done") return recordReceipt(claimed, operation, result.value, { worker, ports });
  // An earlier send of unknown outcome may still be at work, so only a first refusal is the last word.
  if (result.outcome === "refused") {
    const looked = await lookAtReceipt(claimed, operation, ports);
    if (looked.verdict === "happened")
      return recordReceipt(claimed, operation, looked.record, { worker, ports });
    if (operation.sends === 1) {
      await writeSlot(claimed, releaseReceipt(slot), stampOf(worker.by, worker.call, ports.clock), ports);
      return { outcome: "provider_refused", message: result.message };
    }
  }
  await writeSlot(claimed, markReceiptUnknown(slot), stampOf(worker.by, worker.call, ports.clock), ports);
  return { outcome: "pending", slot };
}

const send = (asked: ReceiptCall, { receipts }: ReceiptPorts): Promise<CallResult<ReceiptRecord>> =>
  asked.kind === "receipt_cancel"
    ? receipts.cancelReceipt(asked.target)
    : receipts.issueReceipt({ ...asked.request, target: asked.target, draft: asked.draft });

/** Losing this write leaves the claim, which the next look resolves from PortOne's receipt. */
export async function recordReceipt(
  snapshot: Snapshot,
  operation: ReceiptOperation,
  record: ReceiptRecord,
  { worker, ports }: { readonly worker: Worker; readonly ports: ReceiptPorts },
): Promise<Extract<SentReceipt, { slot: ReceiptSlot }>> {
  const stamp = stampOf(worker.by, worker.call, ports.clock);
  const first = await writeSlot(snapshot, finishReceipt(snapshot.slot, operation, record), stamp, ports);
  const { slot } = first.snapshot;
  // The order may have moved for another reason; while the slot is still ours, its answer still belongs in it.
  if (first.isWritten || !isOurs(slot.operation, operation.claimToken))
    return { outcome: slot.operation ? "pending" : "done", slot };
  const second = await writeSlot(first.snapshot, finishReceipt(slot, operation, record), stamp, ports);
  return { outcome: second.isWritten ? "done" : "pending", slot: second.snapshot.slot };
}

export type ReceiptLook =
  | { readonly verdict: "happened"; readonly record: ReceiptRecord }
  | { readonly verdict: "wait" | "nothing_happened" | "send_again" | "stuck" }
  /** PortOne did not say, or said what nobody can read. */
  | { readonly verdict: "unavailable"; readonly isAnswered: boolean };

/** What PortOne's receipt says about the operation in flight. */
export async function lookAtReceipt(
  { slot, target }: Snapshot,
  operation: ReceiptOperation,
  { receipts, clock }: ReceiptPorts,
): Promise<ReceiptLook> {
  if (!target) throw new Error("a receipt exists for an order nobody paid");
  const fetched = await receipts.fetchReceipt(target);
  if (fetched.outcome === "unavailable")
    return { verdict: "unavailable", isAnswered: fetched.isAnswered === true };
  const { record } = fetched;
  const verdict = resolveReceipt(slot, operation, record, clock.nowMs());
  if (verdict !== "happened") return { verdict };
  return record ? { verdict, record } : { verdict: "wait" };
}
