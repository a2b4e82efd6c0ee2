// What the payments soak does, drawn from a seed before anything runs: orders with their stories, and for the
// second phase the faults and kills around each batch of them. The same seed is the same plan.
import { createHash } from "node:crypto";
import type { ChecksumAt, PlannedFault, PlannedOrder } from "./planned.ts";
import { createDice, type Dice } from "./random.ts";
import {
  drawRefund,
  drawRefundKill,
  type PlannedRefund,
  refundKillsPerBatch,
  refundsPerBatch,
} from "./refund-plan.ts";

/** Phase one: nobody tells the shop anything. */
export type QuietStory = "pay" | "deposit" | "decline" | "abandon" | "unopened";
/** Phase two: everything at once. */
export type LoudStory =
  | "pay"
  | "forge"
  | "second_payment"
  | "void_then_pay"
  | "console_cancel"
  | "refund"
  | "burst"
  | "decline"
  | "receipt"
  | "account_left"
  | "account_waits"
  | "account_void"
  | "account_and_card";

export interface Batch {
  readonly checksumAt: ChecksumAt;
  readonly orders: readonly PlannedOrder<LoudStory>[];
  /** Of payments of the first phase. */
  readonly refunds: readonly PlannedRefund[];
  readonly faults: readonly PlannedFault[];
}

export interface PaymentsPlan {
  readonly quiet: readonly PlannedOrder<QuietStory>[];
  readonly loud: readonly Batch[];
  /** SHA-256 over all of it. */
  readonly hash: string;
}

const quietStories: readonly QuietStory[] = [
  "pay",
  "pay",
  "pay",
  "pay",
  "deposit",
  "decline",
  "abandon",
  "unopened",
];
const loudStories: readonly LoudStory[] = [
  "pay",
  "pay",
  "forge",
  "second_payment",
  "void_then_pay",
  "console_cancel",
  "console_cancel",
  "refund",
  "refund",
  "burst",
  "decline",
  "receipt",
  "account_left",
  "account_waits",
  "account_void",
  "account_and_card",
];
/** The only method a story can be played with. */
const methodOf: Readonly<Partial<Record<QuietStory | LoudStory, string>>> = {
  deposit: "vbank",
  receipt: "trans",
  account_left: "vbank",
  account_waits: "vbank",
  account_void: "vbank",
  account_and_card: "vbank",
};
const payMethods = ["card", "card", "trans", "phone", "kakaopay", "naverpay"];
const batchSize = 10;
const killsPerBatch = 9;
const faultsPerBatch = 5;

const functions = ["confirm", "notice", "complete", "orders", "refund", "reconcile"];
const tableFaults = [
  "dynamodb_throttled",
  "dynamodb_down",
  "dynamodb_no_answer",
  "dynamodb_answer_lost_after_effect",
];
const reads = ["GET /payments/{imp_uid}", "GET /payments/findAll/{merchant_uid}"];
const readFaults = [
  "reset_mid_body",
  "invalid_json",
  "server_error_then_ok",
  "rate_limited",
  "token_expired",
  "answer_lost_after_effect",
  "status_unknown",
];
const cancelFaults = [
  "answer_lost_after_effect",
  "reset_mid_body",
  "invalid_json",
  "server_error_then_ok",
  "rate_limited",
  "token_expired",
  "reason_dropped",
];
const noticeFaults = ["notice_duplicated", "notice_before_browser", "notice_after_refund", "notice_never"];
/** Each makes somebody wait in real time, so that only some batches have one. */
const slowFaults = [
  { name: "no_answer", call: "GET /payments/{imp_uid}" },
  { name: "no_answer", call: "POST /payments/cancel" },
  { name: "late_answer", call: "GET /payments/{imp_uid}", delay_ms: 5_000 },
  { name: "late_effect", call: "POST /payments/cancel", delay_ms: 240_000 },
];
/** Odd, so that a slow fault that comes twice in a row meets both settings of the checksum. */
const batchesPerSlowFault = 3;
const timesInARow = 2;
/** A read of a moment ago; a payment that really took another amount than was asked. */
const recordFaults = [
  { name: "stale_read", call: "GET /payments/{imp_uid}", delay_ms: 60_000 },
  { name: "amount_changed", call: "confirm" },
];

