// Faults between a function and the outside, by name: the table in trouble, or the sandbox dying around one
// of its calls. A fault counts matching calls from the moment it is set.
import type { OutgoingCall } from "./outgoing-call.ts";

const faultNames = [
  "dynamodb_throttled",
  "dynamodb_down",
  "dynamodb_no_answer",
  "dynamodb_answer_lost_after_effect",
  "crash_before",
  "crash_after",
] as const;
export type FaultName = (typeof faultNames)[number];

export interface LocalFault {
  readonly name: FaultName;
  readonly function: string | null;
  readonly call: string | null;
  /** The first matching call it hits, from 1. */
  readonly occurrence: number;
  /** How many calls it hits from there. */
  readonly count: number;
  readonly hits: number;
}

interface ActiveFault extends LocalFault {
  seen: number;
  hits: number;
}

const known = ["name", "function", "call", "occurrence", "count"];

export class LocalFaults {
  #faults: ActiveFault[] = [];

  /** Sets a fault; returns what is wrong with the request, or null. */
  add(body: Readonly<Record<string, unknown>>): string | null {
    const unknown = Object.keys(body).filter((field) => !known.includes(field));
    if (unknown.length > 0) return `unknown field: ${unknown.join(", ")}`;
    const name = faultNames.find((fault) => fault === body["name"]);
    if (!name) return `name must be one of ${faultNames.join(", ")}`;
    const { function: functionName = null, call = null, occurrence = 1, count = 1 } = body;
    if (!isTextOrNull(functionName) || !isTextOrNull(call)) return "function and call are texts";
    if (!isCount(occurrence) || !isCount(count)) return "occurrence and count are whole numbers from 1";
    this.#faults.push({ name, function: functionName, call, occurrence, count, seen: 0, hits: 0 });
    return null;
  }

  reset(): void {
    this.#faults = [];
  }

  view(): readonly LocalFault[] {
    return this.#faults.map(({ seen: _, ...fault }) => fault);
  }

  /** The fault that hits this call, if any; every matching fault counts it. */
  hit(call: OutgoingCall): FaultName | null {
    if (call.isInit) return null;
    let hit: FaultName | null = null;
    for (const fault of this.#faults) {
      if (!matches(fault, call)) continue;
      fault.seen += 1;
      const isDue = fault.seen >= fault.occurrence && fault.hits < fault.count;
      if (!isDue || hit !== null) continue;
      fault.hits += 1;
      hit = fault.name;
    }
    return hit;
  }
}

function matches(fault: LocalFault, call: OutgoingCall): boolean {
  if (fault.name.startsWith("dynamodb_") && call.service !== "dynamodb") return false;
  if (fault.function !== null && fault.function !== call.functionName) return false;
  return fault.call === null || fault.call === call.name;
}

const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === "string";
const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 1;
