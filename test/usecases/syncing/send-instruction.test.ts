// One send of what is claimed: a frozen function sends nothing late, a repeated send's no decides nothing, and what the
// table did not take is found by the next look.
import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import { sendInstructions } from "../../../lib/usecases/syncing/send-instruction.ts";
import {
  type BillingPorts,
  billingPorts,
  lost,
  refusedWith,
  scheduleRecord,
} from "../../support/billing-doubles.ts";
import { having, moving, newMs, oldMs, renewing, revoking, scheduling } from "../../support/instructions.ts";
import { minuteMs } from "../../support/orders.ts";
import { call, storedOrder, touch } from "../../support/syncing-ports.ts";

const { merchantUid } = scheduling;
const noTime = { ...call, timeLeftMs: () => 11_999 };

/** Claimed this very moment. */
async function claimed(order: Order): Promise<BillingPorts> {
  const ports = await billingPorts(order);
  ports.clock.advance(2 * minuteMs);
  return ports;
}
const send = async (ports: BillingPorts, inTime = call) =>
  sendInstructions([await storedOrder(ports)], "merchant", inTime, ports);

describe("a send", () => {
  it.each([
    ["schedule", scheduling, `schedule ${merchantUid}`, {}],
    ["reschedule", moving, `move ${merchantUid}`, { scheduledAtMs: oldMs }],
    [
      "reschedule of one that has run",
      renewing,
      `set up anew ${merchantUid}`,
      { scheduledAtMs: oldMs, scheduleStatus: "executed" },
    ],
    ["unschedule", revoking, `unschedule ${merchantUid}`, { scheduledAtMs: oldMs }],
  ])("%s calls once, and is written down", async (_, order, called, record) => {
    const ports = await claimed(order);
    if ("scheduledAtMs" in record)
      ports.schedules.records.set(merchantUid, scheduleRecord(merchantUid, record));
    const reschedule = ports.schedules.reschedule.bind(ports.schedules);
    ports.schedules.reschedule = async (uid, atMs, isOpen) => {
      const result = await reschedule(uid, atMs, isOpen);
      const made = scheduleRecord(uid, { scheduledAtMs: atMs });
      ports.schedules.records.set(uid, made);
      return result.outcome === "done" ? { ...result, value: made } : result;
    };
    const [told] = await send(ports);
    expect(ports.schedules.called).toEqual([called]);
    expect(told).toMatchObject({ order: { instruction: null }, refused: null });
    expect((await storedOrder(ports)).instruction).toBeNull();
  });

  it("is not made later than five seconds after its claim, nor without time to write down what comes back", async () => {
    const ports = await claimed(scheduling);
    ports.clock.advance(5_000);
    expect(await send(ports, noTime)).toMatchObject([{ order: { instruction: { state: "claimed" } } }]);
    ports.clock.advance(1);
    expect(await send(ports)).toMatchObject([{ order: { instruction: { state: "claimed" } } }]);
    expect(ports.schedules.called).toEqual([]);
  });

  it("that is not answered is unknown", async () => {
    const ports = await claimed(moving);
    ports.schedules.failures.push(lost);
    expect(await send(ports)).toMatchObject([
      { order: { instruction: { state: "unknown", refused: null } }, refused: null },
    ]);
  });

  it("refused without time to read why is unknown, and keeps the no", async () => {
    const ports = await claimed(scheduling);
    let asked = 0;
    const inTime = { ...call, timeLeftMs: () => (asked++ === 0 ? 20_000 : 11_999) };
    ports.schedules.failures.push(refusedWith("등록되지 않은 빌링키입니다."));
    expect(await send(ports, inTime)).toMatchObject([
      { order: { instruction: { state: "unknown", refused: { message: "등록되지 않은 빌링키입니다." } } } },
    ]);
  });

  it("that was a repeat and is refused decides nothing: it may be the first one's success talking", async () => {
    const ports = await claimed(having(scheduling, { sends: 2 }));
    ports.schedules.failures.push(refusedWith("이미 예약된 merchant_uid입니다."));
    expect(await send(ports)).toMatchObject([
      { order: { state: "created", instruction: { state: "unknown", refused: null } }, refused: null },
    ]);
  });

  it("whose answer meets somebody else's write is not applied to it: the look decides", async () => {
    const ports = await claimed(moving);
    ports.schedules.records.set(merchantUid, scheduleRecord(merchantUid, { scheduledAtMs: oldMs }));
    ports.store.interfere(touch);
    const [told] = await send(ports);
    expect(told?.order).toMatchObject({ version: 3, instruction: null, charge: { scheduledAtMs: newMs } });
  });

  it("whose write got no answer leaves it in doubt", async () => {
    const ports = await claimed(scheduling);
    const schedule = ports.schedules.schedule.bind(ports.schedules);
    ports.schedules.schedule = (uid, drafts) => {
      ports.store.fail("update");
      return schedule(uid, drafts);
    };
    expect(await send(ports)).toMatchObject([
      { order: { instruction: { state: "claimed" } }, refused: null },
    ]);
  });
});
