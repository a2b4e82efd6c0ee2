// The brake is one item for all: nothing is decided on a brake that somebody else has changed meanwhile.
import { describe, expect, it } from "vitest";
import { type Brake, restingBrake } from "../../../lib/domain/brake.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { changeBrake } from "../../../lib/usecases/syncing/brake.ts";
import { InMemoryBrakeStore } from "../../support/doubles.ts";

const minute = (count: number): Brake => ({ ...restingBrake, counted: [{ startMs: 0, count }] });
const countOf = ({ counted }: Brake): number => counted[0]?.count ?? 0;
const counted = (brake: Brake) => ({ brake: minute(countOf(brake) + 1), before: countOf(brake) });

describe("changing the brake", () => {
  it("writes the change and gives what was made of it", async () => {
    const store = new InMemoryBrakeStore();
    expect(await changeBrake(store, counted)).toEqual({ brake: minute(1), before: 0 });
    expect(store.brake).toEqual(minute(1));
  });

  it("writes nothing when the change is none", async () => {
    const store = new InMemoryBrakeStore();
    store.lostRaces = 1;
    expect(await changeBrake(store, (brake) => ({ brake }))).toEqual({ brake: restingBrake });
    expect(store.lostRaces).toBe(1);
  });

  it("decides again on what somebody else wrote", async () => {
    const store = new InMemoryBrakeStore();
    const write = store.writeBrake.bind(store);
    store.writeBrake = async (brake, version) => {
      store.writeBrake = write;
      await write(minute(7), version);
      return write(brake, version);
    };
    expect(await changeBrake(store, counted)).toMatchObject({ before: 7 });
    expect(countOf(store.brake)).toBe(8);
  });

  it("decides nothing after eight lost races", async () => {
    const store = new InMemoryBrakeStore();
    store.lostRaces = 7;
    expect(await changeBrake(store, counted)).toMatchObject({ before: 0 });
    store.lostRaces = 8;
    expect(await changeBrake(store, counted)).toBeNull();
    expect(countOf(store.brake)).toBe(1);
  });

  it("decides nothing on a brake that cannot be read", async () => {
    const store = new InMemoryBrakeStore();
    store.isDown = true;
    await expect(changeBrake(store, counted)).rejects.toThrow(StorageUnavailableError);
  });
});
