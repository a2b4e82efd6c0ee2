// One call for a cash receipt: claimed, sent once, the answer written down; and what a look says about one in doubt.

import {
  maySendStill,
  type ReceiptDraft,
  type ReceiptOperation,
  type ReceiptSlot,
} from "../../domain/operation.ts";
import { type Actor, remainingOf } from "../../domain/order.ts";
import {
  claimReceipt,
  finishReceipt,
  forgetReceipt,
  handReceiptOver,
  markReceiptUnknown,
  type ReceiptClaim,
  type ReceiptRecord,
  resolveReceipt,
} from "../../domain/receipt.ts";
import { withoutIdentifier } from "../../domain/receipt-identifier.ts";
import type { ReceiptRecipient } from "../../domain/receipt-recipient.ts";
import type { Call, Clock, Identifiers } from "../../ports/environment.ts";
import type { CallResult, ReceiptGateway, ReceiptTarget } from "../../ports/portone.ts";
import type { SealedRecipients } from "../../ports/sealing.ts";
import { hasTimeToFinish, hasTimeToSend, isOurs, stampOf, unlessSilent } from "../claim.ts";
import { claimSlot, type SlotPorts, type Snapshot, snapshotWith, writeSlot } from "./receipt-slot.ts";

export interface ReceiptPorts extends SlotPorts {
  readonly receipts: ReceiptGateway;
  readonly recipients: SealedRecipients;
  /** A receipt is cancelled, or issued again, when money goes back. */
  readonly followsReceipts: boolean;
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
      readonly isFollowing: boolean;
      readonly draft: ReceiptDraft;
      readonly recipient: ReceiptRecipient;
      /** The recipient, as it is kept. */
      readonly sealed: string;
      readonly buyerName: string;
    }
  | {
      readonly kind: "receipt_cancel";
      readonly target: ReceiptTarget;
      readonly isFollowing: boolean;
      readonly draft: null;
    };

/** `snapshot` is as it was last written. */
export type SentReceipt =
  | { readonly outcome: "done" | "pending"; readonly snapshot: Snapshot }
  | {
      readonly outcome: "provider_refused";
      readonly message: string | null;
      readonly snapshot: Snapshot;
    }
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
  const wanted = claimReceipt(snapshot.slot, claimOf(asked), claimToken, stamp.atMs);
  const claiming = claimSlot(snapshot, wanted, stamp, ports);
  // An earlier send's claim stands, whatever becomes of this one.
  const claimed = await (snapshot.slot.operation ? unlessSilent(claiming) : claiming);
  if (!claimed) return { outcome: "pending", snapshot };
  // Nobody can say whether it is claimed; the same request tells it later.
  if (claimed.outcome === "unreadable")
    return { outcome: "pending", snapshot: snapshotWith(snapshot, wanted, stamp) };
  if (claimed.outcome === "theirs") return { outcome: "lost", snapshot: claimed.snapshot };
  // From here on the claim stands: a table that falls silent leaves the outcome open.
  const sent = await unlessSilent(sendClaimed(claimed.snapshot, asked, worker, ports));
  return sent ?? { outcome: "pending", snapshot: claimed.snapshot };
}

const claimOf = (asked: ReceiptCall): ReceiptClaim =>
  asked.kind === "receipt_cancel" ? asked : { ...asked, recipient: asked.sealed };

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
  if (!maySend) return { outcome: "pending", snapshot: claimed };
  const stamp = () => stampOf(worker.by, worker.call, ports.clock);
  const isOnly = operation.sends === 1;
  const result = await send(asked, ports);
  if (result.outcome === "done")
    return recordReceipt(claimed, { record: result.value, isAnswered: isOnly }, worker, ports);
  // An earlier send of unknown outcome may still be at work, so only a first refusal is the last word.
  if (result.outcome === "refused") {
    const looked = await lookAtReceipt(claimed, operation, ports);
    if (looked.verdict === "happened")
      return recordReceipt(claimed, { record: looked.record, isAnswered: false }, worker, ports);
    if (isOnly) {
      const written = await writeSlot(claimed, afterRefusal(claimed, operation), stamp(), ports);
      const message = result.message && withoutRecipient(result.message, asked);
      return { outcome: "provider_refused", message, snapshot: written.snapshot };
    }
  }
  await writeSlot(claimed, markReceiptUnknown(slot), stamp(), ports);
  return { outcome: "pending", snapshot: claimed };
}

/** PortOne may repeat in its words what it was sent. */
const withoutRecipient = (message: string, asked: ReceiptCall): string =>
  asked.kind === "receipt_issue" ? withoutIdentifier(message, asked.recipient.identifier) : message;

/** Whoever asked hears it; where the receipt follows the money nobody did, so that a person is called. */
const afterRefusal = ({ slot, order }: Snapshot, { isFollowing }: ReceiptOperation): ReceiptSlot =>
  isFollowing && order ? handReceiptOver(slot, remainingOf(order)) : forgetReceipt(slot);

const send = (asked: ReceiptCall, { receipts }: ReceiptPorts): Promise<CallResult<ReceiptRecord>> =>
  asked.kind === "receipt_cancel" ? receipts.cancelReceipt(asked.target) : receipts.issueReceipt(asked);

/** Losing this write leaves the claim, which the next look resolves from PortOne's receipt. */
export async function recordReceipt(
  snapshot: Snapshot,
  seen: { readonly record: ReceiptRecord; readonly isAnswered: boolean },
  worker: Worker,
  ports: ReceiptPorts,
): Promise<Extract<SentReceipt, { outcome: "done" | "pending" }>> {
  const answer = { ...seen, isFollowed: ports.followsReceipts && snapshot.order !== null };
  const { operation } = snapshot.slot;
  if (!operation) throw new Error("a receipt is recorded without its operation");
  const stamp = stampOf(worker.by, worker.call, ports.clock);
  const first = await writeSlot(snapshot, finishReceipt(snapshot.slot, operation, answer), stamp, ports);
  const { slot } = first.snapshot;
  // The order may have moved for another reason; while the slot is still ours, its answer still belongs in it.
  if (first.isWritten || !slot.operation || !isOurs(slot.operation, operation.claimToken))
    return { outcome: slot.operation ? "pending" : "done", snapshot: first.snapshot };
  const finished = finishReceipt(slot, slot.operation, answer);
  const second = await writeSlot(first.snapshot, finished, stamp, ports);
  return { outcome: second.isWritten ? "done" : "pending", snapshot: second.snapshot };
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
