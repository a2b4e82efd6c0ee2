// What the refunds soak does, drawn from a seed before anything runs: batches by day and by night, of orders whose
// money goes back in one of many ways, and the faults and kills around them. The same seed is the same plan.
import { createHash } from "node:crypto";
import type { ChecksumAt, PlannedFault } from "./planned.ts";
import { createDice } from "./random.ts";
import type { PlannedRefund } from "./refund-plan.ts";
import { drawMorningWeather, drawRefundsWeather } from "./refunds-faults.ts";
import { asksOf, dayWays, drawStory, nightWays, type RefundStory } from "./refunds-ways.ts";

export interface RefundsBatch {
  readonly checksumAt: ChecksumAt;
  /** When the shop asks, in Korea: from 22:58 to 06:00 nothing of a virtual account goes back. */
  readonly askedAt: string;
  readonly stories: readonly RefundStory[];
  readonly faults: readonly PlannedFault[];
  /** While what waited for the morning runs; null by day. */
  readonly morning: readonly PlannedFault[] | null;
}

export interface RefundsPlan {
  readonly batches: readonly RefundsBatch[];
  /** SHA-256 over all of it. */
  readonly hash: string;
}

const refundsPerBatch = 25;
const noon = "12:00:00";
/** In the first minute, in the middle, after midnight, and so late that it opens while the shop still asks. */
const nights = ["22:58:30", "23:30:00", "02:15:00", "05:59:50"] as const;
/** Day and night by turns, and each with both settings. */
const turns: readonly ChecksumAt[] = ["commit", "arrival", "arrival", "commit"];

/** As many refunds as asked for, each under a key of its own. */
export function drawRefundsPlan(seed: number, count: number): RefundsPlan {
  const dice = createDice(seed);
  const batches: RefundsBatch[] = [];
  for (let left = count; left > 0; ) {
    const batch = batches.length;
    const isNight = batch % 2 === 1;
    const stories: RefundStory[] = [];
    const most = Math.min(left, refundsPerBatch);
    for (let room = most; room > 0; ) {
      const ways = isNight ? nightWays : dayWays;
      const story = drawStory(dice, `r${seed}-${batch}-${stories.length}`, ways, room);
      stories.push(story);
      room -= asksOf(story).length;
    }
    left -= most;
    batches.push({
      checksumAt: turns[batch % turns.length] ?? "commit",
      askedAt: isNight ? dice.pick(nights) : noon,
      stories,
      faults: drawRefundsWeather(dice, batch),
      morning: isNight ? drawMorningWeather(dice, batch) : null,
    });
  }
  return { batches, hash: `sha256:${createHash("sha256").update(JSON.stringify(batches)).digest("hex")}` };
}

/** The keys of one order, for whoever asks until each has a word. */
export const refundOfStory = (story: RefundStory): PlannedRefund => ({
  order: story.order,
  asks: asksOf(story),
  isAtOnce: false,
});
