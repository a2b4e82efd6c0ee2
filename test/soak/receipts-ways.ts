// The ways of a cash receipt: asked for, taken back and asked for again while the order's money goes back, by shop and
// console, by day and by night; taken in the window; and of a sale outside PortOne.
import type { PlannedOrder } from "./planned.ts";
import type { Dice } from "./random.ts";
import { drawBuyer, type PlannedBuyer } from "./receipts-buyers.ts";
import type { PlannedAsk } from "./refund-plan.ts";
import type { Deed } from "./refunds-ways.ts";

export type ReceiptDeed =
  | Deed
  /** The same call at once, as often as a shop clicks. */
  | { readonly what: "issue"; readonly buyer: PlannedBuyer; readonly copies: number }
  | { readonly what: "take_back"; readonly copies: number }
  /** Read, and previewed. */
  | { readonly what: "look" };

export interface ReceiptStory {
  readonly way: Way;
  /** A `sale` was made outside PortOne, under a number of the shop's own. */
  readonly order: PlannedOrder<"pay" | "sale">;
  /** One after the other; what stands together is done at once. */
  readonly steps: readonly (readonly ReceiptDeed[])[];
  /** Beside what waits for the morning, while it runs. */
  readonly whileRun: readonly ReceiptDeed[];
}

export type Way =
  | (typeof dayWays)[number]
  | (typeof nightWays)[number]
  | (typeof windowWays)[number]
  | (typeof saleWays)[number];

/** Whose receipt PortOne may refuse to issue over the rest, or once more. */
export const refusableWays = [
  "part",
  "parts",
  "part_then_whole",
  "console_part",
  "asked_after",
  "asked_again",
  "taken_back",
  "taken_back_after_part",
  "whole",
] as const;
export const windowWays = ["window", "window_part", "window_whole"] as const;
export const saleWays = ["sale", "sale_twice", "sale_taken_back"] as const;
export const dayWays = [
  ...refusableWays,
  "unasked",
  "kept",
  "parts_at_once",
  "console_whole",
  "console_at_once",
  "asked_at_once",
  "asked_after_whole",
  "taken_back_at_once",
  "asked_again_after_part",
  "asked_again_at_once",
] as const;
export const nightWays = [
  "night_part",
  "night_whole",
  "night_withdrawn",
  "night_asked",
  "night_taken_back",
  "night_console",
] as const;

/** The serial number stands for the next buyer that nobody was yet. */
export function drawReceiptStory(
  dice: Dice,
  merchantUid: string,
  way: Way,
  nextSerial: () => number,
): ReceiptStory {
  const order = drawOrder(dice, merchantUid, way, nextSerial);
  const tools: Tools = {
    ask: (name, amount) => ({
      what: "ask",
      ask: { key: `${name}-${merchantUid}`, amount, copies: 1 + dice.below(2) },
    }),
    issue: () => ({ what: "issue", buyer: drawBuyer(dice, nextSerial()), copies: 1 + dice.below(3) }),
    takeBack: () => ({ what: "take_back", copies: 1 + dice.below(2) }),
  };
  const [steps, whileRun = []] = ways[way](order.amount, tools);
  return { way, order, steps, whileRun };
}

export const deedsOf = ({ steps, whileRun }: Pick<ReceiptStory, "steps" | "whileRun">) => [
  ...steps.flat(),
  ...whileRun,
];

/** Everybody a receipt of the order names. */
export const buyersOf = (story: ReceiptStory): readonly PlannedBuyer[] =>
  deedsOf(story).flatMap((deed) => (deed.what === "issue" ? [deed.buyer] : []));

function drawOrder(
  dice: Dice,
  merchantUid: string,
  way: Way,
  nextSerial: () => number,
): ReceiptStory["order"] {
  const isOf = (ways: readonly string[]) => ways.includes(way);
  const amount = 1_000 + dice.below(99_000);
  const taxFree = dice.pick([0, Math.floor((amount * dice.below(11)) / 10), 1 + dice.below(999)]);
  const payMethod = isOf(nightWays) ? "vbank" : dice.pick(["trans", "vbank"]);
  const order = { merchantUid, amount, taxFree, payMethod, story: isOf(saleWays) ? "sale" : "pay" } as const;
  if (!isOf(windowWays)) return order;
  return { ...order, cashReceipt: drawBuyer(dice, nextSerial()).identifier.replaceAll(/[ -]/g, "") };
}

