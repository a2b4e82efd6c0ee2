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

const encodeBrake = (brake: Brake): Item => ({
  hour_start: number(brake.hourStartMs),
  count: number(brake.count),
  is_on: { BOOL: brake.isOn },
  waiting: { L: brake.waiting.map(text) },
  released: { L: brake.released.map(text) },
});

const decodeBrake = (item: Item): Brake => ({
  hourStartMs: readNumber(item, "hour_start"),
  count: readNumber(item, "count"),
  isOn: item["is_on"]?.BOOL === true,
  waiting: (item["waiting"]?.L ?? []).map((name) => name.S ?? ""),
  released: (item["released"]?.L ?? []).map((name) => name.S ?? ""),
});
