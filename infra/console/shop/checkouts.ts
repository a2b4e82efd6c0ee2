// What the window is opened with, kept between placing the order and paying it. A real shop keeps this in its own
// database; here it is as short-lived as the process, and who comes too late orders again.
import type { CreatedOrder } from "../../../lib/client/index.ts";

const mostKept = 1_000;

export interface Checkouts {
  readonly keep: (buyer: string, created: CreatedOrder) => void;
  /** Null for an order of somebody else, too. */
  readonly find: (buyer: string, number: string) => CreatedOrder | null;
}

export function createCheckouts(): Checkouts {
  const kept = new Map<string, { readonly buyer: string; readonly created: CreatedOrder }>();
  return {
    keep: (buyer, created) => {
      kept.set(created.order.merchant_uid, { buyer, created });
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    },
    find: (buyer, number) => {
      const found = kept.get(number);
      return found?.buyer === buyer ? found.created : null;
    },
  };
}
