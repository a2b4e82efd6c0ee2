// The record of all outgoing calls: how many, by which function, and what the table charges for them.
// Calls of a starting sandbox (INIT) are counted apart: they belong to a cold start, not to a flow.
import type { OutgoingCall } from "./outgoing-call.ts";

export interface Capacity {
  readonly table: number;
  readonly indexes: number;
}

type Counts = Record<string, Record<string, number>>;

const reads = new Set(["GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"]);

export class CallRecord {
  #dynamodb = emptyTotals();
  #portone: Counts = {};
  #init = { dynamodb: {} as Counts, portone: {} as Counts };

  reset(): void {
    this.#dynamodb = emptyTotals();
    this.#portone = {};
    this.#init = { dynamodb: {}, portone: {} };
  }

  count(call: OutgoingCall): void {
    if (call.isInit) {
      add(this.#init[call.service], call);
      return;
    }
    add(call.service === "dynamodb" ? this.#dynamodb.by_function : this.#portone, call);
    if (call.service === "dynamodb") this.#dynamodb.calls += 1;
  }

  charge(call: OutgoingCall, { table, indexes }: Capacity): void {
    if (call.isInit) return;
    if (reads.has(call.name)) {
      this.#dynamodb.read_units += table + indexes;
      return;
    }
    this.#dynamodb.write_units += table;
    this.#dynamodb.index_write_units += indexes;
  }

  view() {
    return { dynamodb: this.#dynamodb, portone: { by_function: this.#portone }, init: this.#init };
  }
}

const emptyTotals = () => ({
  calls: 0,
  read_units: 0,
  write_units: 0,
  index_write_units: 0,
  by_function: {} as Counts,
});

function add(counts: Counts, { functionName, name }: OutgoingCall): void {
  const own = counts[functionName] ?? {};
  own[name] = (own[name] ?? 0) + 1;
  counts[functionName] = own;
}
