// The bus on this laptop: an item with an event in it that a write left passes the deployed pipe, is kept to be looked
// at, and is told to the shop by the deployed function where there is one. Tried as often as Lambda tries.
import { setTimeout as sleep } from "node:timers/promises";
import { parseEvent } from "../../../../lib/http/requests/event.ts";
import type { SandboxPool } from "../sandbox-pool.ts";
import type { TableImage } from "../table-call.ts";
import type { PipeDefinition } from "../template.ts";
import { type BusEvent, passes, toBusEvent } from "./pipe.ts";

interface KeptEvent {
  readonly event: BusEvent;
  /** Null while nobody has been asked; the status is null where nobody answered. */
  delivered: { readonly status: number | null; readonly attempts: number } | null;
}

const mostKept = 1_000;
const mostAttempts = 3;
/** Lambda waits a minute and two; nobody waits so long in front of a laptop. */
const pausesMs = [200, 1_000];
/** Each takes a sandbox. */
const mostAtOnce = 2;

export interface LocalEventsOptions {
  readonly pipe: PipeDefinition;
  readonly nowMs: () => number;
  /** Of the function that delivers; undefined where nobody is to be told. */
  readonly findPool: () => SandboxPool | undefined;
}

export class LocalEvents {
  readonly #options: LocalEventsOptions;
  #kept: KeptEvent[] = [];
  readonly #waiting: KeptEvent[] = [];
  #atWork = 0;

  constructor(options: LocalEventsOptions) {
    this.#options = options;
  }

  /** What a write left in the table. */
  take(image: TableImage): void {
    const { pipe, nowMs, findPool } = this.#options;
    const record = { eventName: "MODIFY", dynamodb: { NewImage: image } };
    if (!passes(pipe, record)) return;
    const kept: KeptEvent = { event: toBusEvent(pipe, record, nowMs()), delivered: null };
    this.#kept = [...this.#kept, kept].slice(-mostKept);
    if (!findPool()) return;
    this.#waiting.push(kept);
    void this.#work();
  }

  /** The newest last, as the shop is told them. */
  view() {
    const events = this.#kept.flatMap(({ event, delivered }) => {
      const told = parseEvent(event);
      return told ? [{ detail_type: told.type, detail: told.detail, delivered }] : [];
    });
    return { events };
  }

  reset(): void {
    this.#kept = [];
  }

  async #work(): Promise<void> {
    if (this.#atWork >= mostAtOnce) return;
    this.#atWork += 1;
    for (let kept = this.#waiting.shift(); kept; kept = this.#waiting.shift()) await this.#deliver(kept);
    this.#atWork -= 1;
  }

  async #deliver(kept: KeptEvent): Promise<void> {
    const body = JSON.stringify(kept.event);
    for (let attempts = 1; attempts <= mostAttempts; attempts += 1) {
      const invocation = await this.#options.findPool()?.invoke(body);
      if (!invocation) return;
      kept.delivered = { status: statusIn(invocation), attempts };
      if (invocation.outcome === "succeeded") return;
      if (attempts < mostAttempts) await sleep(pausesMs[attempts - 1] ?? 0);
    }
  }
}

function statusIn(invocation: Awaited<ReturnType<SandboxPool["invoke"]>>): number | null {
  const said =
    invocation.outcome === "succeeded"
      ? String((JSON.parse(invocation.payload) as { readonly status?: number }).status)
      : invocation.error.errorMessage;
  const status = /(\d{3})$/.exec(said)?.[1];
  return status === undefined ? null : Number(status);
}
