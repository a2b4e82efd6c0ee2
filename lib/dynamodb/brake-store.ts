// The brake on give-backs as the one item it is.

import { type Brake, restingBrake } from "../domain/brake.ts";
import type { BrakeStore } from "../ports/table.ts";
import { type Item, number, readNumber, text } from "./item.ts";
import { brakeKey } from "./keys.ts";
import { readItem, type TableAccess, writeItem } from "./versioned-item.ts";

const pk = text(brakeKey);

export const createBrakeStore = (access: TableAccess): BrakeStore => ({
  async readBrake() {
    const item = await readItem(access, pk);
    return item
      ? { brake: decodeBrake(item), version: readNumber(item, "version") }
      : { brake: restingBrake, version: 0 };
  },

  writeBrake: (brake, previousVersion) => writeItem(access, { pk, ...encodeBrake(brake) }, previousVersion),
});

export const encodeBrake = (brake: Brake): Item => ({
  is_on: { BOOL: brake.isOn },
  counted: { M: Object.fromEntries(brake.counted.map(({ startMs, count }) => [startMs, number(count)])) },
  waiting: {
    M: Object.fromEntries(brake.waiting.map(({ merchantUid, cameAtMs }) => [merchantUid, number(cameAtMs)])),
  },
});

const decodeBrake = (item: Item): Brake => ({
  isOn: item["is_on"]?.BOOL === true,
  counted: earlierFirst(
    numbersOf(item["counted"]?.M ?? {}).map(([startMs, count]) => ({ startMs: Number(startMs), count })),
    ({ startMs }) => startMs,
  ),
  waiting: earlierFirst(
    numbersOf(item["waiting"]?.M ?? {}).map(([merchantUid, cameAtMs]) => ({ merchantUid, cameAtMs })),
    ({ cameAtMs }) => cameAtMs,
  ),
});

/** A map has no order of its own. */
const numbersOf = (item: Item): readonly (readonly [name: string, value: number])[] =>
  Object.keys(item).map((name) => [name, readNumber(item, name)] as const);

const earlierFirst = <Entry>(entries: readonly Entry[], atMsOf: (entry: Entry) => number): readonly Entry[] =>
  [...entries].sort((a, b) => atMsOf(a) - atMsOf(b));
