// What runs a function, or a peer's server, in a process of its own. As Lambda's runtime client it has loaded Node's
// usual modules before; bundled as CommonJS, because a module that imports node:http would load undici by itself.
import { randomUUID } from "node:crypto";
import "node:fs";
import "node:http";
import "node:net";
import "node:path";
import "node:util";
import { pathToFileURL } from "node:url";
import type { Asked, Event, Invoked, Loaded, Told } from "./messages.ts";

type Handler = (event: Event, context: object) => Promise<{ readonly statusCode: number }>;
interface Module {
  readonly handler?: Handler;
  /** A server's, once it listens. */
  readonly url?: Promise<string>;
}

let loaded: Module = {};

process.on("message", (asked: Asked) => {
  void answer(asked).then((told) => process.send?.(told));
});

async function answer(asked: Asked): Promise<Told> {
  try {
    if ("load" in asked) return await load(asked.load);
    if ("invoke" in asked) return await invoke(asked.invoke, asked.timeoutMs);
    return { cpuMs: cpuMs(), rssMb: rssMb() };
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

async function load(path: string): Promise<Loaded> {
  const startedAtMs = performance.now();
  const usedMs = cpuMs();
  loaded = path.endsWith(".cjs") ? require(path) : await import(pathToFileURL(path).href);
  const figures = { tookMs: performance.now() - startedAtMs, cpuMs: cpuMs() - usedMs, undici: undici() };
  return { ...figures, url: loaded.url === undefined ? null : await loaded.url };
}

async function invoke(events: readonly Event[], timeoutMs: number): Promise<Invoked> {
  const { handler } = loaded;
  if (!handler) throw new Error("it has no handler");
  const eachMs: number[] = [];
  const statuses: number[] = [];
  const usedMs = cpuMs();
  for (const event of events) {
    const startedAtMs = performance.now();
    const { statusCode } = await handler(event, {
      awsRequestId: randomUUID(),
      getRemainingTimeInMillis: () => timeoutMs - (performance.now() - startedAtMs),
    });
    eachMs.push(performance.now() - startedAtMs);
    statuses.push(statusCode);
  }
  return { eachMs, statuses, cpuMs: cpuMs() - usedMs, rssMb: rssMb(), undici: undici() };
}

const undici = (): readonly string[] =>
  ((process as unknown as { moduleLoadList: readonly string[] }).moduleLoadList ?? []).filter((name) =>
    name.includes("undici"),
  );

const rssMb = (): number => process.memoryUsage.rss() / 1_048_576;

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}
