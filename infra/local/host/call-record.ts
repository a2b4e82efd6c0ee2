// The record of all outgoing calls: how many, by which function, and what the table charges for them.
// Calls of a starting sandbox (INIT) are counted apart: they belong to a cold start, not to a flow.
import type { OutgoingCall } from "./outgoing-call.ts";

export interface Capacity {
  readonly table: number;
  readonly indexes: number;
}

/** What one write cost, which is how large its item was at most. */
interface LargestWrite {
  readonly pk: string;
  readonly units: number;
}

type Counts = Record<string, Record<string, number>>;

const reads = new Set(["GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"]);

export class CallRecord {
  #dynamodb = emptyTotals();
  #portone: Counts = {};
  #ssm: Counts = {};
  #init = emptyCounts();

  reset(): void {
    this.#dynamodb = emptyTotals();
    this.#portone = {};
    this.#ssm = {};
    this.#init = emptyCounts();
  }

  count(call: OutgoingCall): void {
    if (call.isInit) {
      add(this.#init[call.service], call);
      return;
    }
    add({ dynamodb: this.#dynamodb.by_function, portone: this.#portone, ssm: this.#ssm }[call.service], call);
    if (call.service === "dynamodb") this.#dynamodb.calls += 1;
  }

  /** `pk` names the item of a call about a single one. */
  charge(call: OutgoingCall, { table, indexes }: Capacity, pk: string | null): void {
    if (call.isInit) return;
    if (reads.has(call.name)) {
      this.#dynamodb.read_units += table + indexes;
      return;
    }
    this.#dynamodb.write_units += table;
    this.#dynamodb.index_write_units += indexes;
    const [kind = ""] = (pk ?? "").split("#");
    if (pk !== null && table > (this.#dynamodb.largest_writes[kind]?.units ?? 0))
      this.#dynamodb.largest_writes[kind] = { pk, units: table };
  }

  view() {
    return {
      dynamodb: this.#dynamodb,
      portone: { by_function: this.#portone },
      ssm: { by_function: this.#ssm },
      init: this.#init,
    };
  }
}

const emptyCounts = (): Record<OutgoingCall["service"], Counts> => ({ dynamodb: {}, portone: {}, ssm: {} });

const emptyTotals = () => ({
  calls: 0,
  read_units: 0,
  write_units: 0,
  index_write_units: 0,
  by_function: {} as Counts,
  /** By the kind of item. */
  largest_writes: {} as Record<string, LargestWrite>,
});

function add(counts: Counts, { functionName, name }: OutgoingCall): void {
  const own = counts[functionName] ?? {};
  own[name] = (own[name] ?? 0) + 1;
  counts[functionName] = own;
}
