// Payments as a read sees them: as they are, or as they were.
import type { StoredPayment } from "../state.ts";
import type { Store } from "../store.ts";

export interface PaymentView {
  readonly get: (impUid: string) => StoredPayment | null;
  /** Oldest attempt first. */
  readonly ofMerchant: (merchantUid: string) => readonly StoredPayment[];
  readonly all: () => Iterable<StoredPayment>;
}

export const presentView = (store: Store): PaymentView => ({
  get: (impUid) => store.get("payments", impUid),
  ofMerchant: (merchantUid) => store.paymentsOf(merchantUid),
  all: () => store.all("payments"),
});

/** A replica that is behind: what did not exist at `atMs` is not there. */
export function pastView(store: Store, atMs: number): PaymentView {
  const asOf = (payment: StoredPayment) => store.versions.asOf(payment.impUid, atMs) ?? [];
  return {
    get: (impUid) => store.versions.asOf(impUid, atMs),
    ofMerchant: (merchantUid) => store.paymentsOf(merchantUid).flatMap(asOf),
    all: () => [...store.all("payments")].flatMap(asOf),
  };
}
