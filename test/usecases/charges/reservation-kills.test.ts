// Reserving, moving, revoking, retrying and opening an account, killed at every call to the table or PortOne: before it
// is made, and after its effect. The sweep finishes what was begun, a repeat finds it, and PortOne has what the order says.
import { describe, expect, it } from "vitest";
import type { Order } from "../../../lib/domain/order.ts";
import { issueAccount } from "../../../lib/usecases/charges/issue-account.ts";
import { rescheduleCharge } from "../../../lib/usecases/charges/reschedule-charge.ts";
import { retrySchedule } from "../../../lib/usecases/charges/retry-schedule.ts";
import { scheduleCharges } from "../../../lib/usecases/charges/schedule-charges.ts";
import { unscheduleCharges } from "../../../lib/usecases/charges/unschedule-charges.ts";
import { closeAccount, voidOrder } from "../../../lib/usecases/orders/void-order.ts";
import { reconcile } from "../../../lib/usecases/sweeps/reconcile.ts";
import {
  chargedOrder,
  chargedRecord,
  chargeFacts,
  declinedRecord,
  keyedPorts,
  scheduleRecord,
} from "../../support/billing-doubles.ts";
import { accountRecord, createdAtMs, createdOrder, minuteMs, synced } from "../../support/orders.ts";
import { merchantUid, reserved, scheduledAtMs } from "../../support/reserved-orders.ts";
import { portsWith, sweep } from "../../support/sweeping.ts";
import { call } from "../../support/syncing-ports.ts";

class Killed extends Error {}

type Ports = Awaited<ReturnType<typeof world>>;

/** PortOne as it would do it: a number is reserved once, an account is opened each time it is asked for. */
async function world(order: Order | null, live: boolean) {
  const ports = { ...(await portsWith(null, [merchantUid], [])), ...(await keyedPorts(order)) };
  const { schedules, charges, gateway } = ports;
  if (live) schedules.records.set(merchantUid, scheduleRecord(merchantUid, { scheduledAtMs }));
  charges.issueAccount = async () => {
    const record = { ...accountRecord, impUid: `imp_${gateway.records.length + 1}` };
    gateway.records = [...gateway.records, record];
    return { outcome: "done", value: record };
  };
  charges.retrySchedule = async () => {
    const atMs = ports.clock.nowMs();
    const record = chargedRecord({
      impUid: `imp_${gateway.records.length + 1}`,
      startedAtMs: atMs,
      paidAtMs: atMs,
    });
    gateway.records = [...gateway.records, record];
    return { outcome: "done", value: record };
  };
  ports.money.revokeAccount = async (impUid) => {
    gateway.records = gateway.records.map((one) =>
      one.impUid === impUid ? { ...one, status: "cancelled" } : one,
    );
    const value = gateway.records.find((one) => one.impUid === impUid);
    return value ? { outcome: "done", value } : { outcome: "refused", message: null };
  };
  return ports;
}

const outside = ["store", "gateway", "charges", "schedules", "money", "refunds"] as const;

/** The same ports, whose n-th call kills whoever makes it; counts the calls. */
function killing(ports: Ports, n: number, when: "before" | "after") {
  const count = { calls: 0 };
  const wrap = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        return async (...args: unknown[]) => {
          count.calls += 1;
          const dies = count.calls === n;
          if (dies && when === "before") throw new Killed();
          const result: unknown = await Reflect.apply(value, target, args);
          if (dies) throw new Killed();
          return result;
        };
      },
    });
  const wrapped = { ...ports };
  for (const name of outside) Object.assign(wrapped, { [name]: wrap(ports[name] as object) });
  return { ports: wrapped, count };
}

async function pass(ports: Ports, minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    ports.clock.advance(minuteMs);
    await reconcile(sweep, call, ports);
  }
}

const laterMs = createdAtMs + 26 * 60 * minuteMs;
const named = { customerUid: "cust-7", merchantUid };
const declined = declinedRecord({ startedAtMs: scheduledAtMs });
const payable = createdOrder({ payMethod: "vbank", expiresAtMs: createdAtMs + 24 * 60 * minuteMs });
const asked = { ...payable, isAccountAsked: true };
const account = {
  merchantUid,
  bankCode: "088",
  dueAtMs: Date.parse("2026-08-08T23:59:59+09:00"),
  productType: "real",
  facts: chargeFacts({
    calls: ["virtual_account"],
    productType: "real",
    dueAtMs: Date.parse("2026-08-08T23:59:59+09:00"),
  }),
} as const;
const reservation = {
  customerUid: "cust-7",
  charges: [{ order: chargedOrder(), productType: "digital", scheduledAtMs: laterMs, facts: chargeFacts() }],
} as const;
const liveAt = ({ schedules }: Ports): number | null => {
  const record = schedules.records.get(merchantUid);
  return record?.scheduleStatus === "scheduled" ? record.scheduledAtMs : null;
};
const accounts = ({ gateway }: Ports): number =>
  gateway.records.filter(({ status, account: one }) => status === "ready" && one !== null).length;

