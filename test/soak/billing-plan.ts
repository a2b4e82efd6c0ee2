// What the billing soak does, drawn from a seed before anything runs: debts with the card they are charged to
// and how often the shop repeats itself, and the faults and kills around each batch of them.
import { createHash } from "node:crypto";
import type { PlannedFault } from "./planned.ts";
import { createDice, type Dice } from "./random.ts";

/** What becomes of a reserved charge before it runs. */
export type PlannedChange = "none" | "move" | "move_twice" | "revoke" | "void";
export type CardFate = "pays" | "declines" | "unreachable";

export interface PlannedDebt {
  readonly debt: string;
  readonly way: "onetime" | "again" | "two_steps" | "schedule";
  readonly fate: CardFate;
  readonly amount: number;
  readonly card: SoakCard;
  /** The same call at once, as a shop that lost its temper. */
  readonly copies: number;
  readonly change: PlannedChange;
  /** On this card a reserved charge that failed is retried; null: it is charged under a new number. */
  readonly retryCard: SoakCard | null;
}

export interface SoakCard {
  readonly card_number: string;
  readonly expiry: string;
  readonly birth: string;
  readonly pwd_2digit: string;
}

export interface BillingBatch {
  readonly debts: readonly PlannedDebt[];
  readonly faults: readonly PlannedFault[];
}

export interface BillingPlan {
  readonly batches: readonly BillingBatch[];
  readonly hash: string;
}

const ways = ["onetime", "onetime", "again", "again", "two_steps", "schedule"] as const;
const fates: readonly CardFate[] = ["pays", "pays", "pays", "pays", "declines", "unreachable"];
const reservingWays = [...ways, "schedule", "schedule", "schedule"] as const;
const changes: readonly PlannedChange[] = ["none", "none", "move", "move_twice", "revoke", "void"];
const batchSize = 10;
const killsPerBatch = 4;
const faultsPerBatch = 5;
const batchesPerSlowFault = 5;

const charges = [
  "POST /subscribe/payments/onetime",
  "POST /subscribe/payments/again",
  "POST /subscribe/customers/{customer_uid}",
  "POST /subscribe/payments/schedule",
];
const instructions = [
  "POST /subscribe/payments/schedule",
  "PUT /subscribe/payments/schedule/{merchant_uid}",
  "POST /subscribe/payments/unschedule",
  "POST /subscribe/payments/schedule/{merchant_uid}/retry",
];
const chargeFaults = [
  "answer_lost_after_effect",
  "answer_lost_after_effect",
  "reset_mid_body",
  "invalid_json",
  "server_error_then_ok",
  "rate_limited",
  "token_expired",
];
const slowFaults = [
  { name: "late_effect", call: "POST /subscribe/payments/onetime", delay_ms: 4 * 60_000 },
  { name: "late_effect", call: "POST /subscribe/payments/again", delay_ms: 25 * 60_000 },
  { name: "late_answer", call: "POST /subscribe/payments/again", delay_ms: 11_000 },
];
const slowInstructions = instructions.map((call) => ({ name: "late_effect", call, delay_ms: 4 * 60_000 }));
const tableFaults = ["dynamodb_throttled", "dynamodb_down", "dynamodb_answer_lost_after_effect"];

export function drawBillingPlan(seed: number, debtCount: number, hasReservations: boolean): BillingPlan {
  const dice = createDice(seed);
  const batches = Array.from({ length: Math.ceil(debtCount / batchSize) }, (_, batch) => ({
    debts: Array.from({ length: Math.min(batchSize, debtCount - batch * batchSize) }, (__, index) =>
      drawDebt(dice, `d${seed}-${batch}-${index}`, hasReservations),
    ),
    faults: [
      ...Array.from({ length: killsPerBatch }, () => drawKill(dice, hasReservations)),
      ...Array.from({ length: faultsPerBatch }, () => drawFault(dice, hasReservations)),
      ...(batch % batchesPerSlowFault === 0 ? [drawSlowFault(dice, hasReservations)] : []),
    ],
  }));
  return { batches, hash: `sha256:${createHash("sha256").update(JSON.stringify(batches)).digest("hex")}` };
}

function drawDebt(dice: Dice, debt: string, hasReservations: boolean): PlannedDebt {
  const fate = dice.pick(fates);
  const way = dice.pick(hasReservations ? reservingWays : ways);
  const isChanging = hasReservations && way === "schedule";
  return {
    debt,
    way,
    fate,
    amount: 1_000 + dice.below(49_000),
    card: drawCard(dice, fate),
    copies: 1 + dice.below(3),
    change: isChanging ? dice.pick(changes) : "none",
    retryCard: isChanging && dice.below(2) === 0 ? drawCard(dice, "pays") : null,
  };
}

/** Luhn-valid, and ending as the simulator wants a declined or unreachable card to end. */
function drawCard(dice: Dice, fate: CardFate): SoakCard {
  const endings: Record<CardFate, string | null> = { pays: null, declines: "0002", unreachable: "0005" };
  const ending = endings[fate];
  let digits = "";
  do {
    const body = `4518${String(dice.below(100_000_000)).padStart(8, "0")}`;
    digits = body + (ending ?? String(1_000 + dice.below(9_000)));
  } while (!isLuhn(digits) || (ending === null && /000[25]$/.test(digits)));
  const birth = `${70 + dice.below(30)}${String(1 + dice.below(12)).padStart(2, "0")}${String(10 + dice.below(18))}`;
  const pwd_2digit = String(10 + dice.below(90));
  return { card_number: (digits.match(/.{4}/g) ?? []).join("-"), expiry: "2031-12", birth, pwd_2digit };
}

const isLuhn = (digits: string): boolean =>
  [...digits].reverse().reduce((sum, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1);
    return sum + (doubled > 9 ? doubled - 9 : doubled);
  }, 0) %
    10 ===
  0;

const drawKill = (dice: Dice, hasReservations: boolean): PlannedFault => ({
  at: "host",
  body: {
    name: dice.pick(["crash_before", "crash_after"]),
    function: dice.pick([
      ...["billing", "billing", "billing", "notice", "reconcile"],
      ...(hasReservations ? ["orders"] : []),
    ]),
    occurrence: 1 + dice.below(12),
    count: 1,
  },
});

function drawFault(dice: Dice, hasReservations: boolean): PlannedFault {
  const called = hasReservations ? [...charges, ...instructions] : charges;
  const occurrence = 1 + dice.below(4);
  if (dice.below(4) === 0)
    return { at: "host", body: { name: dice.pick(tableFaults), function: "billing", occurrence, count: 1 } };
  if (dice.below(5) === 0)
    return { at: "simulator", body: { name: "notice_never", call: "notice", occurrence, count: 3 } };
  return {
    at: "simulator",
    body: { name: dice.pick(chargeFaults), call: dice.pick(called), occurrence, count: 1 },
  };
}

const drawSlowFault = (dice: Dice, hasReservations: boolean): PlannedFault => ({
  at: "simulator",
  body: {
    ...dice.pick(hasReservations ? [...slowFaults, ...slowInstructions] : slowFaults),
    occurrence: 1,
    count: 1,
  },
});
