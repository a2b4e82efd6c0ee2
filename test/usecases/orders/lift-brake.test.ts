// Lifting the brake on give-backs, with the brake and the table failing under it.
import { describe, expect, it } from "vitest";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { liftGiveBackBrake } from "../../../lib/usecases/orders/lift-brake.ts";
import {
  createdAtMs,
  createdOrder,
  lookedAtLater,
  minuteMs,
  paymentRecord,
  synced,
  won,
} from "../../support/orders.ts";
import { call, storedOrder, syncingPorts, touch } from "../../support/syncing-ports.ts";

const inReview = synced(createdOrder(), [paymentRecord({ taxFree: won(1) })]);

describe("lifting the brake", () => {
  const waiting = ["ord-20260805-000142", "ord-20260805-000143"];

  it("makes all that waited due, and says how many", async () => {
    const ports = await syncingPorts(lookedAtLater(inReview, createdAtMs + 20 * minuteMs));
    ports.brake.brake = { ...ports.brake.brake, isOn: true, count: 20, waiting };
    // The second of them is no order any more; it is counted, and nothing else happens to it.
    expect(await liftGiveBackBrake(call, ports)).toBe(2);
    expect(await storedOrder(ports)).toMatchObject({ dueAtMs: ports.clock.nowMs() });
    expect(ports.brake.brake).toMatchObject({ isOn: false, count: 0, waiting: [], released: waiting });
    expect(await liftGiveBackBrake(call, ports)).toBe(0);
  });

  it("writes nothing to an order that is due already", async () => {
    const ports = await syncingPorts({ ...inReview, dueAtMs: createdAtMs });
    ports.brake.brake = { ...ports.brake.brake, isOn: true, waiting };
    expect(await liftGiveBackBrake(call, ports)).toBe(2);
    expect(ports.store.updates).toBe(0);
  });

  it("leaves an order that somebody else writes to its own next look", async () => {
    const ports = await syncingPorts(lookedAtLater(inReview, createdAtMs + 20 * minuteMs));
    ports.brake.brake = { ...ports.brake.brake, isOn: true, waiting };
    ports.store.interfere(touch);
    expect(await liftGiveBackBrake(call, ports)).toBe(2);
    expect(await storedOrder(ports)).toMatchObject({ dueAtMs: createdAtMs + 20 * minuteMs });
  });

  it("says so when the brake kept changing, or cannot be read", async () => {
    const ports = await syncingPorts(inReview);
    ports.brake.brake = { ...ports.brake.brake, isOn: true, waiting };
    ports.brake.lostRaces = 8;
    expect(await liftGiveBackBrake(call, ports)).toBeNull();
    ports.brake.isDown = true;
    await expect(liftGiveBackBrake(call, ports)).rejects.toThrow(StorageUnavailableError);
    expect(ports.brake.brake).toMatchObject({ isOn: true, waiting });
  });
});
