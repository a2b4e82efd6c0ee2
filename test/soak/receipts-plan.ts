// What the receipts soak does, drawn from a seed before anything runs: batches of orders with their receipts, by day and
// by night, in phases of which each has a PortOne of its own, and the faults and kills around them. The same seed is
// the same plan.
import { createHash } from "node:crypto";
import type { PlannedFault } from "./planned.ts";
import { createDice, type Dice } from "./random.ts";
import { mostBuyers } from "./receipts-buyers.ts";
import { drawReceiptsWeather, drawSlowFault } from "./receipts-faults.ts";
import {
  dayWays,
  drawReceiptStory,
  nightWays,
  type ReceiptStory,
  refusableWays,
  saleWays,
  type Way,
  windowWays,
} from "./receipts-ways.ts";

export interface ReceiptsRound {
  /** While the shops act, each one step of its story. */
  readonly faults: readonly PlannedFault[];
  /** The sweep is at work as they do. */
  readonly isSwept: boolean;
  /** From there to the sweep. */
  readonly pauseMs: number;
  readonly sweepFaults: readonly PlannedFault[];
}

export interface ReceiptsBatch {
  /** When the shops begin, in Korea: from 22:58 to 06:00 nothing of a virtual account goes back. */
  readonly askedAt: string;
  readonly isNight: boolean;
  readonly stories: readonly ReceiptStory[];
  /** One for each step of the longest story. */
  readonly rounds: readonly ReceiptsRound[];
  /** While what waited for the morning runs; none by day. */
  readonly morning: readonly PlannedFault[];
  /** While the receipts follow the money that went back. */
  readonly following: readonly PlannedFault[];
}

export type PhaseName = "first" | "on_partial" | "reissue" | "absurd" | "last";

export interface ReceiptsPhase {
  readonly name: PhaseName;
  /** Of PortOne, on which its documentation is silent. */
  readonly switches: Readonly<Record<"receipt_on_partial" | "receipt_reissue", "allowed" | "400">>;
  readonly batches: readonly ReceiptsBatch[];
}

export interface ReceiptsPlan {
  readonly phases: readonly ReceiptsPhase[];
  /** SHA-256 over all of it. */
  readonly hash: string;
}

const minuteMs = 60_000;
const storiesPerBatch = 15;
const noon = "12:00:00";
const nights = ["22:58:30", "23:30:00", "02:15:00"] as const;
const usual = { receipt_on_partial: "allowed", receipt_reissue: "allowed" } as const;

interface Phase {
  readonly name: PhaseName;
  readonly switches: ReceiptsPhase["switches"];
  /** Of all orders, in hundredths; the last phase has whatever is left. */
  readonly share: number;
  readonly ways: readonly Way[];
}

const anyDay = [...dayWays, ...windowWays, ...saleWays];
const phases: readonly Phase[] = [
  { name: "first", switches: usual, share: 35, ways: anyDay },
  { name: "on_partial", switches: { ...usual, receipt_on_partial: "400" }, share: 15, ways: refusableWays },
  { name: "reissue", switches: { ...usual, receipt_reissue: "400" }, share: 10, ways: refusableWays },
  { name: "absurd", switches: usual, share: 15, ways: anyDay },
  { name: "last", switches: usual, share: 100, ways: anyDay },
];

export const mostOrders = mostBuyers / 4;

/** As many orders and sales as asked for; at least one in each phase, where there are enough. */
export function drawReceiptsPlan(seed: number, orderCount: number): ReceiptsPlan {
  const dice = createDice(seed);
  let serials = 0;
  const nextSerial = () => serials++;
  // By turns from a thrown beginning, so that a short soak has many ways and a longer one has all.
  const turns = new Map<readonly Way[], number>(
    [anyDay, refusableWays, nightWays].map((ways) => [ways, dice.below(ways.length)]),
  );
  const nextWay = (ways: readonly Way[]): Way => {
    const turn = turns.get(ways) ?? 0;
    turns.set(ways, turn + 1);
    return ways[turn % ways.length] ?? dice.pick(ways);
  };
  let left = orderCount;
  let slowFaults = dice.below(10);
  const drawn = phases.map(({ name, switches, share, ways }) => {
    const batches: ReceiptsBatch[] = [];
    for (let room = Math.min(left, Math.ceil((orderCount * share) / 100)); room > 0; ) {
      const count = Math.min(room, storiesPerBatch);
      const isNight = batches.length % 3 === 1 && ways === anyDay;
      const batch = Array.from({ length: count }, (_, index) =>
        drawReceiptStory(
          dice,
          `t${seed}-${name}-${batches.length}-${index}`,
          nextWay(isNight ? nightWays : ways),
          nextSerial,
        ),
      );
      batches.push(drawBatch(dice, batch, { isNight, isAbsurd: name === "absurd", slowFault: slowFaults++ }));
      room -= count;
      left -= count;
    }
    return { name, switches, batches };
  });
  return {
    phases: drawn,
    hash: `sha256:${createHash("sha256").update(JSON.stringify(drawn)).digest("hex")}`,
  };
}

interface Draw {
  readonly isNight: boolean;
  readonly isAbsurd: boolean;
  readonly slowFault: number;
}

function drawBatch(
  dice: Dice,
  stories: readonly ReceiptStory[],
  { isNight, isAbsurd, slowFault }: Draw,
): ReceiptsBatch {
  const weather = () => drawReceiptsWeather(dice, isAbsurd);
  const steps = Math.max(...stories.map((story) => story.steps.length));
  const rounds = Array.from({ length: steps }, () => ({
    faults: weather(),
    isSwept: dice.below(2) === 0,
    pauseMs: dice.pick([0, 61_000, 5 * minuteMs, 11 * minuteMs]),
    sweepFaults: weather(),
  }));
  return {
    askedAt: isNight ? dice.pick(nights) : noon,
    isNight,
    stories,
    rounds: rounds.map((round, index) =>
      index === 1 ? { ...round, faults: [...round.faults, ...drawSlowFault(dice, slowFault)] } : round,
    ),
    morning: isNight ? weather() : [],
    following: [...weather(), ...drawSlowFault(dice, slowFault + 5)],
  };
}

export const storiesOf = ({ batches }: ReceiptsPhase): readonly ReceiptStory[] =>
  batches.flatMap((batch) => batch.stories);
