// What may befall a call: the weather of one life, drawn from its dice. A fate says when a call reaches the other side,
// if ever, when its caller goes on, and with what.
import type { Dice } from "../../soak/random.ts";

export const faultNames = [
  "died_before",
  "died_after",
  "frozen",
  "table_read_unanswered",
  "table_write_lost",
  "table_answer_lost",
  "table_own_write_met",
  "table_write_late",
  "index_behind",
  "portone_unanswered",
  "portone_stale_read",
  "portone_login_unanswered",
  "call_lost",
  "call_answer_lost",
  "call_answer_late",
  "call_effect_late",
  "call_refused",
  "call_refused_falsely",
  "reason_dropped",
  "reason_prefixed",
  "cancel_amount_changed",
  "reply_lost",
  "notice_lost",
  "notice_doubled",
  "notice_late",
  "time_ran_out",
] as const;
/** Those that only reservations meet. */
export const reservationFaultNames = ["run_late"] as const;
export type FaultName = (typeof faultNames)[number] | (typeof reservationFaultNames)[number];

/** What the caller is told. */
export type Answer =
  /** What came of it. */
  | "effect"
  /** What came of doing it once more: the client's own repeat met its own write. */
  | "repeat"
  | "none"
  | "refusal";

export interface Fate {
  readonly fault: FaultName | null;
  /** From the call to its effect; null when it has none. */
  readonly reachesAfterMs: number | null;
  /** From the call to its answer, or to its caller's giving up; null when the caller dies. */
  readonly answersAfterMs: number | null;
  readonly answer: Answer;
}

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
/** Two tries of 800 ms. */
const tableGivesUpMs = 1_600;
const callGivesUpMs = 10 * secondMs;
const questionGivesUpMs = 8 * secondMs;
/** QUIET is ten minutes, because nothing takes effect later than this after it was sent. */
const latestEffectMs = 9 * minuteMs;
/** The product waits an hour for a reservation to run. */
const latestRunMs = 50 * minuteMs;
const latestWriteMs = 90 * secondMs;
/** How much more often a write goes wrong than a read, and a call that changes something; never always. */
const writeIsRisky = 1.5;
const changeIsRisky = 4;
const mostRate = 0.6;
/** How often a favourite strikes where nothing else would; deaths and the table's troubles, at many more points. */
const favouriteRate = 0.3;
const rareFavouriteRate = 0.08;

/** One life's weather: how often what goes wrong. */
export interface Climate {
  readonly rate: number;
  /** The faults this life is about, each far more often than the others. */
  readonly favourites: readonly FaultName[];
  /** PortOne answers no with its effect made, and what it shows afterwards is right. */
  readonly refusesFalsely: boolean;
}

export class Weather {
  readonly counts = new Map<FaultName, number>();
  readonly #dice: Dice;
  readonly #climate: Climate;
  isOver = false;

  constructor(dice: Dice, climate: Climate) {
    this.#dice = dice;
    this.#climate = climate;
  }

  count(fault: FaultName): void {
    this.counts.set(fault, (this.counts.get(fault) ?? 0) + 1);
  }

