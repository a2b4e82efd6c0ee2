// What the shop was told, and whether it is true: of every key of a refund and of every number charged.
import type { Order } from "../../../lib/domain/order.ts";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import type { Findings } from "../findings.ts";
import type { PortOne } from "../world/portone.ts";
import type { SendingCheck } from "./sending.ts";

/** `unheard`: no answer came, so the shop knows nothing. `final`: this is the last word. */
export interface Told {
  readonly status: number | "unheard";
  readonly isFinal: boolean;
  /** The last word is that nothing happens, however friendly it is said. */
  readonly isNothing?: boolean;
  readonly atMs: number;
  readonly body: string;
}

interface Asked {
  readonly about: "refund" | "charge" | "reservation" | "move" | "account";
  readonly merchantUid: string;
  /** The tag of a refund, the number of a charge, what else is asked and of what: its effect is counted under it. */
  readonly name: string;
  readonly told: Told[];
}

const quietMs = 10 * 60_000;
/** Approved so late that nobody could wait for it, it comes beside the number that took its place, and goes back. */
const isOneToPrevent = ({ paidAtMs, startedAtMs }: PaymentRecord): boolean =>
  paidAtMs !== null && paidAtMs < (startedAtMs ?? 0) + quietMs;

const isForLater: ReadonlySet<string> = new Set(["move", "account"]);

export class ToldCheck {
  readonly #asked = new Map<string, Asked>();
  /** Numbers charged for one debt, oldest first. */
  readonly #debts = new Map<string, string[]>();
  readonly #findings: Findings;

  constructor(findings: Findings) {
    this.#findings = findings;
  }

  asks(about: Asked["about"], merchantUid: string, name: string): (told: Told) => unknown {
    const known = this.#asked.get(name) ?? { about, merchantUid, name, told: [] };
    this.#asked.set(name, known);
    return (told) => known.told.push(told);
  }

  chargesFor(debt: string, merchantUid: string): void {
    this.#debts.set(debt, [...(this.#debts.get(debt) ?? []), merchantUid]);
  }

  /** The tag of the last refund that was asked for. */
  lastTag(merchantUid: string): string | null {
    const refunds = [...this.#asked.values()].filter((asked) => asked.merchantUid === merchantUid);
    return refunds.findLast(({ about }) => about === "refund")?.name ?? null;
  }

  /** What was asked and never answered for good. */
  inDoubt(): readonly string[] {
    return [...this.#asked.values()]
      .filter(({ told }) => told.some(({ status }) => status === "unheard" || status === 202))
      .filter(({ told }) => !told.some(({ isFinal }) => isFinal))
      .map(({ name }) => name);
  }

  atRest(sending: SendingCheck, portone: PortOne, orders: ReadonlyMap<string, Order>): void {
    for (const asked of this.#asked.values()) {
      const isChanged = portone
        .paymentsOf(asked.name)
        .some(({ record }) => portone.approvedLate.has(record.impUid));
      // A decline that PortOne took back was true when it was told. What PortOne was told to do later and may not do any
      // more, because its order was paid or taken back meanwhile, matters no more: that it is over is checked by itself.
      const order = orders.get(asked.merchantUid);
      const isVoid = order !== undefined && order.voidedAtMs !== null;
      const isOver = isVoid || (order?.impUid ?? null) !== null;
      const isExcused = asked.about === "reservation" ? isVoid : isOver && isForLater.has(asked.about);
      if (!isChanged && !isExcused) this.#isTrue(asked, sending.effectsOf(asked.name));
    }
    for (const [debt, numbers] of this.#debts) {
      // What came after its order was void went back for that; the shop may charge the debt again.
      const charged = numbers.filter((merchantUid) => (orders.get(merchantUid)?.voidedAtMs ?? null) === null);
      const paid = charged.filter((merchantUid) =>
        portone.paymentsOf(merchantUid).some(({ record }) => isOneToPrevent(record)),
      );
      if (paid.length > 1) this.#findings.add("double_charge", debt, `paid as ${paid.join(" and ")}`);
    }
  }

  /** Another move of the number came after it: that this one happened is of no use to anybody. */
  #isOvertaken({ about, merchantUid, name }: Asked): boolean {
    return (
      about === "move" &&
      [...this.#asked.values()].some(
        (other) =>
          other.about === "move" &&
          other.merchantUid === merchantUid &&
          other.name !== name &&
          other.told.some(({ status }) => status === 200),
      )
    );
  }

  #isTrue(asked: Asked, effects: number): void {
    const { about, name, told } = asked;
    const wrong = (what: string) => this.#findings.add("told_wrong", name, `${about} ${what}`);
    if (told.length === 0) return;
    const last = new Set(
      told.filter(({ isFinal }) => isFinal).map(({ status, body }) => `${status} ${body}`),
    );
    // Of these the same may be asked anew after a no.
    const isOnceForAll = about === "refund" || about === "charge" || about === "reservation";
    if (last.size > 1 && isOnceForAll) wrong(`was given two last words: ${[...last].join(" and ")}`);
    const finals = told.filter(({ isFinal }) => isFinal);
    const isYes = ({ status, isNothing }: Told) => isNothing !== true && (status === 200 || status === 201);
    const yes = finals.find(isYes);
    const no = finals.find((final) => !isYes(final));
    if (yes && effects === 0) wrong(`told ${yes.status}, and nothing happened`);
    if (no && effects > 0 && isOnceForAll) wrong(`told ${no.status}, and it happened`);
    if (finals.length === 0 && told.some(({ status }) => status === 202)) return;
    const isSure = told.every(
      ({ status, isFinal }) => (!isFinal || !isOnceForAll) && typeof status === "number" && status >= 400,
    );
    if (isSure && effects > 0 && !this.#isOvertaken(asked))
      wrong(`told nothing but ${told.map(({ status }) => status).join(", ")}, and it happened`);
  }
}
