// The ways in which the money of one order goes back: what the shop asks for, what the console does in between, and
// what is taken back before the morning.
import type { PlannedOrder } from "./planned.ts";
import type { Dice } from "./random.ts";
import type { PlannedAsk, RefundAccount } from "./refund-plan.ts";

export type Deed =
  | { readonly what: "ask"; readonly ask: PlannedAsk }
  /** Null: all that is left. */
  | { readonly what: "console"; readonly amount: number | null }
  | { readonly what: "withdraw"; readonly key: string };

export interface RefundStory {
  readonly way: Way;
  readonly order: PlannedOrder<"pay">;
  /** One after the other; what stands together is done at once. */
  readonly steps: readonly (readonly Deed[])[];
  /** Beside what waits for the morning, a moment before it runs and while it runs. */
  readonly beforeRun: readonly Deed[];
  readonly whileRun: readonly Deed[];
}

type Way = (typeof dayWays)[number] | (typeof nightWays)[number];

export const dayWays = [
  "part",
  "whole",
  "part_then_rest",
  "keys_at_once",
  "taxes_named",
  "tax_too_much",
  "too_much",
  "console_between",
  "console_at_once",
  "console_all",
  "phone",
  "phone_part",
  "ten_parts",
  "account_part",
  "account_unnamed",
] as const;
export const nightWays = [
  "account_part",
  "account_whole",
  "account_unnamed",
  "account_keys",
  "withdrawn",
  "withdrawn_then_asked",
  "withdrawn_while_run",
  "asked_while_run",
  "console_before_run",
  "console_while_run",
  "keys_at_once",
  "console_at_once",
] as const;

/** Keys each way takes; the rest take one. */
const keysOf: Readonly<Partial<Record<Way, number>>> = {
  part_then_rest: 2,
  keys_at_once: 3,
  taxes_named: 3,
  tax_too_much: 2,
  too_much: 2,
  console_between: 2,
  console_at_once: 2,
  console_all: 2,
  phone_part: 2,
  ten_parts: 10,
  account_unnamed: 2,
  account_keys: 2,
  withdrawn_then_asked: 2,
};

const payMethods = ["card", "card", "trans", "kakaopay", "naverpay"];

/** A way that takes no more keys than there is room for. */
export function drawStory(dice: Dice, merchantUid: string, ways: readonly Way[], room: number): RefundStory {
  const way = dice.pick(ways.filter((one) => (keysOf[one] ?? 1) <= room));
  const order = drawOrder(dice, merchantUid, way);
  const account = order.payMethod === "vbank" ? drawAccount(dice) : undefined;
  const ask: AskNamed = (name, amount, more = {}) => ({
    what: "ask",
    ask: {
      key: `${name}-${merchantUid}`,
      amount,
      copies: 1 + dice.below(3),
      ...(account !== undefined && { account }),
      ...more,
    },
  });
  const nothing = { steps: [], beforeRun: [], whileRun: [] };
  return { ...nothing, way, order, ...deeds[way](order, ask) };
}

export const asksOf = ({ steps, beforeRun, whileRun }: RefundStory): readonly PlannedAsk[] =>
  asksIn([...steps.flat(), ...beforeRun, ...whileRun]);

/** Each key once. */
export const asksIn = (
  deeds: readonly ({ readonly what: string } | Extract<Deed, { readonly what: "ask" }>)[],
): readonly PlannedAsk[] => [
  ...new Map(deeds.flatMap((deed) => ("ask" in deed ? [[deed.ask.key, deed.ask] as const] : []))).values(),
];

function drawOrder(dice: Dice, merchantUid: string, way: Way): RefundStory["order"] {
  const amount = 10_000 + dice.below(90_000);
  const payMethod = /account|withdrawn|_run$/.test(way) ? "vbank" : dice.pick(payMethods);
  const taxFree = Math.floor((amount * dice.below(11)) / 10);
  const order = { merchantUid, amount, payMethod, taxFree, story: "pay" as const };
  if (payMethod === "vbank") return order;
  return { ...order, payMethod: way.startsWith("phone") ? "phone" : payMethod };
}

/** Nobody else's, so that it is known wherever it turns up. */
const drawAccount = (dice: Dice): RefundAccount => ({
  refund_holder: "김환불",
  refund_bank: dice.pick(["004", "088", "020"]),
  refund_account: `562-${String(dice.below(10_000)).padStart(4, "0")}-${String(dice.below(10_000_000)).padStart(7, "0")}`,
});

