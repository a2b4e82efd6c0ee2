// A call for a receipt whose answer was lost, when the same request comes again: looked up and finished, or free to be
// sent once more.
import { isAtWork, type ReceiptOperation } from "../../domain/operation.ts";
import { unlessSilent } from "../claim.ts";
import type { Snapshot } from "./receipt-slot.ts";
import { lookAtReceipt, type ReceiptPorts, recordReceipt, type Worker } from "./send-receipt.ts";

/** Null when the caller may send (again); else what to answer. */
export async function resumeReceipt(
  snapshot: Snapshot,
  operation: ReceiptOperation,
  worker: Worker,
  ports: ReceiptPorts,
): Promise<{ readonly outcome: "done" | "pending"; readonly snapshot: Snapshot } | null> {
  const pending = { outcome: "pending" as const, snapshot };
  if (isAtWork(operation, ports.clock.nowMs())) return pending;
  const looked = await lookAtReceipt(snapshot, operation, ports);
  if (looked.verdict === "happened") {
    const seen = { record: looked.record, isAnswered: false };
    const recording = recordReceipt(snapshot, seen, worker, ports);
    // It was claimed before: a silent table is no reason to say that nothing was started.
    return (await unlessSilent(recording)) ?? pending;
  }
  if (looked.verdict === "unavailable") return pending;
  // An issue that was lost may still take effect, and a cancel in between would leave that one alive.
  return looked.verdict === "nothing_happened" || looked.verdict === "send_again" ? null : pending;
}
