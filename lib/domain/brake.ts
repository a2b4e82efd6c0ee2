// The brake on automatic give-backs: after so many within any hour the rest wait for an operator, because a mis-set
// channel or price must not refund a day's sales. Whom an operator lets go is written on the order itself.

export interface Brake {
  /** Give-backs let go, by the minute they were let go in; no minute that does not count any more. */
  readonly counted: readonly CountedMinute[];
  /** Stays on, whatever the hour, until an operator lifts it. */
  readonly isOn: boolean;
  /** Orders whose give-back was stopped, by when they last came for it. */
  readonly waiting: readonly WaitingOrder[];
}

export interface CountedMinute {
  readonly startMs: number;
  readonly count: number;
}

export interface WaitingOrder {
  readonly merchantUid: string;
  readonly cameAtMs: number;
}

export const restingBrake: Brake = { counted: [], isOn: false, waiting: [] };

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Whoever was let go claims its send within this time, or asks again. */
export const passLastsMs = minuteMs / 2;
/** An hour from the last send that may come of a minute: the minute itself, and one for the claim and the send. */
const countsMs = hourMs + 2 * minuteMs;
/** Names kept of those that wait; more wait as well, but only their own next look brings them back. */
const mostNamed = 1_000;
/** One that still waits comes every few minutes; it is named anew only when its name has grown this old. */
const namedAgainMs = hourMs;
/** One that has not come for so long does not wait any more, or will be named when it comes. */
const forgottenMs = 24 * hourMs;

/** May this order's give-back go? The brake to store, the same object when nothing changes. */
export function passBrake(
  brake: Brake,
  merchantUid: string,
  nowMs: number,
  mostPerHour: number,
): { readonly passes: boolean; readonly brake: Brake } {
  const counted = countingStill(brake, nowMs);
  if (!brake.isOn && letGoLately(brake, nowMs) < mostPerHour)
    return { passes: true, brake: { ...brake, counted: countIn(counted, nowMs) } };
  const waiting = nameIn(brake.waiting, merchantUid, nowMs);
  if (brake.isOn && waiting === brake.waiting) return { passes: false, brake };
  return { passes: false, brake: { counted, isOn: true, waiting } };
}

const countingStill = ({ counted }: Brake, nowMs: number): readonly CountedMinute[] =>
  counted.filter(({ startMs }) => nowMs < startMs + countsMs);

/** How many were let go in the hour that counts. */
export const letGoLately = (brake: Brake, nowMs: number): number =>
  countingStill(brake, nowMs).reduce((all, { count }) => all + count, 0);

function countIn(counted: readonly CountedMinute[], nowMs: number): readonly CountedMinute[] {
  const startMs = nowMs - (nowMs % minuteMs);
  const before = counted.find((minute) => minute.startMs === startMs)?.count ?? 0;
  return [...counted.filter((minute) => minute.startMs !== startMs), { startMs, count: before + 1 }];
}

function nameIn(
  waiting: readonly WaitingOrder[],
  merchantUid: string,
  nowMs: number,
): readonly WaitingOrder[] {
  const known = waiting.find((order) => order.merchantUid === merchantUid);
  if (known && nowMs < known.cameAtMs + namedAgainMs) return waiting;
  const others = waiting.filter((order) => order !== known && nowMs < order.cameAtMs + forgottenMs);
  if (others.length < mostNamed) return [...others, { merchantUid, cameAtMs: nowMs }];
  return others.length === waiting.length ? waiting : others;
}

/** Off, and counting from nothing; one that is off already is left as it is. */
export const liftBrake = (brake: Brake): Brake => (brake.isOn ? restingBrake : brake);
