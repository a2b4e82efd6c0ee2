// What each fault does to a call of PortOne's API: one entry a fault. A turn offers the ordinary work;
// the entry decides whether, when and how visibly it happens.
import type { FaultName, Strike } from "../faults.ts";
import { type Answer, failure, unauthorized } from "./endpoint.ts";
import { mapPayments, withoutReasons, withUnknownStatus } from "./record-faults.ts";

export type Outcome =
  | { readonly kind: "answer"; readonly answer: Answer }
  | { readonly kind: "html"; readonly status: number }
  /** The connection stays open and nothing comes. */
  | { readonly kind: "silence" }
  /** The connection is closed without an answer. */
  | { readonly kind: "cut" }
  /** Half the answer, then a reset. */
  | { readonly kind: "half"; readonly answer: Answer };

export interface Turn {
  /** The ordinary work. */
  readonly handle: () => Answer;
  readonly handleAsOf: (agoMs: number) => Answer;
  readonly handleWithoutReason: () => Answer;
  readonly handleLater: (delayMs: number) => void;
  /** The work, with an amount the PG took that is not the one asked for. */
  readonly handleWithOtherAmount: () => Answer;
  readonly sleep: (ms: number) => Promise<void>;
}

type Effect = (turn: Turn, delayMs: number | null) => Outcome | Promise<Outcome>;

const answer = (given: Answer): Outcome => ({ kind: "answer", answer: given });
const minuteMs = 60_000;

const effects: Readonly<Partial<Record<FaultName, Effect>>> = {
  no_answer: () => ({ kind: "silence" }),
  late_effect: (turn, delayMs) => {
    turn.handleLater(delayMs ?? minuteMs);
    return { kind: "silence" };
  },
  late_answer: async (turn, delayMs) => {
    const given = turn.handle();
    await turn.sleep(delayMs ?? 10_000);
    return answer(given);
  },
  answer_lost_after_effect: (turn) => {
    turn.handle();
    return { kind: "cut" };
  },
  reset_mid_body: (turn) => ({ kind: "half", answer: turn.handle() }),
  invalid_json: (turn) => {
    turn.handle();
    return { kind: "html", status: 200 };
  },
  server_error_then_ok: () => ({ kind: "html", status: 502 }),
  rate_limited: () => answer(failure(429, "Too Many Requests")),
  token_expired: () => answer(unauthorized),
  stale_read: (turn, delayMs) => answer(turn.handleAsOf(delayMs ?? minuteMs)),
  reason_dropped: (turn) => answer(mapPayments(turn.handleWithoutReason(), withoutReasons)),
  amount_changed: (turn) => answer(turn.handleWithOtherAmount()),
  status_unknown: (turn) => answer(mapPayments(turn.handle(), withUnknownStatus)),
};

export function runUnder(strike: Strike | null, turn: Turn): Outcome | Promise<Outcome> {
  const effect = strike && effects[strike.name];
  return effect ? effect(turn, strike.delayMs) : answer(turn.handle());
}
