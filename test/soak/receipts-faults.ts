// The weather of the receipts soak, drawn from its dice: kills by call number, answers lost, late, torn or old, a table
// in trouble, and records that cannot be read or cannot be true.
import type { PlannedFault } from "./planned.ts";
import type { Dice } from "./random.ts";

const minuteMs = 60_000;
const doors = ["/receipts/{imp_uid}", "/receipts/{imp_uid}", "/receipts/external/{merchant_uid}"] as const;

const answerFaults = [
  "answer_lost_after_effect",
  "answer_lost_after_effect",
  "reset_mid_body",
  "invalid_json",
  "server_error_then_ok",
  "server_error_then_ok",
  "rate_limited",
  "token_expired",
];
const readFaults = [
  { name: "stale_read", delay_ms: minuteMs },
  { name: "stale_read", delay_ms: 12 * minuteMs },
  ...answerFaults.map((name) => ({ name })),
];
/** Records that nobody can read, or that no receipt can be. */
const patches = [
  { amount: null },
  { amount: "일억" },
  { amount: -55_000 },
  { amount: 1 },
  { vat: null },
  { apply_num: null },
  { apply_num: "__absent" },
  { applied_at: "어제" },
  { cancelled_at: "__absent" },
  { cancelled_at: "어제" },
];
/** Of a read alone: what a call did is told by its own answer. */
const readPatches = [{ cancelled_at: 1 }, { apply_num: "000000000" }];
const tableFaults = ["dynamodb_throttled", "dynamodb_down", "dynamodb_answer_lost_after_effect"];
/**
 * Each makes somebody wait in real time, so that only some batches have one. A DELETE that comes later than anybody
 * waits meets the receipt that was issued since.
 */
const slowFaults = [
  { name: "late_effect", method: "POST", delay_ms: 4 * minuteMs },
  { name: "no_answer", method: "DELETE" },
  { name: "late_effect", method: "DELETE", delay_ms: 4 * minuteMs },
  { name: "late_answer", method: "POST", delay_ms: 5_000 },
  { name: "no_answer", method: "POST" },
  { name: "late_effect", method: "DELETE", delay_ms: 25 * minuteMs },
  { name: "late_answer", method: "GET", delay_ms: 5_000 },
  { name: "late_effect", method: "POST", delay_ms: minuteMs },
  { name: "late_answer", method: "DELETE", delay_ms: 5_000 },
  { name: "no_answer", method: "GET" },
];

/** Calls that a round makes, so that a kill or a fault reaches any of them. */
const callsOf = { receipt: 40, reconcile: 60, refund: 40, portone: 5 };
const killed = ["receipt", "receipt", "reconcile", "reconcile", "refund"] as const;
const killsPerRound = 4;
const faultsPerRound = 5;

/** `isAbsurd`: records that cannot be true are among it. */
export const drawReceiptsWeather = (dice: Dice, isAbsurd: boolean): readonly PlannedFault[] => [
  ...Array.from({ length: killsPerRound }, () => drawKill(dice)),
  ...Array.from({ length: faultsPerRound }, () => drawFault(dice)),
  ...(isAbsurd ? Array.from({ length: faultsPerRound }, () => drawPatch(dice)) : []),
];

const drawKill = (dice: Dice): PlannedFault => {
  const functionName = dice.pick(killed);
  return {
    at: "host",
    body: {
      name: dice.pick(["crash_before", "crash_after"]),
      function: functionName,
      occurrence: 1 + dice.below(callsOf[functionName]),
      count: 1,
    },
  };
};

/** The first or any later of a round's calls. */
const someCall = (dice: Dice) => ({ occurrence: 1 + dice.below(callsOf.portone), count: 1 });

function drawFault(dice: Dice): PlannedFault {
  const atPortOne = (body: PlannedFault["body"]): PlannedFault => ({
    at: "simulator",
    body: { ...body, ...someCall(dice) },
  });
  switch (dice.below(6)) {
    case 0: {
      const functionName = dice.pick(killed);
      const occurrence = 1 + dice.below(callsOf[functionName]);
      return {
        at: "host",
        body: { name: dice.pick(tableFaults), function: functionName, occurrence, count: 1 },
      };
    }
    case 1:
      return atPortOne({ ...dice.pick(readFaults), call: `GET ${dice.pick(doors)}` });
    case 2:
    case 3:
      return atPortOne({ name: dice.pick(answerFaults), call: `DELETE ${dice.pick(doors)}` });
    default:
      return atPortOne({ name: dice.pick(answerFaults), call: `POST ${dice.pick(doors)}` });
  }
}

function drawPatch(dice: Dice): PlannedFault {
  const method = dice.pick(["GET", "POST", "DELETE"]);
  const patch = dice.pick(method === "GET" ? [...patches, ...readPatches] : patches);
  const call = `${method} ${dice.pick(doors)}`;
  return { at: "simulator", body: { name: "record_patched", call, patch, ...someCall(dice) } };
}

/** By turns, so that a soak of some length has each. */
export function drawSlowFault(dice: Dice, turn: number): readonly PlannedFault[] {
  const { method, ...fault } = slowFaults[turn % slowFaults.length] ?? { name: "no_answer", method: "GET" };
  const body = { ...fault, call: `${method} ${doors[0]}`, occurrence: 1 + dice.below(2), count: 1 };
  return [{ at: "simulator", body }];
}