  /** Whether this goes wrong now, counted when it does. */
  strikes(fault: FaultName, often = 1): boolean {
    const { rate, favourites } = this.#climate;
    const share = favourites.includes(fault) ? Math.max(favouriteRate, rate * often) : rate * often;
    if (this.isOver || this.#dice.next() >= share) return false;
    this.count(fault);
    return true;
  }

  tableRead(): Fate {
    const fault = this.#draw(1, ["table_read_unanswered", "died_before", "died_after", "frozen"]);
    if (fault === "table_read_unanswered") return this.#fate(fault, null, tableGivesUpMs, "none");
    return this.#usual(fault, 2 + this.#ms(12));
  }

  tableWrite(): Fate {
    const fault = this.#draw(writeIsRisky, [
      "table_write_lost",
      "table_answer_lost",
      "table_own_write_met",
      "table_write_late",
      "died_before",
      "died_after",
      "frozen",
    ]);
    switch (fault) {
      case "table_write_lost":
        return this.#fate(fault, null, tableGivesUpMs, "none");
      case "table_answer_lost":
        return this.#fate(fault, 5, tableGivesUpMs, "none");
      case "table_own_write_met":
        return this.#fate(fault, 5, 820, "repeat");
      case "table_write_late":
        return this.#fate(fault, tableGivesUpMs + 1 + this.#ms(latestWriteMs), tableGivesUpMs, "none");
      default:
        return this.#usual(fault, 3 + this.#ms(15));
    }
  }

  login(): Fate {
    const fault = this.#draw(1, ["portone_login_unanswered", "died_before", "died_after"]);
    if (fault === "portone_login_unanswered") return this.#fate(fault, null, 4 * secondMs, "none");
    return this.#usual(fault, 1);
  }

  question(): Fate {
    const fault = this.#draw(1, ["portone_unanswered", "died_before", "died_after", "frozen"]);
    if (fault === "portone_unanswered") return this.#fate(fault, null, questionGivesUpMs, "none");
    return this.#usual(fault, 40 + this.#ms(300));
  }

  /** How old the record is that a question shows. */
  staleness(): number {
    return this.strikes("portone_stale_read") ? 1 + this.#ms(45 * secondMs) : 0;
  }

  /** How long after its time PortOne gets round to a reservation. */
  runsLateByMs(): number {
    return this.strikes("run_late", 2) ? 1 + this.#ms(latestRunMs) : 0;
  }

  /** A call that changes something at PortOne; its no may be false where its record then shows at once. */
  change(showsAtOnce: boolean): Fate {
    const falsely = showsAtOnce && this.#climate.refusesFalsely ? (["call_refused_falsely"] as const) : [];
    const fault = this.#draw(changeIsRisky, [
      "call_lost",
      "call_answer_lost",
      "call_answer_late",
      "call_effect_late",
      "call_refused",
      "died_before",
      "died_after",
      ...falsely,
    ]);
    switch (fault) {
      case "call_lost":
        return this.#fate(fault, null, callGivesUpMs, "none");
      case "call_answer_lost":
        return this.#fate(fault, 50 + this.#ms(900), callGivesUpMs, "none");
      case "call_answer_late":
        return this.#fate(fault, 50 + this.#ms(4 * secondMs), 5 * secondMs + this.#ms(4_900), "effect");
      case "call_effect_late":
        return this.#fate(
          fault,
          callGivesUpMs + this.#ms(latestEffectMs - callGivesUpMs),
          callGivesUpMs,
          "none",
        );
      case "call_refused":
        return this.#fate(fault, null, 200 + this.#ms(600), "refusal");
      case "call_refused_falsely":
        return this.#fate(fault, 100, 200 + this.#ms(600), "refusal");
      default:
        return this.#usual(fault, 80 + this.#ms(800));
    }
  }

  /** The faults every call shares. */
  #usual(fault: FaultName | null, ms: number): Fate {
    switch (fault) {
      case "died_before":
        return { fault, reachesAfterMs: null, answersAfterMs: null, answer: "none" };
      case "died_after":
        return { fault, reachesAfterMs: ms, answersAfterMs: null, answer: "none" };
      case "frozen":
        return this.#fate(
          fault,
          ms,
          ms + 4 * secondMs + this.#ms(this.#dice.next() < 0.8 ? 8 * secondMs : 60 * secondMs),
          "effect",
        );
      default:
        return this.#fate(null, ms, ms, "effect");
    }
  }

  #fate(
    fault: FaultName | null,
    reachesAfterMs: number | null,
    answersAfterMs: number,
    answer: Answer,
  ): Fate {
    return { fault, reachesAfterMs, answersAfterMs, answer };
  }

  #draw(often: number, possible: readonly FaultName[]): FaultName | null {
    if (this.isOver) return null;
    const fault = this.#favourite(possible) ?? this.#any(often, possible);
    if (fault !== null) this.count(fault);
    return fault;
  }

  #favourite(possible: readonly FaultName[]): FaultName | null {
    for (const fault of this.#climate.favourites) {
      const rate = fault.startsWith("call_") ? favouriteRate : rareFavouriteRate;
      if (possible.includes(fault) && this.#dice.next() < rate) return fault;
    }
    return null;
  }

  #any(often: number, possible: readonly FaultName[]): FaultName | null {
    const rate = Math.min(mostRate, this.#climate.rate * often);
    return this.#dice.next() < rate ? this.#dice.pick(possible) : null;
  }

  #ms(most: number): number {
    return this.#dice.below(most);
  }
}
