// Reserving while the table falls silent, or time runs out: what may be claimed is pending, and nothing is sent twice.
import { describe, expect, it } from "vitest";
import { scheduleCharges } from "../../../lib/usecases/charges/schedule-charges.ts";
import { keyedPorts } from "../../support/billing-doubles.ts";
import { failingAfter } from "../../support/doubles.ts";
import { minuteMs } from "../../support/orders.ts";
import { charge, first, request, september } from "../../support/schedule-request.ts";
import { call, hurriedCall } from "../../support/syncing-ports.ts";

describe("a table that falls silent", () => {
  const one = { ...request, charges: [charge(first, september)] };

  it("at the claim leaves it open: nothing is sent, and the request is pending", async () => {
    const ports = await keyedPorts();
    ports.store.leaveUnanswered("lands");
    ports.store.read = failingAfter(ports.store, 1);
    expect(await scheduleCharges(one, call, ports)).toMatchObject({
      outcome: "pending",
      schedules: [{ merchantUid: first, scheduledAtMs: september }],
    });
    expect(ports.schedules.called).toEqual([]);
  });

  it("after the send leaves it open, and the next look finds it", async () => {
    const ports = await keyedPorts();
    const schedule = ports.schedules.schedule.bind(ports.schedules);
    ports.schedules.schedule = (uid, drafts) => {
      ports.store.fail("update");
      return schedule(uid, drafts);
    };
    expect(await scheduleCharges(one, call, ports)).toMatchObject({ outcome: "pending" });
    ports.clock.advance(minuteMs);
    expect(await scheduleCharges(one, call, ports)).toMatchObject({ outcome: "scheduled" });
    expect(ports.schedules.called).toEqual([`schedule ${first}`]);
  });

  it("is not waited for: without time nothing is claimed", async () => {
    const ports = await keyedPorts();
    expect(await scheduleCharges(one, hurriedCall, ports)).toMatchObject({ outcome: "unavailable" });
    expect(await ports.store.read(first)).toBeNull();
  });
});
