// Dice that fall alike for the same seed.

export interface Dice {
  /** From 0 (included) to 1. */
  next(): number;
  /** A whole number from 0 to `below` (not included). */
  below(below: number): number;
  pick<Value>(values: readonly Value[]): Value;
}

/** Mulberry32: small, fast, and even enough for drawing plans. */
export function createDice(seed: number): Dice {
  let state = (seed ^ Math.imul(Math.floor(seed / 2 ** 32), 0x9e3779b1)) >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    pick: (values) => {
      const value = values[below(values.length)];
      if (value === undefined) throw new Error("nothing to pick from");
      return value;
    },
  };
}