export function drawPaymentsPlan(seed: number, orderCount: number): PaymentsPlan {
  const dice = createDice(seed);
  const quiet = Array.from({ length: orderCount }, (_, index) =>
    drawOrder(dice, `q${seed}-${index}`, quietStories),
  );
  const paid = quiet.filter(({ story }) => story === "pay" || story === "deposit");
  const firstSlowFault = dice.below(slowFaults.length);
  const batches = Math.max(2, Math.ceil(orderCount / 2 / batchSize));
  const loud = Array.from({ length: batches }, (_, batch) => ({
    // By turns, so that the shortest soak has both.
    checksumAt: batch % 2 === 0 ? ("commit" as const) : ("arrival" as const),
    orders: Array.from({ length: batchSize }, (__, index) =>
      drawOrder(dice, `l${seed}-${batch}-${index}`, loudStories),
    ),
    refunds: paid
      .slice(batch * refundsPerBatch, (batch + 1) * refundsPerBatch)
      .map((order) => drawRefund(dice, order)),
    faults: [
      ...Array.from({ length: refundKillsPerBatch }, () => drawRefundKill(dice)),
      ...Array.from({ length: killsPerBatch }, () => drawKill(dice)),
      ...Array.from({ length: faultsPerBatch }, () => drawFault(dice)),
      ...drawSlowFault(dice, batch, firstSlowFault),
    ],
  }));
  return { quiet, loud, hash: hashOf({ quiet, loud }) };
}

export const hashOf = ({ quiet, loud }: Omit<PaymentsPlan, "hash">): string =>
  `sha256:${createHash("sha256").update(JSON.stringify({ quiet, loud })).digest("hex")}`;

function drawOrder<Story extends QuietStory | LoudStory>(
  dice: Dice,
  merchantUid: string,
  stories: readonly Story[],
): PlannedOrder<Story> {
  const story = dice.pick(stories);
  const payMethod = methodOf[story] ?? dice.pick(payMethods);
  return { merchantUid, story, amount: 1_000 + dice.below(99_000), payMethod };
}

const drawKill = (dice: Dice): PlannedFault => ({
  at: "host",
  body: {
    name: dice.pick(["crash_before", "crash_after"]),
    function: dice.pick(functions),
    occurrence: 1 + dice.below(6),
    count: 1,
  },
});

function drawFault(dice: Dice): PlannedFault {
  const occurrence = 1 + dice.below(3);
  switch (dice.below(5)) {
    case 0:
      return {
        at: "host",
        body: { name: dice.pick(tableFaults), function: dice.pick(functions), occurrence, count: 1 },
      };
    case 1:
      return {
        at: "simulator",
        body: { name: dice.pick(readFaults), call: dice.pick(reads), occurrence, count: 1 },
      };
    case 2:
      return {
        at: "simulator",
        body: { name: dice.pick(cancelFaults), call: "POST /payments/cancel", occurrence, count: 1 },
      };
    case 3:
      return {
        at: "simulator",
        body: { ...dice.pick(recordFaults), occurrence, count: 1 },
      };
    default:
      return {
        at: "simulator",
        body: { name: dice.pick(noticeFaults), call: "notice", occurrence, count: 2 },
      };
  }
}

/** Chance alone would leave a kind out of one of the settings, even in a long soak. */
function drawSlowFault(dice: Dice, batch: number, first: number): readonly PlannedFault[] {
  if (batch % batchesPerSlowFault !== 0) return [];
  const turn = Math.floor(batch / batchesPerSlowFault / timesInARow);
  const fault = slowFaults[(first + turn) % slowFaults.length];
  return [{ at: "simulator", body: { ...fault, occurrence: 1 + dice.below(3), count: 1 } }];
}
