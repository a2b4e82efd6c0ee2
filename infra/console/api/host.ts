// The functions' side of a local run: their clock, what the clock runs, the calls they made, and faults around them. It is
// asked without the key, though it has the API's address.
import { createAskLocal } from "./ask-local.ts";
import { hostLevers } from "./listed-levers.ts";
import type { Fault } from "./simulator.ts";
import type { OrderState } from "./told.ts";

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

/** What the shop was told, or would be: docs/events. */
export interface ShopEvent {
  readonly detail_type: string;
  readonly detail: {
    readonly event_id: string;
    readonly merchant_uid: string;
    readonly state: OrderState;
    readonly previous: OrderState;
    readonly occurred_at: string;
    readonly late: boolean;
    readonly review_reason: string | null;
  };
  /** Null while the shop has not been asked; the status is null where it did not answer. */
  readonly delivered: { readonly status: number | null; readonly attempts: number } | null;
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
  /** The newest last. */
  events(): Promise<readonly ShopEvent[]>;
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
    events: async () => (await ask<{ readonly events: readonly ShopEvent[] }>("GET /_local/events")).events,
  };
}
