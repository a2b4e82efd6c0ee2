// The sweep's part in a receipt: a call in doubt is cleared up, and what differs from the goal is brought to it, a
// conditional write before each call. Whatever is cut off here is found as it stands by the next sweep.

import { adoptReceipt } from "../../domain/adopted-receipt.ts";
import type { Receipt, ReceiptOperation, ReceiptSlot } from "../../domain/operation.ts";
import { type Order, remainingOf, remainingTaxFreeOf } from "../../domain/order.ts";
import {
  forgetReceipt,
  handReceiptOver,
  isDisputed,
  isKnownByNow,
  isResting,
  leaveReceipt,
  releaseReceipt,
} from "../../domain/receipt.ts";
import { type ReceiptWork, receiptWork } from "../../domain/receipt-goal.ts";
import type { ReceiptTarget } from "../../ports/portone.ts";
import { stampOf } from "../claim.ts";
import { planIssue, type WantedIssue } from "./plan-issue.ts";
import { readSlot, type SlotAddress, type Snapshot, writeSlot } from "./receipt-slot.ts";
import {
  lookAtReceipt,
  type ReceiptCall,
  type ReceiptPorts,
  recordReceipt,
  type SentReceipt,
  sendReceipt,
  type Worker,
} from "./send-receipt.ts";

/** `unanswered`: nothing was seen, because nobody said anything. */
export type ReceiptResolution = "resolved" | "waiting" | "nothing_open" | "unanswered";

/** One thing done, so that the next can be looked at; or why no more is done now. */
type Step = { readonly snapshot: Snapshot } | Exclude<ReceiptResolution, "resolved">;

/** A look, a cancel, an issue, and what each may find. */
const mostSteps = 6;

export async function followReceipt(
  address: SlotAddress,
  worker: Worker,
  ports: ReceiptPorts,
): Promise<ReceiptResolution> {
  let snapshot = await readSlot(address, ports);
  let isMoved = false;
  for (let count = 1; snapshot?.target && count <= mostSteps; count += 1) {
    const { operation } = snapshot.slot;
    const about = { snapshot, target: snapshot.target, worker, ports };
    const step = await (operation ? clearUp(operation, about) : approachGoal(about));
    if (step === "nothing_open") return isMoved ? "resolved" : "nothing_open";
    if (typeof step === "string") return step;
    ({ snapshot } = step);
    isMoved = true;
  }
  return isMoved ? "waiting" : "nothing_open";
}

interface About {
  readonly snapshot: Snapshot;
  readonly target: ReceiptTarget;
  readonly worker: Worker;
  readonly ports: ReceiptPorts;
}

const write = async ({ snapshot, worker, ports }: About, slot: ReceiptSlot): Promise<Step> => {
  const stamp = stampOf(worker.by, worker.call, ports.clock);
  return { snapshot: (await writeSlot(snapshot, slot, stamp, ports)).snapshot };
};

async function clearUp(operation: ReceiptOperation, about: About): Promise<Step> {
  const { snapshot, target, worker, ports } = about;
  const { slot, order } = snapshot;
  const looked = await lookAtReceipt(snapshot, operation, ports);
  switch (looked.verdict) {
    case "happened": {
      const seen = { record: looked.record, isAnswered: false };
      return stepAfter(await recordReceipt(snapshot, seen, worker, ports));
    }
    case "nothing_happened":
      return write(about, releaseReceipt(slot));
    case "send_again": {
      const { kind, isFollowing, draft } = operation;
      if (kind === "receipt_cancel") return call(about, { kind, target, isFollowing, draft: null });
      return issue(about, { isFollowing, bodyHash: draft?.bodyHash ?? "", sold: draft });
    }
    case "stuck":
      // A sale has no mark but that of its ladder, and keeps what it is about.
      return order ? write(about, handReceiptOver(slot, remainingOf(order))) : "waiting";
    case "wait":
      return "waiting";
    case "unavailable":
      return looked.isAnswered ? "waiting" : "unanswered";
  }
}

