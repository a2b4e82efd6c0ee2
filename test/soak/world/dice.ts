// Chance that can be repeated: the same seed and name throw the same dice. Each part of a plan takes dice of
// its own name, so that one more throw in one part does not change the others.
import { createHash } from "node:crypto";

export interface Dice {
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** True in so many of a hundred throws. */
  chance(percent: number): boolean;
  shuffle<Item>(items: readonly Item[]): Item[];
}

export function createDice(seed: number, name: string): Dice {
  const next = mulberry32(createHash("sha256").update(`${seed}\n${name}`).digest().readUInt32LE(0));
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[between(0, items.length - 1)];
    if (item === undefined) throw new Error("nothing to pick from");
    return item;
  };
  return {
    between,
    pick,
    chance: (percent) => next() * 100 < percent,
    shuffle: (items) =>
      items
        .map((item) => ({ item, rank: next() }))
        .sort((one, other) => one.rank - other.rank)
        .map(({ item }) => item),
  };
}

/** Tommy Ettinger's mulberry32, public domain. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
