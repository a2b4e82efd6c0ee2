// A call to PortOne as one invocation makes it, whoever is called. One that changes something is shown to whoever
// watches before its fate is known: what counts is that it was sent.
import type { Money } from "../../../lib/domain/money.ts";
import type { CallResult, CancelRequest, Login, Unavailable } from "../../../lib/ports/portone.ts";
import type { Fate, Weather } from "../engine/fates.ts";
import type { Invocation } from "../engine/invocation.ts";
import { Refusal } from "./portone.ts";

/** What PortOne is told to do later, or no longer, or again. */
export const instructionCalls = ["schedule", "reschedule", "unschedule", "vbank_issue", "retry"] as const;
export type InstructionCall = (typeof instructionCalls)[number];

/** A call that changes something, as it leaves the product. */
export type Sent =
  | { readonly call: "cancel"; readonly request: CancelRequest }
  | { readonly call: "charge"; readonly merchantUid: string; readonly amount: Money }
  | { readonly call: "receipt_issue" | "receipt_cancel"; readonly impUid: string }
  | { readonly call: InstructionCall; readonly merchantUids: readonly string[] };

export type Outcome = CallResult<unknown>["outcome"];

export interface PortOneWatch {
  readonly sent: (sent: Sent, inv: Invocation) => void;
  readonly answered: (sent: Sent, outcome: Outcome) => void;
  /** A question was answered: about one attempt, or about all of a number's. */
  readonly asked: (impUid: string | null, merchantUid: string | null) => void;
}

const unavailable: Unavailable = { outcome: "unavailable", why: "timeout" };
const unknown = { outcome: "unknown", why: "timeout" } as const;
const falseNo = "거래가 거절되었습니다.";

export class Calls {
  readonly #inv: Invocation;
  readonly #weather: Weather;
  readonly #watch: PortOneWatch;

  constructor(inv: Invocation, weather: Weather, watch: PortOneWatch) {
    this.#inv = inv;
    this.#weather = weather;
    this.#watch = watch;
  }

  readonly login = (): Promise<Login> =>
    this.#inv.call<Login>(
      "logs in",
      this.#weather.login(),
      () => ({ outcome: "ready" }),
      () => unavailable,
    );

  ask<Value>(
    what: string,
    effect: () => Value,
    fate: Fate = this.#weather.question(),
  ): Promise<Value | Unavailable> {
    return this.#inv.call<Value | Unavailable>(what, fate, effect, () => unavailable);
  }

  /** `showsNow` where PortOne's no may be false: what it did then shows at once. */
  change<Value>(sent: Sent, effect: () => Value, showsNow?: () => void): Promise<CallResult<Value>> {
    const fate = this.#weather.change(showsNow !== undefined);
    if (fate.fault !== "died_before") this.#watch.sent(sent, this.#inv);
    return this.changeUnwatched(nameOf(sent), effect, fate, showsNow).then((result) => {
      this.#watch.answered(sent, result.outcome);
      return result;
    });
  }

  changeUnwatched<Value>(
    what: string,
    effect: () => Value,
    fate = this.#weather.change(false),
    showsNow: () => void = () => {},
  ): Promise<CallResult<Value>> {
    const happen = (): CallResult<Value> => {
      try {
        return { outcome: "done", value: effect() };
      } catch (error) {
        if (error instanceof Refusal) return { outcome: "refused", message: error.message };
        throw error;
      } finally {
        if (fate.answer === "refusal") showsNow();
      }
    };
    return this.#inv.call<CallResult<Value>>(what, fate, happen, (answer) =>
      answer === "refusal" ? { outcome: "refused", message: falseNo } : unknown,
    );
  }
}

const nameOf = (sent: Sent): string => {
  switch (sent.call) {
    case "cancel":
      return `cancels ${sent.request.amount} of ${sent.request.impUid} ${sent.request.reason}`;
    case "charge":
      return `charges ${sent.merchantUid}`;
    case "receipt_issue":
    case "receipt_cancel":
      return `${sent.call} of ${sent.impUid}`;
    default:
      return `${sent.call} of ${sent.merchantUids.join(", ")}`;
  }
};
