// The merchant takes an unpaid order back.
import type { Order } from "../domain/order.ts";
import { decideVoid } from "../domain/voiding.ts";
import type { Clock, OrderStore } from "../ports.ts";

export interface VoidPorts {
  readonly store: OrderStore;
  readonly clock: Clock;
}

export type VoidResult =
  | { readonly outcome: "voided"; readonly order: Order }
  | { readonly outcome: "order_not_found" | "order_not_voidable" };

const mostRounds = 5;

/** Idempotent: an order voided before is answered alike. Nothing is asked of PortOne. */
export async function voidOrder(merchantUid: string, ports: VoidPorts): Promise<VoidResult> {
  let order = await ports.store.read(merchantUid);
  if (!order) return { outcome: "order_not_found" };
  for (let round = 1; round <= mostRounds; round += 1) {
    const next = decideVoid(order, ports.clock.nowMs());
    if (next === null) return { outcome: "order_not_voidable" };
    if (next === order) return { outcome: "voided", order };
    const written = await ports.store.update(order, next);
    if (written.outcome === "updated") return { outcome: "voided", order: written.order };
    order = written.order;
  }
  // Five lost races mean that payments are arriving: it is not the merchant's to void any more.
  return { outcome: "order_not_voidable" };
}
