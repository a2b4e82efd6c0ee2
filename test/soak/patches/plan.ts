// Which lives a run has: each is drawn from the seed and its own number alone, so that any of them can be played again
// without the others.
import { seedOfLife } from "../../simulation/run-lives.ts";
import { createDice, type Dice } from "../random.ts";
import {
  drawEntryPatch,
  drawEnvelope,
  drawFields,
  type EntryPatch,
  type Fields,
  type RecordKind,
} from "./draw-patch.ts";

export const lifeKinds = [
  "paid",
  "part_cancelled",
  "account",
  "charged",
  "scheduled",
  "receipt",
  "sale",
] as const;
export type LifeKind = (typeof lifeKinds)[number];

export interface PlannedPatch {
  /** Before the payment is made, or once the shop knows of it. */
  readonly when: "early" | "late";
  /** An operation of PortOne's API, or `*`. */
  readonly call: string;
  readonly part: "record" | "envelope";
  readonly fields: Fields;
  /** Of the cancels that are in the history when it is laid over; a later one it hides. */
  readonly entry: EntryPatch | null;
  readonly count: number;
}

export interface PlannedLife {
  readonly number: number;
  readonly merchantUid: string;
  readonly kind: LifeKind;
  readonly patch: PlannedPatch;
  /** PortOne's notices reach the shop. */
  readonly isTold: boolean;
  /** The buyer's browser comes back. */
  readonly comesBack: boolean;
  /** The shop asks for money back through its own door. */
  readonly refunds: boolean;
}

/** Outlives every life. */
export const always = 1_000_000;

const reads = [
  "GET /payments/{imp_uid}",
  "GET /payments/findAll/{merchant_uid}",
  "GET /payments",
  "GET /payments/status/{payment_status}",
];
const schedulePath = "/subscribe/payments/schedule";

const recordsOf: Readonly<Record<LifeKind, readonly RecordKind[]>> = {
  paid: ["payment"],
  part_cancelled: ["payment"],
  account: ["payment"],
  charged: ["payment"],
  scheduled: ["schedule", "schedule", "payment"],
  receipt: ["receipt", "receipt", "payment"],
  sale: ["receipt"],
};

/** Beside `*`, which is every answer that shows the record. */
const callsOf: Readonly<Record<LifeKind, Partial<Record<RecordKind, readonly string[]>>>> = {
  paid: { payment: reads },
  part_cancelled: { payment: [...reads, "POST /payments/cancel"] },
  account: { payment: reads },
  charged: { payment: [...reads, "POST /subscribe/payments/onetime", "POST /payments/cancel"] },
  scheduled: {
    payment: reads,
    schedule: [
      `GET ${schedulePath}/{merchant_uid}`,
      `GET ${schedulePath}/customers/{customer_uid}`,
      `POST ${schedulePath}`,
    ],
  },
  receipt: { payment: reads, receipt: ["GET /receipts/{imp_uid}", "POST /receipts/{imp_uid}"] },
  sale: {
    receipt: ["GET /receipts/external/{merchant_uid}", "POST /receipts/external/{merchant_uid}"],
  },
};
/** Where PortOne says no by itself in these lives. */
const refusing = ["POST /payments/cancel", "POST /receipts/{imp_uid}", "DELETE /receipts/{imp_uid}"];

function drawPatch(dice: Dice, kind: LifeKind): PlannedPatch {
  const when = dice.pick(["early", "late"] as const);
  const count = dice.pick([1, 2, 4, always, always, always]);
  if (dice.next() < 0.05)
    return {
      when,
      call: dice.pick(refusing),
      part: "envelope",
      fields: drawEnvelope(dice),
      entry: null,
      count,
    };
  const record = dice.pick(recordsOf[kind]);
  const calls = callsOf[kind][record] ?? [];
  const call = dice.next() < 0.5 ? "*" : dice.pick(calls);
  const isOfEntry = kind === "part_cancelled" && when === "late" && dice.next() < 0.5;
  if (isOfEntry) return { when, call, part: "record", fields: {}, entry: drawEntryPatch(dice), count };
  return { when, call, part: "record", fields: drawFields(dice, record), entry: null, count };
}

export function drawLife(seed: number, number: number): PlannedLife {
  const dice = createDice(seedOfLife(seed, number));
  const kind = dice.pick(lifeKinds);
  return {
    number,
    merchantUid: `rec-${number}`,
    kind,
    patch: drawPatch(dice, kind),
    isTold: dice.next() < 0.6,
    comesBack: dice.next() < 0.6,
    refunds: dice.next() < 0.5,
  };
}

export const drawLives = (seed: number, count: number): readonly PlannedLife[] =>
  Array.from({ length: count }, (_, number) => drawLife(seed, number));
