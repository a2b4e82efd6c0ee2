// Calls about an order of which nobody knows whether they happened: no answer came, or a sweep had to come for one whose
// sender is gone. Found by this alone, so that an order whose calls are answered pays for no index. What lies beside the
// orders carries its mark no longer than such a call, so that whatever of it is handed to a person is among these.
import type { Delivery } from "./delivery.ts";
import type { Climb } from "./ladder.ts";
import type { HeldReceipt } from "./operation.ts";
import type { Order } from "./order.ts";

/** One such call, as it is told. */
export interface Doubt {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly sinceMs: number;
}

type Calls = Pick<
  Order,
  "merchantUid" | "cancel" | "charge" | "instruction" | "receiptOperation" | "lookedAtMs"
>;

export function doubtsOf(order: Calls): readonly Doubt[] {
  const { merchantUid, cancel, charge, instruction, receiptOperation } = order;
  const calls = [
    cancel,
    charge && { ...charge, id: merchantUid, kind: "charge" },
    instruction && { ...instruction, id: merchantUid },
    receiptOperation,
  ];
  return calls
    .filter((call) => call !== null)
    .filter((call) => isInDoubt(call, order.lookedAtMs))
    .map(({ id, kind, state, sinceMs }) => ({ id, kind, state, sinceMs }));
}

/** What waits for its time is in no doubt, however often it is looked at. */
const isInDoubt = (
  { state, sinceMs }: { readonly state: string; readonly sinceMs: number },
  lookedAtMs: number | null,
): boolean => state !== "scheduled" && (state === "unknown" || (lookedAtMs !== null && lookedAtMs > sinceMs));

/** Since when the longest one is; null while none is. */
export function doubtSinceMs(order: Calls): number | null {
  const since = doubtsOf(order).map(({ sinceMs }) => sinceMs);
  return since.length === 0 ? null : Math.min(...since);
}

/** Beside the orders every write that is no look's begins the looks anew. */
const isLookedAt = ({ looks, silences }: Climb): boolean => looks > 0 || silences > 0;

/** The call about a receipt of a sale outside PortOne. */
export function doubtOfSale({ slot, ...looks }: Climb & { readonly slot: HeldReceipt }): Doubt | null {
  const { operation } = slot;
  if (!operation || !(operation.state === "unknown" || isLookedAt(looks))) return null;
  const { id, kind, state, sinceMs } = operation;
  return { id, kind, state, sinceMs };
}

/** A parcel that PortOne was told of and has not taken. */
export function doubtOfDelivery(delivery: Omit<Delivery, "version">): Doubt | null {
  const { merchantUid, wanted, wantedSinceMs } = delivery;
  if (!wanted || wantedSinceMs === null || !isLookedAt(delivery)) return null;
  const kind = wanted.isChange ? "delivery_update" : "delivery_register";
  return { id: merchantUid, kind, state: "scheduled", sinceMs: wantedSinceMs };
}
