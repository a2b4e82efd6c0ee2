// One invocation of a built function in a process of its own, as Lambda would start it: the event comes from the parent,
// the report and how long it took go back.
import { randomUUID } from "node:crypto";

export interface Invocation {
  /** The bundle's shim. */
  readonly entry: string;
  readonly event: object;
  readonly timeoutMs: number;
}

export type Invoked =
  | { readonly report: Readonly<Record<string, unknown>>; readonly tookMs: number; readonly cpuMs: number }
  | { readonly failure: string };

type Handler = (event: object, context: object) => Promise<Readonly<Record<string, unknown>>>;

process.once("message", async ({ entry, event, timeoutMs }: Invocation) => {
  const invoked: Invoked = await invoke(entry, event, timeoutMs).catch((error: unknown) => ({
    failure: error instanceof Error ? (error.stack ?? error.message) : String(error),
  }));
  process.send?.(invoked, () => process.disconnect());
});

async function invoke(entry: string, event: object, timeoutMs: number): Promise<Invoked> {
  const { handler } = (await import(entry)) as { readonly handler: Handler };
  const startedAtMs = performance.now();
  const usedBefore = process.cpuUsage();
  const context = {
    awsRequestId: randomUUID(),
    getRemainingTimeInMillis: () => timeoutMs - (performance.now() - startedAtMs),
  };
  const report = await handler(event, context);
  const { user, system } = process.cpuUsage(usedBefore);
  return { report, tookMs: performance.now() - startedAtMs, cpuMs: (user + system) / 1_000 };
}
