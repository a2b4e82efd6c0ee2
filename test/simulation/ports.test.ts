// The simulation's table and PortOne keep the promises the real ones keep, in fair weather and in silence.
import { describe, expect, it } from "vitest";
import { currencies } from "../../lib/domain/money.ts";
import type { CallResult } from "../../lib/ports/portone.ts";
import { StorageUnavailableError } from "../../lib/ports/table.ts";
import {
  changingCallContract,
  type Ending,
  loginContract,
  paymentGatewayContract,
  questionContract,
  refusal,
} from "../adapters/gateways.contract.ts";
import { orderStoreContract } from "../adapters/order-store.contract.ts";
import {
  brakeStoreContract,
  callBudgetContract,
  refundStoreContract,
} from "../adapters/table-stores.contract.ts";
import { createDice } from "../soak/random.ts";
import { createdAtMs, createdOrder, won } from "../support/orders.ts";
import { type Fate, Weather } from "./engine/fates.ts";
import { Invocation } from "./engine/invocation.ts";
import { Scheduler } from "./engine/scheduler.ts";
import { PortOne, Refusal } from "./world/portone.ts";
import { type PortOnePorts, portOnePortsOf } from "./world/portone-ports.ts";
import { Table } from "./world/table.ts";
import { type TablePorts, tablePortsOf } from "./world/table-ports.ts";

const fair = () => new Weather(createDice(1), { rate: 0, favourites: [], refusesFalsely: false });
const silence: Fate = { fault: "call_lost", reachesAfterMs: null, answersAfterMs: 1_000, answer: "none" };
const calm = { checksumAt: "commit", partialShowsAs: "cancelled" } as const;
const nobodyWatches = {
  sent: () => {},
  answered: () => {},
  asked: () => {},
};

/** Whoever awaits a port here makes time pass as well. */
const driven = <Ports extends object>(ports: Ports, scheduler: Scheduler): Ports =>
  new Proxy(ports, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== "function") return member;
      return async (...values: unknown[]) => {
        const answer: unknown = member.apply(target, values);
        await scheduler.runUntil(scheduler.nowMs() + 60_000);
        return answer;
      };
    },
  });

function inv(scheduler: Scheduler, weather: Weather): Invocation {
  return new Invocation("test-1", 3_600_000, null, "request-1", { scheduler, weather, tell: () => {} });
}

function tables(mostCallsAMinute?: number) {
  const scheduler = new Scheduler(createdAtMs);
  const table = new Table(() => scheduler.nowMs(), { wrote: () => {}, wroteBrake: () => {} });
  const weather = fair();
  const ports = tablePortsOf(inv(scheduler, weather), table, weather, mostCallsAMinute);
  return { scheduler, table, weather, ports };
}
const tablePort = <Name extends keyof TablePorts>(name: Name, most?: number): Promise<TablePorts[Name]> => {
  const { ports, scheduler } = tables(most);
  return Promise.resolve(driven(ports[name], scheduler));
};

orderStoreContract("the simulation's table", () => tablePort("store"));
refundStoreContract("the simulation's table", () => tablePort("refunds"));
brakeStoreContract("the simulation's table", () => tablePort("brake"));
callBudgetContract("the simulation's table", (calls) => tablePort("budget", calls));

const merchantUid = "ord-20260805-000142";

/** A PortOne that took 109,000 won for one order by a bank transfer. */
function portones(isSilent = false) {
  const scheduler = new Scheduler(createdAtMs);
  const portone = new PortOne(() => scheduler.nowMs(), calm, {
    declined: () => {},
    paid: () => {},
    cancelled: () => {},
    receiptCancelled: () => {},
    accountOpened: () => {},
  });
  const impUid = portone.openWindow(merchantUid, won(109_000), "trans");
  if (impUid === null) throw new Error("no window");
  portone.take(impUid);
  const weather = fair();
  if (isSilent)
    Object.assign(weather, { question: () => silence, change: () => silence, login: () => silence });
  const ports = portOnePortsOf(inv(scheduler, weather), portone, weather, nobodyWatches);
  const port = <Name extends keyof PortOnePorts>(name: Name) => driven(ports[name], scheduler);
  return { portone, impUid, port };
}

