// The simulation's billing keys and reservations keep the promises the real ones keep; and what PortOne does by itself
// in them.
import { describe, expect, it } from "vitest";
import type { CallResult } from "../../lib/ports/portone.ts";
import {
  changingCallContract,
  type Ending,
  loginContract,
  questionContract,
  refusal,
} from "../adapters/gateways.contract.ts";
import { createDice } from "../soak/random.ts";
import { testCard } from "../support/billing-doubles.ts";
import { createdAtMs, minuteMs, won } from "../support/orders.ts";
import { type Fate, Weather } from "./engine/fates.ts";
import { Invocation } from "./engine/invocation.ts";
import { Scheduler } from "./engine/scheduler.ts";
import { nothingRuns } from "./refused/stand.ts";
import { Billing, type BillingSettings } from "./world/billing.ts";
import { type BillingPorts, billingPortsOf } from "./world/billing-ports.ts";
import { PortOne, Refusal } from "./world/portone.ts";

const silence: Fate = { fault: "call_lost", reachesAfterMs: null, answersAfterMs: 1_000, answer: "none" };
const nobodyWatches = { sent: () => {}, answered: () => {}, asked: () => {}, showed: () => {} };
const unheard = {
  declined: () => {},
  paid: () => {},
  cancelled: () => {},
  receiptCancelled: () => {},
  accountOpened: () => {},
};

interface World {
  readonly isSilent?: boolean;
  readonly declines?: boolean;
  readonly settings?: BillingSettings;
}

function world({
  isSilent = false,
  declines = false,
  settings = { renewalsStandBeside: false },
}: World = {}) {
  const scheduler = new Scheduler(createdAtMs);
  const nowMs = () => scheduler.nowMs();
  const portone = new PortOne(nowMs, { checksumAt: "commit", partialShowsAs: "cancelled" }, unheard);
  const at = (atMs: number, happen: () => void) => scheduler.at(atMs, happen);
  const billing = new Billing(portone, nowMs, settings, { ...nothingRuns, at, declines: () => declines });
  const weather = new Weather(createDice(1), { rate: 0, favourites: [], refusesFalsely: false });
  if (isSilent)
    Object.assign(weather, { question: () => silence, change: () => silence, login: () => silence });
  const machine = { scheduler, weather, tell: () => {} };
  const inv = new Invocation("test-1", 3_600_000, null, "request-1", machine);
  const ports = billingPortsOf(inv, { portone, billing }, weather, nobodyWatches);
  /** Whoever awaits a port here makes a minute pass as well. */
  const answered = async <Answer>(asked: Promise<Answer>): Promise<Answer> => {
    await scheduler.runUntil(scheduler.nowMs() + minuteMs);
    return asked;
  };
  return { scheduler, portone, billing, ports, answered };
}
type Stand = ReturnType<typeof world>;

const charge = {
  merchantUid: "sub-1",
  name: "정기구독 9월",
  amount: won(9_900),
  taxFree: won(0),
  currency: "KRW",
  buyerName: "홍길동",
  productType: "digital",
  cardQuota: null,
  customData: null,
  noticeUrl: "https://pay.shop.example/portone/notice/t",
} as const;
const soonMs = createdAtMs + 30 * minuteMs;
const draft = { ...charge, scheduledAtMs: soonMs };
const account = { ...charge, bankCode: "088", dueAtMs: soonMs };

for (const name of ["charges", "keys", "schedules"] as const)
  loginContract(name, (isReachable) => {
    const { ports, answered } = world({ isSilent: !isReachable });
    return answered(ports[name].login());
  });

const holder = { name: null, tel: null, email: null };
const calls: Readonly<Record<string, (ports: BillingPorts) => Promise<CallResult<unknown>>>> = {
  chargeKey: ({ charges }) => charges.chargeKey({ ...charge, merchantUid: "ord-2" }, "cust-7"),
  chargeOnce: ({ charges }) => charges.chargeOnce({ ...charge, merchantUid: "ord-2" }, testCard),
  issueAccount: ({ charges }) => charges.issueAccount(account),
  issueKey: ({ keys }) => keys.issueKey("cust-8", testCard, holder),
  deleteKey: ({ keys }) => keys.deleteKey("cust-7", null),
  schedule: ({ schedules }) => schedules.schedule("cust-7", [{ ...draft, merchantUid: "sub-2" }]),
  reschedule: ({ schedules }) => schedules.reschedule("sub-1", soonMs + minuteMs, true),
  unschedule: ({ schedules }) => schedules.unschedule("cust-7", ["sub-1"]),
};

