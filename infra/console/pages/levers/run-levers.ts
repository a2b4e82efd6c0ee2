// Time, faults, and the count of calls: what concerns the whole run.
import { kstText } from "../parts/time.ts";
import type { Lever, Pulled } from "./lever.ts";

const minuteMs = 60_000;
export const moves = { tenMinutes: 10 * minuteMs, hour: 60 * minuteMs, day: 24 * 60 * minuteMs } as const;

/** Deployed, the clock runs it every minute; nobody does here. */
async function sweep({ host }: Pulled): Promise<number> {
  const report = await host.run("reconcile");
  return Number(report["taken"]);
}

async function moved(pulled: Pulled): Promise<string> {
  const taken = await sweep(pulled);
  return pulled.words.moved(kstText(await pulled.simulator.nowMs()), taken);
}

const clock: Lever = {
  name: "clock",
  pull: async (pulled) => {
    await pulled.host.advance(Number(pulled.fields["ms"]));
    return moved(pulled);
  },
};

const nextDue: Lever = {
  name: "next-due",
  pull: async (pulled) => {
    const { host, simulator, words } = pulled;
    const dueAt = await host.nextDueAt();
    if (dueAt === null) return words.nothingDue;
    if (Date.parse(dueAt) > (await simulator.nowMs())) await host.setClock(dueAt);
    return moved(pulled);
  },
};

const runs: readonly Lever[] = [
  { name: "sweep", pull: async (pulled) => pulled.words.swept(await sweep(pulled)) },
  {
    name: "audit",
    pull: async ({ host, words }) => {
      const { differences } = await host.run("audit");
      return words.audited(Array.isArray(differences) ? differences.length : 0);
    },
  },
];

/** Only what was filled in; an empty choice means any. */
const faultOf = (fields: Pulled["fields"], names: readonly string[]) => ({
  ...Object.fromEntries(names.flatMap((name) => (fields[name] ? [[name, fields[name]]] : []))),
  count: Number(fields["count"] || 1),
});

const faults: readonly Lever[] = [
  {
    name: "portone-fault",
    pull: async ({ simulator, fields, words }) => {
      await simulator.addFault(faultOf(fields, ["name", "call", "merchant_uid"]));
      return words.faultAdded;
    },
  },
  {
    name: "function-fault",
    pull: async ({ host, fields, words }) => {
      await host.addFault(faultOf(fields, ["name", "function"]));
      return words.faultAdded;
    },
  },
  {
    name: "clear-faults",
    pull: async ({ simulator, host, words }) => {
      await Promise.all([simulator.clearFaults(), host.clearFaults()]);
      return words.faultsCleared;
    },
  },
];

const forgetCalls: Lever = {
  name: "forget-calls",
  pull: async ({ host, words }) => {
    await host.forgetCalls();
    return words.callsForgotten;
  },
};

export const runLevers: readonly Lever[] = [clock, nextDue, ...runs, ...faults, forgetCalls];