async function approachGoal(about: About): Promise<Step> {
  const { snapshot, ports } = about;
  const { slot, order } = snapshot;
  const { receipt } = slot;
  const work = order && receiptWork(order);
  const isReadDue = isDue(receipt, ports.clock.nowMs());
  if (work === null && !isReadDue) return "nothing_open";
  if (order && work !== null && !ports.followsReceipts)
    return write(about, leaveReceipt(slot, remainingOf(order)));
  if (receipt) {
    const seen = await readAgain(receipt, about);
    if (typeof seen === "string") return seen;
    if (seen !== slot) return write(about, seen);
  }
  return order && work !== null ? carryOut(work, order, about) : "nothing_open";
}

const isDue = (receipt: Receipt | null, nowMs: number): boolean =>
  receipt !== null && receipt.readAtMs !== null && nowMs >= receipt.readAtMs;

/** The slot with what PortOne shows beyond it. */
async function readAgain(
  held: Receipt,
  { snapshot, target, ports }: About,
): Promise<ReceiptSlot | "waiting" | "unanswered"> {
  const { slot, order } = snapshot;
  const fetched = await ports.receipts.fetchReceipt(target);
  if (fetched.outcome === "unavailable") return fetched.isAnswered ? "waiting" : "unanswered";
  const left = order
    ? { amount: remainingOf(order), taxFree: remainingTaxFreeOf(order) }
    : { amount: held.askedAmount ?? held.amount, taxFree: held.taxFree };
  const nowMs = ports.clock.nowMs();
  const seen = adoptReceipt(slot, fetched.record, left, nowMs);
  return isDue(seen.receipt, nowMs)
    ? { ...seen, receipt: seen.receipt && { ...seen.receipt, readAtMs: null } }
    : seen;
}

async function carryOut(work: ReceiptWork, order: Order, about: About): Promise<Step> {
  const { snapshot, target, ports } = about;
  const { slot } = snapshot;
  const nowMs = ports.clock.nowMs();
  switch (work) {
    case "hand_over":
      return write(about, handReceiptOver(slot, remainingOf(order)));
    case "cancel":
      // PortOne may know of more that went back: until a look has seen it, one made out for less is left as it is.
      if (isDisputed(slot.receipt, remainingOf(order)))
        return isKnownByNow(slot.receipt, nowMs)
          ? write(about, handReceiptOver(slot, remainingOf(order)))
          : "waiting";
      return call(about, { kind: "receipt_cancel", target, isFollowing: true, draft: null });
    case "issue":
      return isResting(slot.receipt, nowMs)
        ? "waiting"
        : issue(about, { isFollowing: true, bodyHash: "", sold: null });
  }
}

/** Without the key it was sealed with nobody knows any more for whom. */
async function issue(about: About, wanted: Omit<WantedIssue, "recipient" | "sealed">): Promise<Step> {
  const { snapshot, ports } = about;
  const { slot, order, address } = snapshot;
  const { recipient: sealed } = slot;
  const recipient = sealed && (await ports.recipients.open(sealed, address.merchantUid));
  if (!sealed || !recipient)
    return order ? write(about, handReceiptOver(slot, remainingOf(order))) : "waiting";
  const planned = planIssue(snapshot, { ...wanted, recipient, sealed });
  return "refusal" in planned ? write(about, forgetReceipt(slot)) : call(about, planned);
}

const call = async ({ snapshot, worker, ports }: About, asked: ReceiptCall): Promise<Step> =>
  stepAfter(await sendReceipt(snapshot, asked, worker, ports));

const stepAfter = (sent: SentReceipt): Step => {
  switch (sent.outcome) {
    case "done":
    case "provider_refused":
    case "lost":
      return { snapshot: sent.snapshot };
    case "pending":
    case "unavailable":
      return "waiting";
  }
};
