// When the faults have stopped and the clock has run on: each order equals PortOne's record, and what is still due has
// something to do.
import {
  type Attempt,
  holdsMoney,
  type Order,
  type OrderState,
  remainingOfAttempt,
} from "../../../lib/domain/order.ts";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import type { Findings } from "../findings.ts";
import { type Payment, remainingOf } from "../world/payment-history.ts";
import type { PortOne } from "../world/portone.ts";
import { instructionOf } from "./instruction.ts";
import type { OwedCheck } from "./owed.ts";
import type { SendingCheck } from "./sending.ts";

const closed: ReadonlySet<OrderState> = new Set(["voided", "paid", "partially_refunded", "refunded"]);
const sumOf = (cancels: readonly { readonly amount: number | null }[]): number =>
  cancels.reduce((total, { amount }) => total + (amount ?? 0), 0);

export class RestCheck {
  readonly #findings: Findings;
  readonly #portone: PortOne;
  readonly #orders: ReadonlyMap<string, Order>;
  readonly #sending: SendingCheck;
  readonly #shown = new Set<string>();

  constructor(
    findings: Findings,
    portone: PortOne,
    orders: ReadonlyMap<string, Order>,
    sending: SendingCheck,
  ) {
    this.#findings = findings;
    this.#portone = portone;
    this.#orders = orders;
    this.#sending = sending;
  }

  /** A look at everything showed these windows open. */
  showed(impUids: readonly string[]): void {
    for (const impUid of impUids) this.#shown.add(impUid);
  }

