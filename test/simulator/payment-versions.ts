// The last few versions of each payment, so that a read can be answered from the past (`stale_read`).
// In memory only: after a restart every record is as old as the start.
import type { StoredPayment } from "./state.ts";

const mostVersions = 8;

interface Version {
  readonly fromMs: number;
  readonly payment: StoredPayment;
}

export class PaymentVersions {
  readonly #versions = new Map<string, Version[]>();

  add(payment: StoredPayment, fromMs: number): void {
    const versions = this.#versions.get(payment.impUid) ?? [];
    versions.push({ fromMs, payment });
    if (versions.length > mostVersions) versions.shift();
    this.#versions.set(payment.impUid, versions);
  }

  /** The record as it was at `atMs`, the oldest kept when that is too long ago; null before it existed. */
  asOf(impUid: string, atMs: number): StoredPayment | null {
    const versions = this.#versions.get(impUid) ?? [];
    const found = versions.findLast((version) => version.fromMs <= atMs);
    if (found) return found.payment;
    const oldest = versions.length === mostVersions ? versions[0] : undefined;
    return oldest?.payment ?? null;
  }

  clear(): void {
    this.#versions.clear();
  }
}
