// Lifting the brake on give-backs, with the brake and the table failing under it: nobody who waited is forgotten, and the
// brake is off only when all of them may go.
import { beforeEach, describe, expect, it } from "vitest";
import { restingBrake } from "../../../lib/domain/brake.ts";
import type { Order } from "../../../lib/domain/order.ts";
import { changeOrder } from "../../../lib/domain/order-change.ts";
import { StorageUnavailableError } from "../../../lib/ports/table.ts";
import { liftGiveBackBrake } from "../../../lib/usecases/orders/lift-brake.ts";
import { attempt, createdAtMs, createdOrder, lookedAtLater, minuteMs } from "../../support/orders.ts";
import { call, type SyncingPorts, syncingPorts, touch } from "../../support/syncing-ports.ts";

const laterMs = createdAtMs + 20 * minuteMs;
const names = ["ord-20260805-000142", "ord-20260805-000143"] as const;
const stamp = { by: "sweep", atMs: createdAtMs + minuteMs } as const;

/** Its money waits for the brake, and it is looked at in a while. */
function stopped(merchantUid: string): Order {
  const attempts = [attempt(`imp_${merchantUid}`, { state: "paid", giveBack: "wanted" })];
  const wanting = changeOrder(createdOrder({ merchantUid }), { attempts }, stamp);
  return lookedAtLater(
    { ...wanting, reviewReason: "give_back_stopped", lookedAtMs: createdAtMs + 2 * minuteMs },
    laterMs,
  );
}

let ports: SyncingPorts;
beforeEach(async () => {
  ports = await syncingPorts(stopped(names[0]));
  await ports.store.create(stopped(names[1]));
  ports.brake.brake = {
    counted: [{ startMs: createdAtMs, count: 20 }],
    isOn: true,
    waiting: [...names, "ord-gone"].map((merchantUid) => ({ merchantUid, cameAtMs: createdAtMs })),
  };
});

const standing = () => Promise.all(names.map((name) => ports.store.peek(name)));
const waiting = { dueAtMs: laterMs, attempts: [{ isReleased: false }] };
const released = () => ({
  reviewReason: "give_back_stopped",
  dueAtMs: ports.clock.nowMs(),
  attempts: [{ giveBack: "wanted", isReleased: true }],
});

describe("lifting the brake", () => {
  it("lets all go that waited, makes them due, and says how many; whoever is no order any more is dropped", async () => {
    expect(await liftGiveBackBrake(call, ports)).toBe(2);
    expect(await standing()).toMatchObject([released(), released()]);
    expect(ports.brake.brake).toEqual(restingBrake);
    expect(await liftGiveBackBrake(call, ports)).toBe(0);
    expect(ports.store.updates).toBe(2);
  });

  it("lets nobody go whose money is on its way or gone", async () => {
    const order = await ports.store.peek(names[0]);
    const gone = { ...attempt("imp_1"), giveBack: "done", state: "given_back" } as const;
    if (order) await ports.store.update(order, { ...order, attempts: [gone] });
    expect(await liftGiveBackBrake(call, ports)).toBe(1);
    expect(await standing()).toMatchObject([{ attempts: [{ isReleased: false }] }, released()]);
  });

  it("lets an order go that somebody else writes meanwhile", async () => {
    ports.store.interfere(touch, 3);
    expect(await liftGiveBackBrake(call, ports)).toBe(2);
    expect(await standing()).toMatchObject([released(), released()]);
  });

  it("lets one go that began to wait while it was lifted", async () => {
    const late = "ord-late";
    await ports.store.create(stopped(late));
    const write = ports.brake.writeBrake.bind(ports.brake);
    ports.brake.writeBrake = async (brake, version) => {
      ports.brake.writeBrake = write;
      const { brake: before } = await ports.brake.readBrake();
      const named = { ...before, waiting: [...before.waiting, { merchantUid: late, cameAtMs: createdAtMs }] };
      await write(named, version);
      return write(brake, version);
    };
    expect(await liftGiveBackBrake(call, ports)).toBe(3);
    expect(await ports.store.peek(late)).toMatchObject(released());
    expect(ports.brake.brake).toEqual(restingBrake);
  });

  it("passes one that cannot be read", async () => {
    const read = ports.store.read.bind(ports.store);
    ports.store.read = async (name) => {
      if (name === names[0]) throw new Error("stored state is none of them");
      return read(name);
    };
    expect(await liftGiveBackBrake(call, ports)).toBe(1);
    expect(ports.brake.brake.isOn).toBe(false);
  });

  it.each(["met its own write", "no answer"] as const)(
    "says the same when the brake's answer is lost: %s",
    async (how) => {
      ports.brake.lostAnswers.push(how);
      expect(await liftGiveBackBrake(call, ports)).toBe(2);
      expect(ports.brake.brake).toEqual(restingBrake);
    },
  );
});

describe("the brake stays on", () => {
  it("and lifting it again goes on, when it ends at any of its calls", async () => {
    ports.store.fail("update");
    await expect(liftGiveBackBrake(call, ports)).rejects.toThrow(StorageUnavailableError);
    expect([await standing(), ports.brake.brake.isOn]).toMatchObject([[waiting, waiting], true]);
    const update = ports.store.update.bind(ports.store);
    ports.store.update = async (previous, next) => {
      if (previous.merchantUid === names[1]) throw new StorageUnavailableError("update: down");
      return update(previous, next);
    };
    await expect(liftGiveBackBrake(call, ports)).rejects.toThrow(StorageUnavailableError);
    expect([await standing(), ports.brake.brake.isOn]).toMatchObject([[released(), waiting], true]);
    ports.store.update = update;
    expect(await liftGiveBackBrake(call, ports)).toBe(2);
    expect([await standing(), ports.brake.brake.isOn]).toMatchObject([[released(), released()], false]);
  });

  it("while others keep writing the order, or the brake", async () => {
    ports.store.interfere(touch, 5);
    expect(await liftGiveBackBrake(call, ports)).toBeNull();
    expect(ports.brake.brake.isOn).toBe(true);
    ports.brake.lostRaces = 8;
    expect(await liftGiveBackBrake(call, ports)).toBeNull();
    expect(ports.brake.brake.isOn).toBe(true);
  });

  it("when it cannot be read", async () => {
    ports.brake.isDown = true;
    await expect(liftGiveBackBrake(call, ports)).rejects.toThrow(StorageUnavailableError);
    expect([await standing(), ports.brake.brake.isOn]).toMatchObject([[waiting, waiting], true]);
  });
});
