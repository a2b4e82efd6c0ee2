// Cancels the live receipt; one cancelled before is answered alike. A DELETE names no receipt, so a repeat of one in
// doubt waits for QUIET.
import { wantNoReceipt } from "../../domain/receipt.ts";
import { hasWindowReceipt } from "../../domain/receipt-goal.ts";
import type { Call } from "../../ports/environment.ts";
import { stampOf } from "../claim.ts";
import { type ReceiptResult, shown } from "./issue-receipt.ts";
import { readSlot, type SlotAddress, writeSlot } from "./receipt-slot.ts";
import { resumeReceipt } from "./resume-receipt.ts";
import { type ReceiptPorts, sendReceipt } from "./send-receipt.ts";

const mostRounds = 5;

export async function cancelReceipt(
  address: SlotAddress,
  call: Call,
  ports: ReceiptPorts,
): Promise<ReceiptResult> {
  const worker = { by: "merchant", call } as const;
  let snapshot = await readSlot(address, ports);
  if (!snapshot) return { outcome: "order_not_found" };
  for (let round = 1; round <= mostRounds; round += 1) {
    const { target, slot, order } = snapshot;
    const { receipt, operation } = slot;
    if (order && hasWindowReceipt(order) && !operation) return { outcome: "receipt_of_window" };
    if (!receipt && !operation && slot.recipient === null) return { outcome: "receipt_not_found" };
    if (!target) throw new Error("a receipt exists for an order nobody paid");
    if (operation?.kind === "receipt_issue")
      return { outcome: "operation_in_flight", operationId: operation.id };
    if (operation?.isFollowing || (!operation && receipt?.state !== "issued" && slot.recipient !== null)) {
      const stamp = stampOf("merchant", call, ports.clock);
      ({ snapshot } = await writeSlot(snapshot, wantNoReceipt(slot), stamp, ports));
      continue;
    }
    if (!operation && receipt?.state === "cancelled") return { outcome: "done", slot, order };
    if (operation) {
      const resumed = await resumeReceipt(snapshot, operation, worker, ports);
      if (resumed) return shown(resumed);
    }
    const asked = { kind: "receipt_cancel", target, isFollowing: false, draft: null } as const;
    const sent = await sendReceipt(snapshot, asked, worker, ports);
    if (sent.outcome === "lost") snapshot = sent.snapshot;
    else return shown(sent);
  }
  return { outcome: "busy" };
}
