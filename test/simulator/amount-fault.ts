// The fault `amount_changed`: what the PG really took is not what the page asked for. The record is changed
// for good, because money that was really paid stays what it is.
import type { Simulator } from "./simulator.ts";

/** A hundred less, or a hundred more where that would leave nothing. */
export const otherAmount = (amount: number): number => (amount > 100 ? amount - 100 : amount + 100);

/** Changes the record. A payment with cancels stays. */
export function changeAmount(simulator: Simulator, impUid: string): void {
  const payment = simulator.store.get("payments", impUid);
  if (!payment || payment.cancels.length > 0) return;
  const amount = otherAmount(payment.amount);
  simulator.store.put("payments", impUid, { ...payment, amount, taxFree: Math.min(payment.taxFree, amount) });
}
