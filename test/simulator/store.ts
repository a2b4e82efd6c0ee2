// The simulator's records in memory, each change written to the journal before anybody hears of it.
// It decides nothing; indexes are the order numbers of payments and their last few versions.
import type { Change, Journal } from "./journal.ts";
import { PaymentVersions } from "./payment-versions.ts";
import type { Collections, Singletons, StoredPayment } from "./state.ts";

type Maps = { readonly [Name in keyof Collections]: Map<string, Collections[Name]> };

const emptyMaps = (): Maps => ({
  payments: new Map(),
  windows: new Map(),
  prepared: new Map(),
  receipts: new Map(),
  externalReceipts: new Map(),
  customers: new Map(),
  schedules: new Map(),
  logis: new Map(),
  deliveries: new Map(),
  jobs: new Map(),
  faults: new Map(),
});

const singletonName = "singletons";

export class Store {
  readonly versions = new PaymentVersions();
  readonly #journal: Journal | null;
  #maps = emptyMaps();
  #singletons: Partial<Singletons> = {};
  #byMerchantUid = new Map<string, string[]>();
  #batch: Change[] | null = null;
  /** Until the clock is known, records count as having been there always. */
  #nowMs: () => number = () => 0;

  constructor(journal: Journal | null) {
    this.#journal = journal;
    if (!journal) return;
    for (const change of journal.read()) this.#apply(change);
    // Also when nothing was read, so that a torn line is not there to be added to.
    journal.rewrite(this.#everything());
  }

  /** From now on, versions of records are told apart by this clock. */
  useClock(nowMs: () => number): void {
    this.#nowMs = nowMs;
  }

  get<Name extends keyof Collections>(name: Name, key: string): Collections[Name] | null {
    return this.#maps[name].get(key) ?? null;
  }

  /** In order of first put. */
  all<Name extends keyof Collections>(name: Name): Iterable<Collections[Name]> {
    return this.#maps[name].values();
  }

  put<Name extends keyof Collections>(name: Name, key: string, value: Collections[Name]): void {
    this.#change([name, key, value]);
  }

  remove(name: keyof Collections, key: string): void {
    this.#change([name, key, null]);
  }

  one<Name extends keyof Singletons>(name: Name): Singletons[Name] | undefined {
    return this.#singletons[name];
  }

  setOne<Name extends keyof Singletons>(name: Name, value: Singletons[Name]): void {
    this.#change([singletonName, name, value]);
  }

  /** Every attempt of an order number, oldest first. */
  paymentsOf(merchantUid: string): StoredPayment[] {
    const impUids = this.#byMerchantUid.get(merchantUid) ?? [];
    return impUids.flatMap((impUid) => this.#maps.payments.get(impUid) ?? []);
  }

  /** Changes made inside are kept or lost together. `run` must be synchronous. */
  together<Result>(run: () => Result): Result {
    if (this.#batch) return run();
    this.#batch = [];
    try {
      return run();
    } finally {
      const batch = this.#batch;
      this.#batch = null;
      if (batch.length > 0) this.#journal?.append(batch);
    }
  }

  /** Forgets everything but the named singletons. */
  clear(kept: readonly (keyof Singletons)[]): void {
    this.#maps = emptyMaps();
    this.#byMerchantUid = new Map();
    this.versions.clear();
    const isKept = (name: string) => kept.some((one) => one === name);
    this.#singletons = Object.fromEntries(
      Object.entries(this.#singletons).filter(([name]) => isKept(name)),
    ) as Partial<Singletons>;
    this.#journal?.rewrite(this.#everything());
  }

  close(): void {
    this.#journal?.close();
  }

  #change(change: Change): void {
    this.#apply(change);
    if (this.#batch) this.#batch.push(change);
    else this.#journal?.append([change]);
  }

  #apply([name, key, value]: Change): void {
    if (name === singletonName) {
      this.#singletons = { ...this.#singletons, [key]: value };
      return;
    }
    const map = this.#maps[name as keyof Collections] as Map<string, unknown>;
    if (value === null) map.delete(key);
    else map.set(key, value);
    if (name === "payments") this.#index(value as StoredPayment);
  }

  #index(payment: StoredPayment): void {
    const known = this.#byMerchantUid.get(payment.merchantUid);
    if (!known) this.#byMerchantUid.set(payment.merchantUid, [payment.impUid]);
    else if (!known.includes(payment.impUid)) known.push(payment.impUid);
    this.versions.add(payment, this.#nowMs());
  }

  #everything(): Change[] {
    const ones = Object.entries(this.#singletons).map(([key, value]): Change => [singletonName, key, value]);
    const records = Object.entries(this.#maps).flatMap(([name, map]) =>
      [...map].map(([key, value]): Change => [name, key, value]),
    );
    return [...ones, ...records];
  }
}