for (const [name, call] of Object.entries(calls)) {
  changingCallContract(name, (ending: Ending) => {
    const { billing, portone, ports, answered } = world({ isSilent: ending === "silence" });
    billing.reserve("cust-7", [draft]);
    if (ending === "refused") {
      const refuses = () => {
        throw new Refusal(refusal);
      };
      const doors = {
        charge: refuses,
        issueKey: refuses,
        deleteKey: refuses,
        reserve: refuses,
        move: refuses,
      };
      Object.assign(billing, { ...doors, revoke: refuses });
      Object.assign(portone, { charge: refuses, issueAccount: refuses });
    }
    return answered(call(ports));
  });
}

questionContract("fetchSchedule", (knowing) => {
  const { billing, ports, answered } = world({ isSilent: knowing === "silence" });
  if (knowing === "known") billing.reserve("cust-7", [draft]);
  return answered(ports.schedules.fetchSchedule("sub-1"));
});
questionContract("fetchKey", (knowing) => {
  const { ports, answered } = world({ isSilent: knowing === "silence" });
  return answered(ports.keys.fetchKey(knowing === "nothing" ? "cust-8" : "cust-7"));
});

describe("a reservation at the simulation's PortOne", () => {
  const paidOf = ({ portone }: Stand) => portone.paymentsOf("sub-1").map(({ record }) => record.status);

  it("runs once, at its time", async () => {
    const all = world();
    all.billing.reserve("cust-7", [draft]);
    await all.scheduler.runUntil(soonMs - 1);
    expect(paidOf(all)).toEqual([]);
    await all.scheduler.runUntil(soonMs + 60 * minuteMs);
    expect(paidOf(all)).toEqual(["paid"]);
    expect(all.billing.standing).toEqual([]);
  });

  it("runs at the time it was moved to alone, and not once it is revoked", async () => {
    const all = world();
    all.billing.reserve("cust-7", [draft, { ...draft, merchantUid: "sub-2" }]);
    all.billing.move("sub-1", soonMs + minuteMs);
    all.billing.revoke("cust-7", ["sub-2"]);
    await all.scheduler.runUntil(soonMs);
    expect(paidOf(all)).toEqual([]);
    await all.scheduler.runUntil(soonMs + 60 * minuteMs);
    expect(paidOf(all)).toEqual(["paid"]);
    expect(all.portone.paymentsOf("sub-2")).toEqual([]);
  });

  it("is declined without its key, and may then be retried or set up anew", async () => {
    const all = world({ settings: { renewalsStandBeside: true } });
    all.billing.reserve("cust-7", [draft]);
    all.billing.deleteKey("cust-7");
    await all.scheduler.runUntil(soonMs + minuteMs);
    expect(paidOf(all)).toEqual(["failed"]);
    expect(all.billing.retry("sub-1").status).toBe("failed");
    all.billing.renew("sub-1", soonMs + 10 * minuteMs);
    const listed = all.billing.listed("cust-7", { fromMs: createdAtMs, toMs: soonMs + 60 * minuteMs }, 0);
    expect(listed.map(({ scheduleStatus }) => scheduleStatus)).toEqual(["executed", "scheduled"]);
    expect(() => all.billing.retry("sub-1")).toThrow(Refusal);
  });

  it.each<readonly [string, (billing: Billing) => unknown]>([
    ["a number twice", (billing) => billing.reserve("cust-7", [draft])],
    ["without a key", (billing) => billing.reserve("nobody", [{ ...draft, merchantUid: "sub-2" }])],
    ["for a time that is past", (billing) => billing.move("sub-1", createdAtMs)],
    ["anew while it stands", (billing) => billing.renew("sub-1", soonMs)],
    ["back on another's key", (billing) => billing.revoke("cust-8", ["sub-1"])],
    ["again before it ran", (billing) => billing.retry("sub-1")],
  ])("refuses %s", (_, ask) => {
    const { billing } = world();
    billing.reserve("cust-7", [draft]);
    expect(() => ask(billing)).toThrow(Refusal);
  });
});
