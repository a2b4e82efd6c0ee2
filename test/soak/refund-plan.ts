// The refunds of the payments soak, drawn from its dice: whole and in part, one key repeated at once, several keys at
// once, and the kills inside them.
import type { PlannedFault, PlannedOrder } from "./planned.ts";
import type { Dice } from "./random.ts";

export interface PlannedAsk {
  readonly key: string;
  /** Null: all that is left. */
  readonly amount: number | null;
  /** The same call at once, as a shop that lost its temper. */
  readonly copies: number;
  /** Its share where it is not said. */
  readonly taxFree?: number;
  /** Where a virtual account's money goes; the shop's usual one where it is not said, nowhere where it is null. */
  readonly account?: RefundAccount | null;
}

export interface RefundAccount {
  readonly refund_holder: string;
  readonly refund_bank: string;
  readonly refund_account: string;
}

export interface PlannedRefund {
  readonly order: PlannedOrder<string>;
  readonly asks: readonly PlannedAsk[];
  /** All keys at once; otherwise one after the other. */
  readonly isAtOnce: boolean;
}

const ways = ["part", "part", "whole", "keys_at_once", "part_then_rest"] as const;
type Way = (typeof ways)[number];

export function drawRefund(dice: Dice, order: PlannedOrder<string>): PlannedRefund {
  const { merchantUid, amount, payMethod } = order;
  // KSNET gives no part of a phone bill back.
  const way: Way = payMethod === "phone" ? "whole" : dice.pick(ways);
  const ask = (name: string, asked: number | null): PlannedAsk => ({
    key: `${name}-${merchantUid}`,
    amount: asked,
    copies: 1 + dice.below(3),
  });
  const part = Math.ceil(amount / (3 + dice.below(5)));
  switch (way) {
    case "part":
      return { order, asks: [ask("part", part)], isAtOnce: false };
    case "whole":
      return { order, asks: [ask("whole", null)], isAtOnce: false };
    case "keys_at_once":
      return { order, asks: ["one", "two", "three"].map((name) => ask(name, part)), isAtOnce: true };
    case "part_then_rest":
      return { order, asks: [ask("part", part), ask("rest", null)], isAtOnce: false };
  }
}

/** Calls of refunds that one batch makes, so that a kill reaches any of them. */
const callsOfRefunds = 60;

export const drawRefundKill = (dice: Dice): PlannedFault => ({
  at: "host",
  body: {
    name: dice.pick(["crash_before", "crash_after"]),
    function: "refund",
    occurrence: 1 + dice.below(callsOfRefunds),
    count: 1,
  },
});

/** Refunds a batch asks for, and kills and faults that meet them. */
export const refundsPerBatch = 10;
export const refundKillsPerBatch = 6;
