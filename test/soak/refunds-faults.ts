// The weather of the refunds soak, drawn from its dice: kills by call number, answers lost, late, torn or old, records
// that cannot be read, a table in trouble.
import type { PlannedFault } from "./planned.ts";
import type { Dice } from "./random.ts";

const cancel = "POST /payments/cancel";
const read = "GET /payments/{imp_uid}";
const minuteMs = 60_000;

const cancelFaults = [
  "answer_lost_after_effect",
  "answer_lost_after_effect",
  "reset_mid_body",
  "invalid_json",
  "server_error_then_ok",
  "server_error_then_ok",
  "rate_limited",
  "token_expired",
  "reason_dropped",
];
const readFaults = [
  { name: "stale_read", delay_ms: minuteMs },
  { name: "stale_read", delay_ms: 12 * minuteMs },
  { name: "reset_mid_body" },
  { name: "invalid_json" },
  { name: "server_error_then_ok" },
  { name: "rate_limited" },
  { name: "answer_lost_after_effect" },
];
/** Records without what a cancel is told by: whoever believes one has lost it. */
const patches = [
  { cancel_history: null },
  { cancel_history: "__absent" },
  { cancel_history: "" },
  { cancel_amount: null },
  { cancel_amount: "일억" },
];
const tableFaults = ["dynamodb_throttled", "dynamodb_down", "dynamodb_answer_lost_after_effect"];
const noticeFaults = ["notice_duplicated", "notice_never", "notice_after_refund"];
/** Each makes somebody wait in real time, so that only some batches have one. Their number shares nothing with the turns. */
const slowFaults = [
  { name: "late_effect", call: cancel, delay_ms: 4 * minuteMs },
  { name: "no_answer", call: cancel },
  { name: "late_effect", call: cancel, delay_ms: minuteMs },
  { name: "late_answer", call: read, delay_ms: 5_000 },
  { name: "no_answer", call: read },
];
/** Odd, so that a slow fault comes by day and by night, under both settings. */
const batchesPerSlowFault = 3;

const killsPerBatch = 8;
const faultsPerBatch = 7;
/** Calls that a batch makes of each kind, so that a kill or a fault reaches any of them. */
const callsOfRefunds = 150;
const cancelsOfBatch = 12;
const readsOfBatch = 10;

export const drawRefundsWeather = (dice: Dice, batch: number): readonly PlannedFault[] => [
  ...Array.from({ length: killsPerBatch }, () => drawKill(dice, "refund", callsOfRefunds)),
  drawKill(dice, "notice", 8),
  drawKill(dice, "reconcile", 40),
  ...Array.from({ length: faultsPerBatch }, () => drawFault(dice, "refund")),
  ...drawSlowFault(dice, batch),
];

const killsPerMorning = 5;
const faultsPerMorning = 4;
const callsOfMorning = 60;

export const drawMorningWeather = (dice: Dice, batch: number): readonly PlannedFault[] => [
  ...Array.from({ length: killsPerMorning }, () => drawKill(dice, "reconcile", callsOfMorning)),
  drawKill(dice, "refund", 12),
  ...Array.from({ length: faultsPerMorning }, () => drawFault(dice, "reconcile")),
  ...drawSlowFault(dice, batch + 1),
];

const drawKill = (dice: Dice, functionName: string, calls: number): PlannedFault => ({
  at: "host",
  body: {
    name: dice.pick(["crash_before", "crash_after"]),
    function: functionName,
    occurrence: 1 + dice.below(calls),
    count: 1,
  },
});

function drawFault(dice: Dice, functionName: string): PlannedFault {
  const atPortOne = (body: PlannedFault["body"], calls: number): PlannedFault => ({
    at: "simulator",
    body: { ...body, occurrence: 1 + dice.below(calls), count: 1 },
  });
  switch (dice.below(7)) {
    case 0:
      return {
        at: "host",
        body: {
          name: dice.pick(tableFaults),
          function: functionName,
          occurrence: 1 + dice.below(callsOfMorning),
          count: 1,
        },
      };
    case 1:
      return atPortOne({ ...dice.pick(readFaults), call: read }, readsOfBatch);
    case 2:
      return atPortOne(
        { name: "record_patched", call: dice.pick([read, cancel]), patch: dice.pick(patches) },
        readsOfBatch,
      );
    case 3:
      return atPortOne({ name: dice.pick(noticeFaults), call: "notice" }, 4);
    default:
      return atPortOne({ name: dice.pick(cancelFaults), call: cancel }, cancelsOfBatch);
  }
}

function drawSlowFault(dice: Dice, batch: number): readonly PlannedFault[] {
  if (batch % batchesPerSlowFault !== 0) return [];
  const fault = slowFaults[(batch / batchesPerSlowFault) % slowFaults.length];
  return [{ at: "simulator", body: { ...fault, occurrence: 1 + dice.below(cancelsOfBatch / 2), count: 1 } }];
}
