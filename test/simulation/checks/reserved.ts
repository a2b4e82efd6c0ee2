// What PortOne does later, or by itself: nothing that an order which is over still has standing there, no charge for
// it, one account at a time, and what the shop was told of it.
import type { Order } from "../../../lib/domain/order.ts";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import type { Findings } from "../findings.ts";
import { type Billing, firstCustomer } from "../world/billing.ts";
import type { PortOne } from "../world/portone.ts";

interface Watched {
  readonly portone: PortOne;
  readonly billing: Billing;
  readonly orders: ReadonlyMap<string, Order>;
}

export class ReservedCheck {
  readonly #findings: Findings;
  readonly #nowMs: () => number;
  readonly #watched: () => Watched;
  /** Whose keys must still be there. */
  readonly #keys = new Map([[firstCustomer, true]]);
  readonly #revoked = new Set<string>();
  /** When the shop was told of a retry's decline, by the attempt it was told of. */
  readonly #declinedAtMs = new Map<string, number>();

  constructor(findings: Findings, nowMs: () => number, watched: () => Watched) {
    this.#findings = findings;
    this.#nowMs = nowMs;
    this.#watched = watched;
  }

  /** PortOne took money that nobody had to be asked for. */
  charged({ merchantUid, impUid }: PaymentRecord): void {
    const order = this.#watched().orders.get(merchantUid);
    if (order && isOver(order))
      this.#findings.add(
        "charged_closed",
        merchantUid,
        `${impUid} charged an order that is ${inWord(order)}`,
      );
    if (this.#revoked.has(merchantUid))
      this.#findings.add("told_wrong", merchantUid, `told that it is revoked, and ${impUid} charged it`);
  }

  accountOpened({ merchantUid, impUid }: PaymentRecord): void {
    const { portone } = this.#watched();
    if (!portone.accountsByApi.has(impUid)) return;
    const open = portone
      .paymentsOf(merchantUid)
      .filter(
        ({ record }) => portone.accountsByApi.has(record.impUid) && portone.isAccountOpen(record.impUid),
      );
    if (open.length > 1)
      this.#findings.add(
        "two_accounts",
        merchantUid,
        `${open.length} accounts opened for it stand side by side`,
      );
  }

  /** A customer has a key, until somebody asks for its deletion. */
  toldKey(customerUid: string): void {
    this.#keys.set(customerUid, this.#keys.get(customerUid) ?? true);
  }

  asksToDelete(customerUid: string): void {
    this.#keys.set(customerUid, false);
  }

  /** Asked to revoke these, the shop was told that all is done; and of some, that they were revoked. */
  toldRevoked(asked: readonly string[], revoked: readonly string[]): void {
    for (const merchantUid of revoked) this.#revoked.add(merchantUid);
    for (const merchantUid of asked) {
      if (this.#watched().billing.isReserved(merchantUid))
        this.#findings.add("told_wrong", merchantUid, "told that it is revoked, and it stands");
    }
  }

  /** A decline that the shop is told of must be one that this retry met. */
  asksRetry(merchantUid: string): (status: number, impUid: string | null) => void {
    const askedAtMs = this.#nowMs();
    return (status, impUid) => {
      if (status !== 402 || impUid === null) return;
      const knownAtMs = this.#declinedAtMs.get(impUid);
      if (knownAtMs === undefined) this.#declinedAtMs.set(impUid, this.#nowMs());
      const isOld = !this.#watched().billing.retried.has(impUid) || (knownAtMs ?? askedAtMs) < askedAtMs;
      if (isOld)
        this.#findings.add("told_wrong", `${merchantUid} retry`, `declined by ${impUid}, which is older`);
    };
  }

  atRest(): void {
    const { billing, portone, orders } = this.#watched();
    for (const [customerUid, isKept] of this.#keys)
      if (isKept && !billing.keys.has(customerUid))
        this.#findings.add("key_lost", customerUid, "had a key that nobody asked to delete, and has none");
    for (const { merchantUid, scheduledAtMs } of billing.standing) {
      const order = orders.get(merchantUid);
      if (!order || isOver(order) || order.charge?.state !== "scheduled")
        this.#findings.add("reservation_left", merchantUid, `stands, and its order is ${inWord(order)}`);
      else if (inSeconds(order.charge.scheduledAtMs) !== inSeconds(scheduledAtMs))
        this.#findings.add("differs", `${merchantUid} reservation`, "is reserved for another time");
    }
    for (const order of orders.values()) {
      const { merchantUid, charge } = order;
      if (charge?.state === "scheduled" && !billing.isReserved(merchantUid) && order.reviewReason === null)
        this.#findings.add("differs", `${merchantUid} reservation`, "is reserved here, and PortOne has none");
      if (order.state !== "failed") continue;
      for (const { record } of portone.paymentsOf(merchantUid))
        if (portone.accountsByApi.has(record.impUid) && portone.isAccountOpen(record.impUid))
          this.#findings.add("account_open", `${merchantUid} ${record.impUid}`, "of an order that failed");
    }
  }
}

const isOver = ({ voidedAtMs, supersededBy }: Order): boolean => voidedAtMs !== null || supersededBy !== null;
const inSeconds = (atMs: number | null): number => Math.floor((atMs ?? 0) / 1_000);
const inWord = (order: Order | undefined): string =>
  order === undefined
    ? "unknown"
    : order.supersededBy !== null
      ? `replaced by ${order.supersededBy}`
      : order.state;
