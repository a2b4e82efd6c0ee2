// The brake on automatic give-backs: after so many in an hour the rest wait for an operator, because a
// mis-set channel or price must not refund a day's sales.

export interface Brake {
  /** When the hour that is being counted began. */
  readonly hourStartMs: number;
  readonly count: number;
  /** Stays on, whatever the hour, until an operator lifts it. */
  readonly isOn: boolean;
  /** Orders whose give-back was stopped, oldest first. */
  readonly waiting: readonly string[];
  /** Orders an operator let go; they are not counted. */
  readonly released: readonly string[];
}

export const restingBrake: Brake = { hourStartMs: 0, count: 0, isOn: false, waiting: [], released: [] };

const hourMs = 3_600_000;
/** Names kept of those that wait; more wait as well, but only their own next look brings them back. */
const mostNamed = 1_000;

/** May this order's give-back go? The brake to store, the same object when nothing changes. */
export function passBrake(
  brake: Brake,
  merchantUid: string,
  nowMs: number,
  mostPerHour: number,
): { readonly passes: boolean; readonly brake: Brake } {
  if (brake.released.includes(merchantUid)) {
    const released = brake.released.filter((name) => name !== merchantUid);
    return { passes: true, brake: { ...brake, released } };
  }
  const isNewHour = nowMs - brake.hourStartMs >= hourMs;
  const counted = isNewHour ? { ...brake, hourStartMs: nowMs, count: 0 } : brake;
  if (!brake.isOn && counted.count < mostPerHour)
    return { passes: true, brake: { ...counted, count: counted.count + 1 } };
  const isNamed = brake.waiting.includes(merchantUid) || brake.waiting.length >= mostNamed;
  if (brake.isOn && isNamed) return { passes: false, brake };
  const waiting = isNamed ? brake.waiting : [...brake.waiting, merchantUid];
  return { passes: false, brake: { ...brake, isOn: true, waiting } };
}

/** Whoever waited may go, and a new hour is counted. */
export const liftBrake = (brake: Brake, nowMs: number): Brake => ({
  hourStartMs: nowMs,
  count: 0,
  isOn: false,
  waiting: [],
  released: [...new Set([...brake.released, ...brake.waiting])],
});

/** One order an operator decided about. */
export const releaseFromBrake = (brake: Brake, merchantUid: string): Brake =>
  brake.released.includes(merchantUid)
    ? brake
    : {
        ...brake,
        waiting: brake.waiting.filter((name) => name !== merchantUid),
        released: [...brake.released, merchantUid],
      };
