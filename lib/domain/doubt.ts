// Calls about an order of which nobody knows whether they happened: no answer came, or a sweep had to come for one whose
// sender is gone. Found by this alone, so that an order whose calls are answered pays for no index.
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
