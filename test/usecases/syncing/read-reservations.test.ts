// PortOne's reservations of a number: the live one is found behind an earlier one, and half an answer is none.
import { describe, expect, it } from "vitest";
import { claimMove } from "../../../lib/domain/instruction.ts";
import { readReservations } from "../../../lib/usecases/syncing/read-reservations.ts";
import { ScriptedSchedules, scheduleRecord } from "../../support/billing-doubles.ts";
import { silence } from "../../support/doubles.ts";
import { confirmed, newMs, oldMs, stamp } from "../../support/instructions.ts";
import { createdOrder } from "../../support/orders.ts";

const { merchantUid } = confirmed;
const dayMs = 24 * 3_600_000;
const live = scheduleRecord(merchantUid, { scheduledAtMs: oldMs });
const earlier = scheduleRecord(merchantUid, { scheduledAtMs: oldMs - dayMs / 2, scheduleStatus: "revoked" });

function schedulesWith(first: typeof live | null, listed = [live]): ScriptedSchedules {
  const schedules = new ScriptedSchedules();
  for (const [index, record] of listed.entries()) schedules.records.set(`${index}`, record);
  schedules.fetchSchedule = async () => ({ outcome: "found", record: first });
  return schedules;
}

describe("the reservations of an order", () => {
  it("are one question where the live one is told", async () => {
    const schedules = schedulesWith(live);
    expect(await readReservations(confirmed, schedules)).toEqual({ outcome: "found", records: [live] });
    expect(schedules.windows).toEqual([]);
  });

  it("are none where PortOne knows none", async () => {
    expect(await readReservations(confirmed, schedulesWith(null))).toEqual({ outcome: "found", records: [] });
  });

  it("are read from the customer's list, a day around each time, where the one told is not live", async () => {
    const schedules = schedulesWith(earlier);
    expect(await readReservations(confirmed, schedules)).toEqual({
      outcome: "found",
      records: [earlier, live],
    });
    expect(schedules.windows).toEqual([{ fromMs: oldMs - dayMs, toMs: oldMs + dayMs }]);
    const moving = claimMove(confirmed, { wantedAtMs: newMs, claimToken: "claim-1", isLive: true }, stamp);
    await readReservations(moving, schedules);
    expect(schedules.windows.slice(1)).toEqual([
      { fromMs: oldMs - dayMs, toMs: oldMs + dayMs },
      { fromMs: newMs - dayMs, toMs: newMs + dayMs },
    ]);
  });

  it("are those of the order's number on its customer's key", async () => {
    const foreign = { ...live, customerUid: "cust-8" };
    const other = scheduleRecord("ord-other", { scheduledAtMs: oldMs });
    expect(await readReservations(confirmed, schedulesWith(foreign, [foreign, other]))).toEqual({
      outcome: "found",
      records: [],
    });
    expect(await readReservations(createdOrder(), schedulesWith(earlier))).toEqual({
      outcome: "found",
      records: [],
    });
  });

  it("are unknown where PortOne does not answer, to either question", async () => {
    const silent = new ScriptedSchedules();
    silent.answers.push(silence);
    expect(await readReservations(confirmed, silent)).toEqual(silence);
    const half = schedulesWith(earlier);
    half.answers.push(silence);
    expect(await readReservations(confirmed, half)).toEqual(silence);
  });
});
