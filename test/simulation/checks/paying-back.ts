// Money of virtual accounts on its way back: to the account that was named for it and to no other, never at night, and
// never once it was told as withdrawn.
import type { Order } from "../../../lib/domain/order.ts";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import type { CancelRequest } from "../../../lib/ports/portone.ts";
import type { Findings } from "../findings.ts";
import { tagOf } from "./sending.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const kstMs = 9 * hourMs;

/** The product stops two minutes early; what was claimed before that may be sent a few seconds later. */
const stopsMs = 22 * hourMs + 59 * minuteMs;
const closesMs = 23 * hourMs;
const opensMs = 6 * hourMs;

const timeOfDay = (atMs: number): number => (atMs + kstMs) % dayMs;
/** KSNET refunds no virtual account now. */
export const isClosedAt = (atMs: number): boolean => timeOfDay(atMs) >= closesMs || timeOfDay(atMs) < opensMs;
/** The minutes in which what has waited runs. */
export const isMorningRun = (atMs: number): boolean =>
  timeOfDay(atMs) > opensMs && timeOfDay(atMs) < opensMs + 15 * minuteMs;

export class PayingBackCheck {
  /** Numbers of accounts, by the tag or the order that they were named for. */
  readonly #named = new Map<string, Set<string>>();
  readonly #withdrawn = new Set<string>();
  readonly #findings: Findings;
  readonly #nowMs: () => number;

  constructor(findings: Findings, nowMs: () => number) {
    this.#findings = findings;
    this.#nowMs = nowMs;
  }

  /** By a shop for one refund, or by an operator for an order's unwanted money. */
  names(whose: string, number: string): void {
    this.#named.set(whose, (this.#named.get(whose) ?? new Set()).add(number.replaceAll("-", "")));
  }

  withdrawn(tag: string): void {
    this.#withdrawn.add(tag);
  }

  sent({ reason, account }: CancelRequest, { payMethod, merchantUid }: PaymentRecord): void {
    const tag = tagOf(reason);
    const misused = (what: string) => this.#findings.add("account_misused", tag, what);
    if (this.#withdrawn.has(tag)) this.#findings.add("sent_withdrawn", tag, "sent though it was withdrawn");
    if (payMethod !== "vbank") {
      if (account !== null) misused(`told for a payment by ${payMethod}`);
      return;
    }
    const time = timeOfDay(this.#nowMs());
    if (time >= stopsMs || time < opensMs)
      this.#findings.add("sent_at_night", tag, `a virtual account's, ${Math.floor(time / minuteMs)} min`);
    if (account === null) {
      misused("a virtual account's money without one");
      return;
    }
    const named = this.#named.get(reason.endsWith("자동 환불") ? merchantUid : tag);
    if (!named?.has(account.number.replaceAll("-", ""))) misused(`${account.number} was not named for it`);
  }

  /** After PortOne's no it is never sent again; in the clear it never stands there. */
  wrote({ cancel, merchantUid }: Order): void {
    if (cancel?.account === null || cancel === null) return;
    const kept = (what: string) => this.#findings.add("account_kept", merchantUid, what);
    if (cancel.refused !== null) kept("though PortOne has said no");
    if (/\d{9}/.test(cancel.account)) kept("in the clear");
  }
}
