// Looks that are owed whatever else happens: a read after something was refused, closed or voided, and what an
// invocation owes once its own claim stands in the table.
import type { Order } from "../../../lib/domain/order.ts";
import type { Ending, Invocation } from "../engine/invocation.ts";
import type { Findings } from "../findings.ts";
import type { Sent } from "../world/calls.ts";
import type { Table } from "../world/table.ts";
import { instructionOf } from "./instruction.ts";

const minuteMs = 60_000;
const quietMs = 10 * minuteMs;
const windowLifeMs = 30 * minuteMs;
/** A write may land later than it was decided. */
const slackMs = 2 * minuteMs;
const sendWindowMs = 5_000;

interface OwnClaim {
  readonly token: string;
  readonly atMs: number;
  readonly merchantUid: string;
  /** Of several claims one may land while its invocation is at work on the others. */
  readonly mayLandLate: boolean;
}

interface OwedLook {
  readonly merchantUid: string;
  /** Null: only a look at all of the order's attempts will do. */
  readonly impUid: string | null;
  readonly fromMs: number;
  readonly why: string;
  isPaid: boolean;
}

export class LookingCheck {
  readonly #owed: OwedLook[] = [];
  readonly #sentOn = new Set<string>();
  readonly #claimed = new Map<string, OwnClaim[]>();
  readonly #sweeping = new Map<string, Set<string>>();
  readonly #findings: Findings;
  readonly #nowMs: () => number;
  readonly #table: () => Table;

  constructor(findings: Findings, nowMs: () => number, table: () => Table) {
    this.#findings = findings;
    this.#nowMs = nowMs;
    this.#table = table;
  }

