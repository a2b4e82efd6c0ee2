// Money on its way back, the brake, and the time that is left: no more goes than was counted or released, and a release is
// used up by nothing but the claim it is for.
import { beforeEach, describe, expect, it } from "vitest";
import { releaseGiveBacks } from "../../../lib/domain/give-back.ts";
import { giveBackWanted } from "../../../lib/usecases/syncing/give-back.ts";
import { given, sender, untouched, wanting } from "../../support/give-backs.ts";
import { attempt, cancelEntry, cancelledRecord, paymentRecord } from "../../support/orders.ts";
import { call, type SyncingPorts, storedOrder, syncingPorts, touch } from "../../support/syncing-ports.ts";

const merchantUid = "ord-20260805-000142";

let ports: SyncingPorts;
beforeEach(async () => {
  ports = await syncingPorts(wanting(), [paymentRecord()]);
});
const giveBack = async (by = call) => giveBackWanted(await storedOrder(ports), sender, by, ports);
const countOf = () => ports.brake.brake.counted.reduce((all, { count }) => all + count, 0);

it("a give-back is stopped by the brake, waits for a person, and goes once it is released", async () => {
  const braked = { ...ports, mostGiveBacksPerHour: 1 };
  const nowMs = ports.clock.nowMs();
  ports.brake.brake = { ...ports.brake.brake, counted: [{ startMs: nowMs - (nowMs % 60_000), count: 1 }] };
  expect(await giveBackWanted(await storedOrder(ports), sender, call, braked)).toMatchObject({
    ...untouched,
    reviewReason: "give_back_stopped",
    dueAtMs: nowMs,
  });
  const on = ports.brake.brake;
  expect(on).toMatchObject({ isOn: true, waiting: [{ merchantUid, cameAtMs: nowMs }] });
  await release();
  ports.money.cancels.push({ outcome: "done", value: given });
  expect(await giveBackWanted(await storedOrder(ports), sender, call, braked)).toMatchObject({
    reviewReason: null,
    attempts: [{ state: "given_back", isReleased: false }],
  });
  expect(ports.brake.brake).toEqual(on);
});

/** As an operator lets it go past a brake that is on. */
async function release(): Promise<void> {
  const order = await storedOrder(ports);
  const released = releaseGiveBacks(order, { by: "operator", atMs: ports.clock.nowMs() });
  if (!released) throw new Error("nothing waits");
  await ports.store.update(order, released);
  ports.brake.brake = { ...ports.brake.brake, isOn: true };
}

describe("a release", () => {
  const isReleased = async () => (await storedOrder(ports)).attempts.map((attempt) => attempt.isReleased);
  beforeEach(release);

  it("is used up by the claim's own write, once: what is left to try again is stopped", async () => {
    ports.gateway.records = [cancelledRecord([cancelEntry("c-9", 9_000)])];
    ports.money.cancels.push({ outcome: "refused", message: "checksum" });
    expect(await giveBack()).toMatchObject({ attempts: [{ giveBack: "wanted", isReleased: false }] });
    expect(await giveBack()).toMatchObject({ reviewReason: "give_back_stopped" });
    expect(ports.money.sent).toHaveLength(1);
  });

  it.each([
    ["PortOne lets nobody in", () => ports.money.shut()],
    ["the claim gets no answer and has no effect", () => ports.store.fail("update")],
    ["somebody else's write is faster", () => ports.store.interfere(touch)],
    ["nobody can say whether the claim stands", () => ports.store.fail("update", "read")],
  ])("stays where %s", async (_, trouble) => {
    const order = await storedOrder(ports);
    trouble();
    await giveBackWanted(order, sender, call, ports).catch(() => {});
    expect(await isReleased()).toEqual([true]);
    expect(ports.money.sent).toEqual([]);
    ports.money.isReady = true;
    await giveBack();
    expect([await isReleased(), ports.money.sent.length, countOf()]).toEqual([[false], 1, 0]);
  });

  it("goes with a claim whose answer was lost and that landed", async () => {
    ports.store.loseNextAnswer();
    await giveBack();
    expect([await isReleased(), ports.money.sent.length]).toEqual([[false], 1]);
  });

  it("of one payment is none for another of the same order", async () => {
    const other = attempt("imp_2", { state: "paid", giveBack: "wanted" });
    const order = await storedOrder(ports);
    const both = { ...order, attempts: [other, ...order.attempts] };
    ports.gateway.records = [...ports.gateway.records, paymentRecord({ impUid: "imp_2" })];
    ports.money.cancels.push({ outcome: "done", value: given });
    await ports.store.update(order, both);
    const gone = await giveBack();
    expect(gone.attempts).toMatchObject([{ giveBack: "wanted" }, { state: "given_back" }]);
    expect(await giveBack()).toMatchObject({ reviewReason: "give_back_stopped" });
    expect(ports.money.sent).toHaveLength(1);
  });
});

describe("its time", () => {
  /** The time that is left runs out in the call that `happens`. */
  function until(happens: (runOut: () => void) => void) {
    let leftMs = 25_000;
    happens(() => {
      leftMs = 20_799;
    });
    return { ...call, timeLeftMs: () => leftMs };
  }

  it.each([
    [
      "the login",
      (runOut: () => void) => {
        ports.money.login = async () => {
          runOut();
          return { outcome: "ready" };
        };
      },
    ],
    [
      "the brake's write",
      (runOut: () => void) => {
        const write = ports.brake.writeBrake.bind(ports.brake);
        ports.brake.writeBrake = (brake, version) => {
          runOut();
          return write(brake, version);
        };
      },
    ],
  ])("running out in %s claims nothing", async (_, happens) => {
    expect(await giveBack(until(happens))).toMatchObject(untouched);
    expect([ports.store.updates, ports.money.sent]).toEqual([0, []]);
  });

  it("running out in the claim leaves it unsent", async () => {
    let leftMs = 25_000;
    const update = ports.store.update.bind(ports.store);
    ports.store.update = (previous, next) => {
      leftMs = 17_399;
      return update(previous, next);
    };
    const hurried = { ...call, timeLeftMs: () => leftMs };
    expect(await giveBack(hurried)).toMatchObject({ cancel: { state: "claimed", sends: 1 } });
    expect(ports.money.sent).toEqual([]);
  });

  it("is counted anew where it froze between the brake and its claim", async () => {
    const write = ports.brake.writeBrake.bind(ports.brake);
    ports.brake.writeBrake = async (brake, version) => {
      const isWritten = await write(brake, version);
      ports.clock.advance(30_001);
      return isWritten;
    };
    expect(await giveBack()).toMatchObject(untouched);
    ports.brake.writeBrake = write;
    await giveBack();
    expect([ports.money.sent.length, countOf()]).toEqual([1, 2]);
  });
});
