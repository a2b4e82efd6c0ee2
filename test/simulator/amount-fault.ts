// The fault `amount_changed`: what the PG really took is not what the page asked for. The record is changed
// for good, because money that was really paid stays what it is.
import { remainingOf } from "./payment.ts";
import type { Simulator } from "./simulator.ts";

/** A hundred less, or a hundred more where that would leave nothing. A payment with cancels stays. */
export function changeAmount(simulator: Simulator, impUid: string): void {
  const payment = simulator.store.get("payments", impUid);
  if (!payment || payment.cancels.length > 0) return;
  const amount = remainingOf(payment) > 100 ? payment.amount - 100 : payment.amount + 100;
  simulator.store.put("payments", impUid, { ...payment, amount, taxFree: Math.min(payment.taxFree, amount) });
}