  /** Some time after the faults: whoever paid in a window that was known, or the only one, is known to have paid. */
  moneyIsSeen(): void {
    for (const [order, payment] of this.#pairs()) {
      const { record } = payment;
      // An account is looked at when it closes; until then only a notice, or the audit, tells of a deposit.
      const isInTime =
        (record.startedAtMs ?? 0) < order.expiresAtMs - oldestReadMs && record.payMethod !== "vbank";
      const known = order.attempts.find(({ impUid }) => impUid === record.impUid);
      const isKnown = known !== undefined || this.#shown.has(record.impUid) || order.impUid === null;
      const isLate = this.#portone.approvedLate.has(record.impUid);
      if (record.paidAtMs !== null && !isLate && isInTime && isKnown && !(known && holdsMoney(known)))
        this.#findings.add(
          "not_in_time",
          `${order.merchantUid} money`,
          `${record.impUid} paid and nobody has looked`,
        );
    }
  }

  /** Some time after the faults: an account that is to be closed, so that its order can be void, is closed. */
  voidsAreDone(): void {
    for (const [{ merchantUid, isVoidWanted }, { record }] of this.#pairs())
      if (isVoidWanted && this.#portone.isAccountOpen(record.impUid))
        this.#findings.add(
          "account_open",
          `${merchantUid} ${record.impUid}`,
          "though its order is to be void",
        );
  }

  atRest(owed: OwedCheck): void {
    for (const order of this.#orders.values()) {
      for (const payment of this.#portone.paymentsOf(order.merchantUid)) this.#isLevel(order, payment.record);
      this.#isWhatItHolds(order);
      this.#hasClosedAccounts(order);
      this.#hasItsReceipt(order);
      this.#isResolved(order);
      const things = owed.owed(order);
      if (order.dueAtMs !== null && things.length === 0)
        this.#findings.add("due_for_nothing", order.merchantUid, `${order.state} and due, owing nothing`);
      if (order.dueAtMs === null && things.length > 0)
        this.#findings.add(
          "not_in_time",
          order.merchantUid,
          `owes ${things.map(({ what }) => what)} and is never due`,
        );
    }
  }

  *#pairs(): Generator<readonly [Order, Payment]> {
    for (const order of this.#orders.values())
      for (const payment of this.#portone.paymentsOf(order.merchantUid)) yield [order, payment];
  }

  #isLevel(order: Order, record: PaymentRecord): void {
    const differs = (what: string) =>
      this.#findings.add("differs", `${order.merchantUid} ${record.impUid}`, what);
    const attempt = order.attempts.find(({ impUid }) => impUid === record.impUid);
    const isHeld = attempt !== undefined && holdsMoney(attempt);
    if (record.paidAtMs === null) {
      if (isHeld) differs("holds money that PortOne never took");
      return;
    }
    if (!attempt || !isHeld) {
      differs(`PortOne took ${record.amount} and the order does not hold it`);
      return;
    }
    if (attempt.amount !== record.amount)
      differs(`holds ${attempt.amount} and PortOne took ${record.amount}`);
    if (sumOf(attempt.cancels) !== sumOf(record.cancels))
      differs(`${sumOf(attempt.cancels)} given back here and ${sumOf(record.cancels)} at PortOne`);
    this.#wentBack(order, attempt);
    const isKept = order.impUid !== record.impUid && remainingOfAttempt(attempt) > 0;
    const isDecided = order.history.some(({ reason }) => reason?.startsWith("cleared") === true);
    if (isKept && !isDecided && order.reviewReason === null && attempt.giveBack !== "wanted")
      this.#findings.add(
        "money_kept",
        `${order.merchantUid} ${record.impUid}`,
        "unwanted, and nobody is told",
      );
  }

  #hasItsReceipt({ merchantUid, impUid, receipt, receiptOperation, receiptRecipient, reviewReason }: Order) {
    if (impUid === null || receiptOperation) return;
    const last = this.#portone.receiptOf(impUid);
    const theirs = last && `${last.applyNum} ${last.cancelledAtMs === null ? "issued" : "cancelled"}`;
    const ours = receipt && `${receipt.applyNum} ${receipt.state}`;
    const find = (kind: "differs" | "receipt_wrong", what: string) =>
      this.#findings.add(kind, `${merchantUid} receipt`, what);
    if (ours !== theirs) return find("differs", `${ours ?? "none"} here, ${theirs ?? "none"} at PortOne`);
    // One that nobody but a person can mend is marked.
    if (reviewReason !== null) return;
    const left = remainingOf(this.#portone.payment(impUid));
    const live = last !== null && last.cancelledAtMs === null ? last.amount : 0;
    const wanted = receiptRecipient === null ? 0 : left;
    if (live !== wanted) find("receipt_wrong", `one over ${live} lives, and ${wanted} is right`);
    if (receiptRecipient !== null && left === 0) find("receipt_wrong", "kept for whom, and nothing is left");
  }

  /** Money that came after the void goes back by itself, unless a person or PortOne stood in the way. */
  #wentBack(order: Order, attempt: Attempt): void {
    const { impUid, payMethod, paidAtMs, giveBack } = attempt;
    const isAfterVoid = order.voidedAtMs !== null && (paidAtMs ?? 0) > order.voidedAtMs;
    const mustGoBack = isAfterVoid && payMethod !== "vbank" && remainingOfAttempt(attempt) > 0;
    // What is wanted still may wait for the brake, whatever the order was marked for first.
    if (
      mustGoBack &&
      giveBack === null &&
      order.reviewReason === "manual_refund" &&
      !this.#sending.isRefused(impUid)
    )
      this.#findings.add(
        "money_kept",
        `${order.merchantUid} ${impUid}`,
        "paid after the void, and it did not go back",
      );
  }

  #isWhatItHolds(order: Order): void {
    if (order.supersededBy !== null && order.impUid !== null)
      this.#findings.add(
        "double_charge",
        order.merchantUid,
        `paid, though ${order.supersededBy} took its place`,
      );
    const paying = order.attempts.find(({ impUid }) => impUid === order.impUid);
    if (!paying) return;
    const cancelled = sumOf(paying.cancels);
    const state = cancelled === 0 ? "paid" : cancelled < paying.amount ? "partially_refunded" : "refunded";
    if (order.state !== state)
      this.#findings.add("differs", order.merchantUid, `is ${order.state}, not ${state}`);
  }

  /** Nothing of what is to come is open: PortOne will run it. */
  #isAhead({ charge }: Order): boolean {
    return charge?.state === "scheduled" && this.#portone.isAhead(charge.scheduledAtMs ?? 0);
  }

  #isResolved(order: Order): void {
    if (this.#isAhead(order)) return;
    const { state, isExpired, attempts } = order;
    // Money that waits for a person keeps the order as it is, whose windows are over all the same.
    const isHeld = attempts.some((attempt) => attempt.state === "paid" && remainingOfAttempt(attempt) > 0);
    const isWaiting =
      (state === "approved" && !isHeld) || (["approved", "created"].includes(state) && !isExpired);
    if (isWaiting && !order.charge)
      this.#findings.add("unresolved", order.merchantUid, `is ${order.state} since ever`);
    if (order.reviewReason !== null) return;
    const open = [order.cancel, order.charge, order.receiptOperation, instructionOf(order)].find(
      (slot) => slot !== null,
    );
    if (open) this.#findings.add("unresolved", order.merchantUid, `an operation is ${open.state} since ever`);
    if (order.attempts.some(({ giveBack }) => giveBack === "wanted"))
      this.#findings.add("unresolved", order.merchantUid, "wants to give back since ever");
  }

  #hasClosedAccounts(order: Order): void {
    const isClosed = closed.has(order.state) || order.supersededBy !== null;
    for (const { record } of this.#portone.paymentsOf(order.merchantUid))
      if (isClosed && this.#portone.isAccountOpen(record.impUid))
        this.#findings.add(
          "account_open",
          `${order.merchantUid} ${record.impUid}`,
          `of an order that is ${order.state}`,
        );
  }
}

/** A look at the order's end may show a record as old as this, and so not the window that was opened last. */
const oldestReadMs = 60_000;
