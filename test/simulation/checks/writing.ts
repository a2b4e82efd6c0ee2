// Every write of an order: only moves the states allow, and no fact about money forgotten.
import type { CancelOperation } from "../../../lib/domain/operation.ts";
import { type Attempt, holdsMoney, type Order, type OrderState } from "../../../lib/domain/order.ts";
import type { Refund } from "../../../lib/domain/refund.ts";
import type { Findings } from "../findings.ts";
import { remainingOf } from "../world/payment-history.ts";
import type { PortOne } from "../world/portone.ts";
import type { Table } from "../world/table.ts";

/** Written down a second time, so that a slip in the product's own table is seen. */
const moves: Readonly<Record<OrderState, string>> = {
  created: "approved awaiting_deposit paid partially_refunded refunded failed expired voided",
  approved: "awaiting_deposit paid partially_refunded refunded failed",
  awaiting_deposit: "approved paid partially_refunded refunded failed expired voided created",
  failed: "approved awaiting_deposit paid partially_refunded refunded voided",
  expired: "awaiting_deposit paid partially_refunded refunded voided",
  paid: "partially_refunded refunded",
  partially_refunded: "refunded",
  refunded: "",
  voided: "",
};

export class WritingCheck {
  readonly #findings: Findings;
  readonly #table: () => Table;
  readonly #portone: () => PortOne;

  constructor(findings: Findings, table: () => Table, portone: () => PortOne) {
    this.#findings = findings;
    this.#table = table;
    this.#portone = portone;
  }

  wrote(before: Order | null, after: Order): void {
    if (!before) return;
    const { merchantUid } = after;
    if (before.state !== after.state && !moves[before.state].split(" ").includes(after.state))
      this.#findings.add("impossible_move", merchantUid, `${before.state} to ${after.state}`);
    for (const attempt of before.attempts) this.#isRemembered(after, attempt);
    for (const attempt of before.attempts) this.#mayBeGivenUp(after, attempt);
    this.#cancelIsRemembered(before, after);
    if (before.impUid !== null && before.impUid !== after.impUid)
      this.#forgot(merchantUid, `that ${before.impUid} paid it`);
    if (before.voidedAtMs !== null && after.voidedAtMs === null) this.#forgot(merchantUid, "that it is void");
    if (before.supersededBy !== null && after.supersededBy === null)
      this.#forgot(merchantUid, `that ${before.supersededBy} took its place`);
    const isMarked = before.reviewReason === null && after.reviewReason !== null;
    if (isMarked && after.reviewReason !== "operation_unresolved") this.#isMarkedForMoney(after);
    const own = after.attempts.find(({ impUid }) => impUid === after.impUid);
    if (own && own.giveBack !== null)
      this.#findings.add("differs", merchantUid, `its own payment ${own.impUid} is to go back`);
    if (before.impUid === null && after.impUid !== null) this.#isReallyPaid(after, after.impUid);
  }

  #isRemembered(after: Order, attempt: Attempt): void {
    const { impUid } = attempt;
    const now = after.attempts.find((known) => known.impUid === impUid);
    if (holdsMoney(attempt) && !(now && holdsMoney(now)))
      this.#forgot(after.merchantUid, `the money of ${impUid}`);
    const ids = new Set(now?.cancels.map(({ cancellationId }) => cancellationId));
    for (const { cancellationId } of attempt.cancels)
      if (!ids.has(cancellationId))
        this.#forgot(after.merchantUid, `the cancel ${cancellationId} of ${impUid}`);
  }

  /** An approval ends before its hold because its payment failed, or because there is none. */
  #mayBeGivenUp({ merchantUid, attempts, history }: Order, { impUid, state }: Attempt): void {
    const now = attempts.find((known) => known.impUid === impUid);
    if (state !== "approved" || now?.state !== "abandoned") return;
    const isUnknown = history.slice(-2).some(({ reason }) => reason === "payment_unknown");
    if (
      isUnknown &&
      this.#portone()
        .paymentsOf(merchantUid)
        .some(({ record }) => record.impUid === impUid)
    )
      this.#findings.add("forgotten", merchantUid, `${impUid}, which PortOne knows, given up as unknown`);
  }

  /** The slot is freed only after the refund's own item was kept. */
  #cancelIsRemembered({ cancel }: Order, after: Order): void {
    if (cancel === null || after.cancel?.id === cancel.id) return;
    const kept = this.#table().readRefund(after.merchantUid, cancel.id);
    if (!kept) this.#forgot(after.merchantUid, `the cancel ${cancel.id} in flight`);
    else if (kept.state === "refused") this.#mayRefuse(cancel, kept);
  }

  /** Final are PortOne's no to the only send, and a remainder that no send of ours fits any more. */
  #mayRefuse({ id, impUid, sends, checksum }: CancelOperation, { refusal }: Refund): void {
    const left = remainingOf(this.#portone().payment(impUid));
    if (refusal === "provider_refused" && sends > 1)
      this.#findings.add("told_wrong", id, `refused for good after ${sends} sends`);
    if (refusal === "remaining_changed" && left === checksum)
      this.#findings.add("told_wrong", id, `the remainder is said to have changed, and is ${left} as before`);
  }

  /** Only money marks an order, or an operation that never ends. */
  #isMarkedForMoney({ merchantUid, reviewReason }: Order): void {
    const payments = this.#portone().paymentsOf(merchantUid);
    if (!payments.some(({ record }) => record.paidAtMs !== null))
      this.#findings.add("marked_for_nothing", merchantUid, `marked ${reviewReason}, though nobody has paid`);
  }

  #isReallyPaid(order: Order, impUid: string): void {
    const { record } = this.#portone().payment(impUid);
    const isIts = record.merchantUid === order.merchantUid && record.amount === order.amount;
    if (!isIts || record.paidAtMs === null)
      this.#findings.add(
        "differs",
        order.merchantUid,
        `paid by ${impUid}, which is no payment of exactly it`,
      );
  }

  #forgot(merchantUid: string, what: string): void {
    this.#findings.add("forgotten", merchantUid, what);
  }
}
