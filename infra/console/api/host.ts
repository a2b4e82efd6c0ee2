// The functions' side of a local run: their clock, what the clock runs, the calls they made, and faults around them. It is
// asked without the key, though it has the API's address.
import { createAskLocal, LeverRefusedError } from "./ask-local.ts";
import { hostLevers } from "./listed-levers.ts";
import type { Fault } from "./simulator.ts";

export type Counts = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Since the start, or since they were last counted from nothing. */
export interface CallCounts {
  readonly dynamodb: {
    readonly calls: number;
    readonly read_units: number;
    readonly write_units: number;
    readonly index_write_units: number;
    readonly by_function: Counts;
  };
  readonly portone: { readonly by_function: Counts };
}

export type ClockedFunction = "reconcile" | "audit";
type Fields = Readonly<Record<string, unknown>>;

export interface Host {
  /** PortOne's clock moves with it. */
  advance(ms: number): Promise<void>;
  setClock(at: string): Promise<void>;
  /** Null while nothing waits for the sweep. */
  nextDueAt(): Promise<string | null>;
  /** As the clock would; gives the function's own report. */
  run(name: ClockedFunction): Promise<Readonly<Record<string, unknown>>>;
  calls(): Promise<CallCounts>;
  forgetCalls(): Promise<void>;
  faults(): Promise<readonly Fault[]>;
  addFault(fault: Fields): Promise<void>;
  clearFaults(): Promise<void>;
  /** What the shop was told, as it was told; null where this run keeps no events. */
  events(): Promise<readonly unknown[] | null>;
}

/** Throws a BackendUrlError for an address that is not this machine's. */
export function createHost(url: string): Host {
  const ask = createAskLocal(url, hostLevers);
  return {
    advance: (ms) => ask("POST /_local/clock", { body: { advance_ms: ms } }),
    setClock: (at) => ask("POST /_local/clock", { body: { set: at } }),
    nextDueAt: async () => (await ask<{ readonly next_at: string | null }>("GET /_local/due")).next_at,
    run: async (name) => {
      const ran = ask<{ readonly report: Fields }>("POST /_local/run", { body: { function: name } });
      return (await ran).report;
    },
    calls: () => ask("GET /_local/calls"),
    forgetCalls: () => ask("DELETE /_local/calls"),
    faults: async () => (await ask<{ readonly faults: readonly Fault[] }>("GET /_local/faults")).faults,
    addFault: (body) => ask("POST /_local/faults", { body }),
    clearFaults: () => ask("DELETE /_local/faults"),
    events: async () => {
      try {
        return (await ask<{ readonly events: readonly unknown[] }>("GET /_local/events")).events;
      } catch (error) {
        if (error instanceof LeverRefusedError) return null;
        throw error;
      }
    },
  };
}