  wrote(before: Order | null, after: Order, writer: string): void {
    for (const operation of [after.cancel, after.charge, after.receiptOperation, instructionOf(after)]) {
      const { claimToken, state } = operation ?? { claimToken: "", state: "" };
      if (state !== "claimed" || !claimToken.startsWith(`${writer}/`)) continue;
      const known = this.#claimed.get(writer) ?? [];
      if (!known.some(({ token }) => token === claimToken))
        this.#claimed.set(writer, [
          ...known,
          {
            token: claimToken,
            atMs: operation?.sentAtMs ?? 0,
            merchantUid: after.merchantUid,
            mayLandLate: instructionOf(after) === operation,
          },
        ]);
    }
    // Whoever writes after a sweep's claim has looked instead of it.
    for (const [sweep, taken] of this.#sweeping) if (sweep !== writer) taken.delete(after.merchantUid);
    if (!before) return;
    this.#oweAfterRefusal(before, after);
    const { merchantUid } = after;
    if (before.voidedAtMs === null && after.voidedAtMs !== null)
      this.#owe(merchantUid, null, after.voidedAtMs + windowLifeMs, "it was voided");
    if (before.supersededBy === null && after.supersededBy !== null)
      this.#owe(merchantUid, null, this.#nowMs() + quietMs, "another took its place");
    const isClaim = after.lookClaim !== null && after.lookClaim !== before.lookClaim;
    const isLook = (isClaim || after.looks === before.looks + 1) && after.cancel === before.cancel;
    if (isLook && writer.startsWith("sweep")) {
      const taken = this.#sweeping.get(writer) ?? new Set();
      this.#sweeping.set(writer, taken.add(merchantUid));
    }
  }

  sent(sent: Sent, inv: Invocation): void {
    const claims = this.#claimed.get(inv.name) ?? [];
    const about = claims.filter(({ merchantUid }) => this.#isAbout(sent, merchantUid));
    // One call may tell of several numbers, each with a claim of its own, of which an order may have had others before.
    const its = [...new Map(about.map(({ merchantUid, token }) => [merchantUid, token])).values()];
    const names = its.length > 0 || "merchantUids" in sent ? its : inv.tokens.slice(-1);
    for (const name of names) {
      this.#sentOn.add(name);
      const claim = claims.find(({ token }) => token === name);
      const ageMs = this.#nowMs() - (claim?.atMs ?? this.#nowMs());
      if (ageMs > sendWindowMs) this.#findings.add("sent_too_late", name, `sent ${ageMs} ms after its claim`);
    }
  }

  /** A sweep is at work on several orders at once. */
  #isAbout(sent: Sent, merchantUid: string): boolean {
    if ("merchantUids" in sent) return sent.merchantUids.includes(merchantUid);
    if ("merchantUid" in sent) return sent.merchantUid === merchantUid;
    const impUid = "request" in sent ? sent.request.impUid : sent.impUid;
    const order = this.#table().orders.get(merchantUid);
    return order?.attempts.some((attempt) => attempt.impUid === impUid) === true;
  }

  /** A question was answered with what PortOne has now. */
  answered(impUid: string | null, merchantUid: string | null): void {
    const nowMs = this.#nowMs();
    for (const look of this.#owed) {
      const isIts = merchantUid === look.merchantUid || (impUid !== null && impUid === look.impUid);
      if (isIts && nowMs >= look.fromMs - slackMs) look.isPaid = true;
    }
  }

  invocationEnded(inv: Invocation, ending: Ending<unknown>): void {
    this.#mustHaveDone(inv, ending);
    this.#claimed.delete(inv.name);
    this.#sweeping.delete(inv.name);
  }

  #isGone(merchantUid: string, token: string): boolean {
    const order = this.#table().orders.get(merchantUid);
    if (!order) return false;
    const operations = [order.cancel, order.charge, order.receiptOperation, instructionOf(order)];
    return operations.every((operation) => operation?.claimToken !== token);
  }

  #mustHaveDone(inv: Invocation, ending: Ending<unknown>): void {
    if (ending.ended !== "answered" || inv.timeLeftMs() <= 0 || this.#threwIn(ending)) return;
    for (const { token, mayLandLate, merchantUid } of this.#claimed.get(inv.name) ?? []) {
      // Taken back with its order, or concluded by somebody else's look: nobody waits for it any more.
      if (this.#isGone(merchantUid, token)) continue;
      if (!inv.wasFrozen && inv.silences < (mayLandLate ? 1 : 2) && !this.#sentOn.has(token))
        this.#findings.add(
          "claim_not_used",
          token.split("/")[0]?.replace(/-\d+$/, "") ?? "",
          `${token} was never sent`,
        );
    }
    for (const merchantUid of this.#sweeping.get(inv.name) ?? [])
      if (!inv.asked.has(merchantUid))
        this.#findings.add("not_looked", merchantUid, `${inv.name} took it and did not look`);
  }

  /** Everything owed since before then has been paid. */
  mustBePaid(sinceMs: number): void {
    for (const { merchantUid, fromMs, why, isPaid } of this.#owed)
      if (!isPaid && fromMs <= sinceMs)
        this.#findings.add("not_looked", `${merchantUid} ${why}`, `nobody has looked since ${why}`);
  }

  /** A sweep swallows one item's trouble; that item's look is owed again later. */
  #threwIn(ending: Ending<unknown>): boolean {
    const report = ending.ended === "answered" ? ending.value : null;
    return typeof report === "object" && report !== null && "errors" in report && report.errors !== 0;
  }

  #oweAfterRefusal(before: Order, after: Order): void {
    const { merchantUid } = after;
    const { cancel, charge } = before;
    if (cancel && after.cancel?.id !== cancel.id) {
      const kept = this.#table().readRefund(merchantUid, cancel.id);
      if (kept?.state === "refused")
        this.#owe(merchantUid, cancel.impUid, this.#nowMs() + quietMs, "a refund was refused");
    }
    const isNewResult = after.chargeResult !== before.chargeResult;
    if (charge && !after.charge && isNewResult && after.chargeResult?.status === "failed")
      this.#owe(merchantUid, null, this.#nowMs() + quietMs, "a charge failed");
  }

  #owe(merchantUid: string, impUid: string | null, fromMs: number, why: string): void {
    this.#owed.push({ merchantUid, impUid, fromMs, why, isPaid: false });
  }
}
