// The brake on give-backs, told from the writes alone: no more go than were counted or let go by an operator, in any hour,
// and whom an operator let go is not stopped again before its claim.
import type { Brake } from "../../../lib/domain/brake.ts";
import { type Attempt, type Order, remainingOfAttempt } from "../../../lib/domain/order.ts";
import type { Findings } from "../findings.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A pass is used at once, but the claim's write may land late. */
const passLifeMs = 3 * minuteMs;

interface Pass {
  readonly atMs: number;
  /** Before the brake was last lifted: counting began anew since. */
  isOld: boolean;
}

export class BrakeCheck {
  #passes: Pass[] = [];
  #claimedAtMs: number[] = [];
  /** Orders whose release was used up by a claim. */
  readonly #used = new Set<string>();
  readonly #findings: Findings;
  readonly #nowMs: () => number;
  readonly #orders: () => ReadonlyMap<string, Order>;
  readonly #mostPerHour: number;

  constructor(
    findings: Findings,
    nowMs: () => number,
    orders: () => ReadonlyMap<string, Order>,
    mostPerHour: number,
  ) {
    this.#findings = findings;
    this.#nowMs = nowMs;
    this.#orders = orders;
    this.#mostPerHour = mostPerHour;
  }

  wroteBrake(before: Brake, after: Brake): void {
    if (before.isOn && !after.isOn) {
      this.#lifted(before);
      return;
    }
    const atMs = this.#nowMs();
    for (const { startMs, count } of after.counted) {
      const known = before.counted.find((minute) => minute.startMs === startMs)?.count ?? 0;
      for (let number = known; number < count; number += 1) this.#passes.push({ atMs, isOld: false });
    }
  }

  wrote(before: Order | null, after: Order): void {
    if (!before) return;
    const claimed = after.cancel && after.cancel.id !== before.cancel?.id ? after.cancel : null;
    for (const attempt of before.attempts)
      if (attempt.isReleased && attempt.impUid !== claimed?.impUid) this.#mustStay(attempt, after);
    const isStopped = before.reviewReason === null && after.reviewReason === "give_back_stopped";
    const wanted = before.attempts.filter(({ giveBack }) => giveBack === "wanted");
    if (isStopped && wanted.length > 0 && wanted.every(({ isReleased }) => isReleased))
      this.#lost(after, "let go by an operator, and stopped");
    if (claimed?.kind === "give_back") this.#goes(before, after, claimed.impUid);
  }

  #mustStay({ impUid }: Attempt, after: Order): void {
    const now = after.attempts.find((attempt) => attempt.impUid === impUid);
    if (now?.giveBack === "wanted" && !now.isReleased)
      this.#lost(after, `of ${impUid}, and no claim used it`);
  }

  #goes(before: Order, { merchantUid, attempts }: Order, impUid: string): void {
    const isOf = (attempt: Attempt) => attempt.impUid === impUid;
    const ignored = (what: string) => this.#findings.add("brake_ignored", impUid, what);
    if (before.attempts.find(isOf)?.isReleased) {
      this.#used.add(merchantUid);
      if (attempts.find(isOf)?.isReleased) ignored("claimed, and its release is left for another");
      return;
    }
    const nowMs = this.#nowMs();
    this.#passes = this.#passes.filter(({ atMs }) => nowMs - atMs <= passLifeMs);
    const pass = this.#passes.shift();
    if (!pass) ignored("neither counted nor let go");
    if (!pass || pass.isOld) return;
    this.#claimedAtMs = [...this.#claimedAtMs.filter((atMs) => nowMs - atMs < hourMs), nowMs];
    if (this.#claimedAtMs.length > this.#mostPerHour)
      ignored(`${this.#claimedAtMs.length} given back within an hour`);
  }

  /** A person looked: counting begins anew, and whoever waited may go. */
  #lifted({ waiting }: Brake): void {
    this.#claimedAtMs = [];
    for (const pass of this.#passes) pass.isOld = true;
    for (const { merchantUid } of waiting) {
      const order = this.#orders().get(merchantUid);
      const wanted = order?.attempts.filter(
        (attempt) =>
          attempt.giveBack === "wanted" &&
          attempt.impUid !== order.cancel?.impUid &&
          remainingOfAttempt(attempt) > 0,
      );
      if (!order || !wanted || wanted.length === 0 || this.#used.has(merchantUid)) continue;
      if (!wanted.some(({ isReleased }) => isReleased)) this.#lost(order, "waited, and was not let go");
    }
  }

  #lost({ merchantUid }: Order, what: string): void {
    this.#findings.add("release_lost", merchantUid, what);
  }
}