/** The contract knows one payment by a name of its own. */
paymentGatewayContract("the simulation's PortOne", async (isSilent) => {
  const { impUid, port } = portones(isSilent);
  const gateway = port("gateway");
  const its = "imp_730112845061";
  const renamed = <Record extends { readonly impUid: string }>(record: Record) => ({
    ...record,
    impUid: its,
  });
  return {
    fetchPayment: async (asked, options) => {
      const found = await gateway.fetchPayment(asked === its ? impUid : asked, options);
      return found.outcome === "found" ? { ...found, record: renamed(found.record) } : found;
    },
    findPayments: async (asked) => {
      const found = await gateway.findPayments(asked);
      return found.outcome === "found" ? { ...found, records: found.records.map(renamed) } : found;
    },
  };
});

for (const name of ["money", "receipts"] as const)
  loginContract(name, (isReachable) => portones(!isReachable).port(name).login());

const cancelOf = (impUid: string) => ({
  impUid,
  amount: won(20_000),
  taxFree: won(0),
  checksum: won(109_000),
  currency: currencies[0],
  reason: "#k7q2m5xwa 단순 변심",
  requester: null,
  account: null,
});

type Stand = ReturnType<typeof portones>;
const changes: Readonly<Record<string, (stand: Stand) => Promise<CallResult<unknown>>>> = {
  cancel: ({ port, impUid }) => port("money").cancel(cancelOf(impUid)),
  cancelReceipt: ({ port, impUid }) => port("receipts").cancelReceipt({ kind: "payment", impUid }),
};

for (const [name, call] of Object.entries(changes)) {
  changingCallContract(name, (ending: Ending) => {
    const stand = portones(ending === "silence");
    if (name === "cancelReceipt") stand.portone.issueReceipt(stand.impUid);
    if (ending === "refused") {
      const refuses = () => {
        throw new Refusal(refusal);
      };
      Object.assign(stand.portone, { commitCancel: refuses, cancelReceipt: refuses });
    }
    return call(stand);
  });
}

questionContract("fetchReceipt", (knowing) => {
  const { port, portone, impUid } = portones(knowing === "silence");
  if (knowing === "known") portone.issueReceipt(impUid);
  return port("receipts").fetchReceipt({ kind: "payment", impUid });
});

describe("the simulation's table in bad weather", () => {
  const write = (answer: Fate["answer"], reachesAfterMs: number | null): Fate => ({
    fault: "table_write_late",
    reachesAfterMs,
    answersAfterMs: 1_600,
    answer,
  });

  it("lets a write land after its caller gave up, under the condition it was made on", async () => {
    const { scheduler, table, weather, ports } = tables();
    const order = createdOrder();
    table.create(order, "somebody");
    Object.assign(weather, { tableWrite: () => write("none", 30_000) });
    const given = ports.store.update(order, { ...order, name: "늦은 상품" });
    const caught = expect(given).rejects.toThrow(StorageUnavailableError);
    await scheduler.runUntil(createdAtMs + 2_000);
    await caught;
    expect(table.orders.get(order.merchantUid)?.version).toBe(1);
    await scheduler.runUntil(createdAtMs + 31_000);
    expect(table.orders.get(order.merchantUid)).toMatchObject({ version: 2, name: "늦은 상품" });
  });

  it("answers a write that its client repeated with what stands there: itself", async () => {
    const { scheduler, table, weather, ports } = tables();
    const order = createdOrder();
    table.create(order, "somebody");
    Object.assign(weather, { tableWrite: () => write("repeat", 5) });
    const given = ports.store.update(order, { ...order, name: "새 상품" });
    await scheduler.runUntil(createdAtMs + 2_000);
    expect(await given).toMatchObject({ outcome: "conflict", order: { version: 2, name: "새 상품" } });
  });
});