interface Tools {
  readonly ask: (name: string, amount: number | null) => { readonly what: "ask"; readonly ask: PlannedAsk };
  readonly issue: () => ReceiptDeed;
  readonly takeBack: () => ReceiptDeed;
}

type Deeds = readonly [steps: readonly (readonly ReceiptDeed[])[], whileRun?: readonly ReceiptDeed[]];

const look: ReceiptDeed = { what: "look" };
const byDesk = (amount: number | null): ReceiptDeed => ({ what: "console", amount });
const third = (amount: number): number => Math.floor(amount / 3);

const ways: Readonly<Record<Way, (amount: number, tools: Tools) => Deeds>> = {
  unasked: (amount, { ask }) => [[[ask("part", third(amount))]]],
  kept: (_, { issue }) => [[[look], [issue()], [look]]],
  part: (amount, { ask, issue }) => [[[issue()], [ask("part", third(amount))], [look]]],
  parts: (amount, { ask, issue }) => [
    [[issue()], [ask("one", third(amount))], [ask("two", third(amount) - 1)], [look]],
  ],
  parts_at_once: (amount, { ask, issue }) => [
    [[issue()], [ask("one", third(amount)), ask("two", third(amount) - 1)]],
  ],
  whole: (_, { ask, issue }) => [[[issue()], [ask("whole", null)], [look]]],
  part_then_whole: (amount, { ask, issue }) => [
    [[issue()], [ask("part", third(amount))], [ask("rest", null)]],
  ],
  console_part: (amount, { issue }) => [[[issue()], [byDesk(third(amount))], [look]]],
  console_whole: (_, { issue }) => [[[issue()], [byDesk(null)]]],
  console_at_once: (amount, { ask, issue }) => [
    [[issue()], [ask("part", third(amount)), byDesk(third(amount) - 1)]],
  ],
  asked_at_once: (amount, { ask, issue }) => [[[issue(), ask("part", third(amount))], [look]]],
  asked_after: (amount, { ask, issue }) => [[[ask("part", third(amount))], [issue()]]],
  asked_after_whole: (_, { ask, issue }) => [[[ask("whole", null)], [issue()]]],
  taken_back: (_, { issue, takeBack }) => [[[issue()], [takeBack()], [look]]],
  taken_back_after_part: (amount, { ask, issue, takeBack }) => [
    [[issue()], [ask("part", third(amount))], [look], [takeBack()]],
  ],
  taken_back_at_once: (amount, { ask, issue, takeBack }) => [
    [[issue()], [takeBack(), ask("part", third(amount))], [look]],
  ],
  asked_again: (amount, { ask, issue, takeBack }) => [
    [[issue()], [takeBack()], [issue()], [ask("part", third(amount))]],
  ],
  asked_again_after_part: (amount, { ask, issue, takeBack }) => [
    [[issue()], [ask("part", third(amount))], [takeBack()], [issue()]],
  ],
  asked_again_at_once: (amount, { ask, issue, takeBack }) => [
    [[issue()], [takeBack()], [issue(), ask("part", third(amount))]],
  ],
  window: (_, { issue }) => [[[look], [issue()]]],
  window_part: (amount, { ask, issue }) => [[[ask("part", third(amount))], [issue()]]],
  window_whole: (_, { ask }) => [[[ask("whole", null)]]],
  sale: (_, { issue }) => [[[issue()], [look]]],
  sale_twice: (_, { issue, takeBack }) => [[[issue()], [takeBack()], [issue()]]],
  sale_taken_back: (_, { issue, takeBack }) => [[[issue()], [look], [takeBack()]]],
  night_part: (amount, { ask, issue }) => [[[issue()], [ask("part", third(amount))]]],
  night_whole: (_, { ask, issue }) => [[[issue()], [ask("whole", null)]], [look]],
  night_withdrawn: (amount, { ask, issue }) => {
    const asked = ask("part", third(amount));
    return [[[issue()], [asked], [{ what: "withdraw", key: asked.ask.key }]]];
  },
  night_asked: (amount, { ask, issue }) => [[[ask("part", third(amount))], [issue()]]],
  night_taken_back: (amount, { ask, issue, takeBack }) => [
    [[issue()], [ask("part", third(amount))]],
    [takeBack()],
  ],
  night_console: (amount, { ask, issue }) => [
    [[issue()], [ask("part", third(amount))]],
    [byDesk(third(amount) - 1)],
  ],
};