type AskNamed = (
  name: string,
  amount: number | null,
  more?: Partial<PlannedAsk>,
) => Extract<Deed, { readonly what: "ask" }>;
type Deeds = Partial<Pick<RefundStory, "steps" | "beforeRun" | "whileRun">>;

const byDesk = (amount: number | null): Deed => ({ what: "console", amount });
const alone = (deed: Deed): readonly Deed[] => [deed];
const repeated = ({ what, ask }: ReturnType<AskNamed>): Deed => ({ what, ask });

const deeds: Readonly<Record<Way, (order: RefundStory["order"], ask: AskNamed) => Deeds>> = {
  part: ({ amount }, ask) => ({ steps: [[ask("part", third(amount))]] }),
  whole: (_, ask) => ({ steps: [[ask("whole", null)]] }),
  part_then_rest: ({ amount }, ask) => ({ steps: [[ask("part", third(amount))], [ask("rest", null)]] }),
  keys_at_once: ({ amount }, ask) => ({
    steps: [["one", "two", "three"].map((name) => ask(name, third(amount)))],
  }),
  taxes_named: ({ amount, taxFree = 0 }, ask) => ({
    steps: [
      [ask("named", third(amount), { taxFree: Math.min(third(amount), third(taxFree)) })],
      [ask("share", third(amount))],
      [ask("rest", null)],
    ],
  }),
  tax_too_much: ({ amount, taxFree = 0 }, ask) => ({
    steps: [[ask("much", amount - 1, { taxFree: taxFree + 1 })], [ask("whole", null)]],
  }),
  too_much: ({ amount }, ask) => ({ steps: [[ask("much", amount + 1)], [ask("part", third(amount))]] }),
  console_between: ({ amount }, ask) => ({
    steps: [[ask("part", third(amount))], [byDesk(third(amount) - 1)], [ask("rest", null)]],
  }),
  console_at_once: ({ amount }, ask) => ({
    steps: [[ask("one", third(amount)), byDesk(third(amount) - 1), ask("two", third(amount))]],
  }),
  console_all: ({ amount }, ask) => ({
    steps: [[ask("part", third(amount))], [byDesk(null), ask("late", third(amount))]],
  }),
  phone: (_, ask) => ({ steps: [[ask("whole", null)]] }),
  phone_part: ({ amount }, ask) => ({ steps: [[ask("part", third(amount))], [ask("whole", null)]] }),
  ten_parts: ({ amount }, ask) => ({
    steps: Array.from({ length: 10 }, (_, part) => alone(ask(`part${part}`, Math.floor(amount / 11)))),
  }),
  account_part: ({ amount }, ask) => ({ steps: [[ask("part", third(amount))]] }),
  account_whole: (_, ask) => ({ steps: [[ask("whole", null)]] }),
  account_unnamed: ({ amount }, ask) => ({
    steps: [[ask("unnamed", third(amount), { account: null })], [ask("named", third(amount))]],
  }),
  account_keys: ({ amount }, ask) => ({ steps: [[ask("one", third(amount)), ask("two", third(amount))]] }),
  withdrawn: ({ amount }, ask) => {
    const asked = ask("part", third(amount));
    return { steps: [[asked], [withdraw(asked), withdraw(asked)], [repeated(asked)]] };
  },
  withdrawn_then_asked: ({ amount }, ask) => {
    const asked = ask("part", third(amount));
    return { steps: [[asked], [withdraw(asked)], [ask("again", third(amount))]] };
  },
  withdrawn_while_run: ({ amount }, ask) => {
    const asked = ask("part", third(amount));
    return { steps: [[asked]], whileRun: [withdraw(asked)] };
  },
  asked_while_run: ({ amount }, ask) => {
    const asked = ask("part", third(amount));
    return { steps: [[asked]], whileRun: [repeated(asked)] };
  },
  console_before_run: ({ amount }, ask) => ({
    steps: [[ask("part", third(amount))]],
    beforeRun: [byDesk(third(amount) - 1)],
  }),
  console_while_run: ({ amount }, ask) => ({
    steps: [[ask("part", third(amount))]],
    whileRun: [byDesk(third(amount) - 1)],
  }),
};

const third = (amount: number): number => Math.floor(amount / 3);
const withdraw = ({ ask }: ReturnType<AskNamed>): Deed => ({ what: "withdraw", key: ask.key });