interface Story {
  readonly begin: () => Promise<Ports>;
  readonly act: (ports: Ports) => Promise<{ readonly outcome: string }>;
  readonly done: string;
  /** What must hold once it is known, of whatever was killed. */
  readonly holds: (order: Order | null, ports: Ports) => void;
}

const stories: Readonly<Record<string, Story>> = {
  reserving: {
    begin: () => world(null, false),
    act: (ports) => scheduleCharges(reservation, call, ports),
    done: "scheduled",
    holds: (order, ports) => expect(order?.charge?.scheduledAtMs ?? null).toBe(liveAt(ports)),
  },
  moving: {
    begin: () => world(reserved, true),
    act: (ports) => rescheduleCharge({ ...named, scheduledAtMs: laterMs }, call, ports),
    done: "rescheduled",
    holds: (order, ports) => expect(order?.charge?.scheduledAtMs).toBe(liveAt(ports)),
  },
  revoking: {
    begin: () => world(reserved, true),
    act: (ports) => unscheduleCharges({ ...named, merchantUids: [merchantUid] }, call, ports),
    done: "unscheduled",
    holds: (order, ports) => expect(order?.state === "voided").toBe(liveAt(ports) === null),
  },
  voiding: {
    begin: () => world(reserved, true),
    act: (ports) => voidOrder(merchantUid, call, ports),
    done: "voided",
    holds: (order, ports) => expect(order?.state === "voided").toBe(liveAt(ports) === null),
  },
  retrying: {
    begin: async () => {
      const failed = synced(reserved, [declined], { atMs: scheduledAtMs + minuteMs });
      const ports = await world(failed, false);
      ports.gateway.records = [declined];
      ports.clock.advance(scheduledAtMs + 2 * minuteMs - ports.clock.nowMs());
      return ports;
    },
    act: async (ports) => {
      const told = await retrySchedule(named, call, ports);
      // One that was paid meanwhile is not open any more.
      return told.outcome === "schedule_not_open" ? { outcome: "finished" } : told;
    },
    done: "finished",
    holds: (order, { gateway }) => {
      const paid = gateway.records.filter(({ status }) => status === "paid");
      expect([paid.length, order?.state]).toEqual(paid.length === 0 ? [0, "failed"] : [1, "paid"]);
    },
  },
  "opening an account": {
    begin: () => world(payable, false),
    act: (ports) => issueAccount(account, call, ports),
    done: "awaiting",
    holds: (order, ports) => expect(accounts(ports)).toBe(order?.state === "awaiting_deposit" ? 1 : 0),
  },
  "closing an account": {
    begin: async () => {
      const ports = await world(synced(asked, [accountRecord]), false);
      ports.gateway.records = [accountRecord];
      return ports;
    },
    act: (ports) => closeAccount(merchantUid, call, ports),
    done: "voided",
    holds: (order, ports) => expect(order?.state === "voided").toBe(accounts(ports) === 0),
  },
};

describe.each(Object.keys(stories))("%s", (name) => {
  const story = stories[name];
  if (!story) throw new Error(name);

  it.each(["before", "after"] as const)(
    "killed %s each of its calls is finished by the sweep, and by a repeat",
    async (when) => {
      const unharmed = killing(await story.begin(), 0, when);
      expect(await story.act(unharmed.ports)).toMatchObject({ outcome: story.done });
      const points = unharmed.count.calls;
      expect(points).toBeGreaterThanOrEqual(4);
      for (let n = 1; n <= points; n += 1) {
        const ports = await story.begin();
        await expect(story.act(killing(ports, n, when).ports)).rejects.toThrow(Killed);
        await pass(ports, 30);
        const swept = await ports.store.read(merchantUid);
        expect(swept?.instruction ?? null, `${when} call ${n}`).toBeNull();
        story.holds(swept, ports);
        expect(await story.act(ports), `${when} call ${n}, repeated`).toMatchObject({ outcome: story.done });
        story.holds(await ports.store.read(merchantUid), ports);
        expect(swept?.reviewReason ?? null).toBeNull();
      }
    },
  );
});
