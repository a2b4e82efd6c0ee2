// A call for a receipt whose answer was lost: looked up, finished, let go of or sent again. For the doors' repeats
// and for the sweep.
import { isAtWork, type ReceiptOperation, type ReceiptSlot } from "../../domain/operation.ts";
import { releaseReceipt } from "../../domain/receipt.ts";
import { stampOf, unlessSilent } from "../claim.ts";
import { readSlot, type SlotAddress, type Snapshot, writeSlot } from "./receipt-slot.ts";
import { lookAtReceipt, type ReceiptPorts, recordReceipt, sendReceipt, type Worker } from "./send-receipt.ts";

/** Null when the caller may send (again); else what to answer. */
export async function resumeReceipt(
  snapshot: Snapshot,
  operation: ReceiptOperation,
  worker: Worker,
  ports: ReceiptPorts,
): Promise<{ readonly outcome: "done" | "pending"; readonly slot: ReceiptSlot } | null> {
  const pending = { outcome: "pending" as const, slot: snapshot.slot };
  if (isAtWork(operation, ports.clock.nowMs())) return pending;
  const looked = await lookAtReceipt(snapshot, operation, ports);
  if (looked.verdict === "happened") {
    const recording = recordReceipt(snapshot, operation, looked.record, { worker, ports });
    // It was claimed before: a silent table is no reason to say that nothing was started.
    return (await unlessSilent(recording)) ?? pending;
  }
  if (looked.verdict === "unavailable") return pending;
  // An issue that was lost may still take effect, and a cancel in between would leave that one alive.
  return looked.verdict === "nothing_happened" || looked.verdict === "send_again" ? null : pending;
}

/** `unanswered`: nothing was seen, because nobody said anything. */
export type ReceiptResolution = "resolved" | "waiting" | "stuck" | "nothing_open" | "unanswered";

/** The sweep's look at a slot. Only the caller knows an identifier, so an issue is never sent again from here. */
export async function resolveReceiptInFlight(
  address: SlotAddress,
  worker: Worker,
  ports: ReceiptPorts,
): Promise<ReceiptResolution> {
  const snapshot = await readSlot(address, ports);
  const operation = snapshot?.slot.operation;
  if (!snapshot?.target || !operation) return "nothing_open";
  const looked = await lookAtReceipt(snapshot, operation, ports);
  switch (looked.verdict) {
    case "happened": {
      const recorded = await recordReceipt(snapshot, operation, looked.record, { worker, ports });
      return recorded.outcome === "done" ? "resolved" : "waiting";
    }
    case "nothing_happened": {
      const stamp = stampOf(worker.by, worker.call, ports.clock);
      const released = await writeSlot(snapshot, releaseReceipt(snapshot.slot), stamp, ports);
      return released.isWritten ? "resolved" : "waiting";
    }
    case "send_again": {
      const asked = { kind: "receipt_cancel", target: snapshot.target, draft: null } as const;
      const sent = await sendReceipt(snapshot, asked, worker, ports);
      return sent.outcome === "done" ? "resolved" : "waiting";
    }
    case "stuck":
      return "stuck";
    case "wait":
      return "waiting";
    case "unavailable":
      return looked.isAnswered ? "waiting" : "unanswered";
  }
}
