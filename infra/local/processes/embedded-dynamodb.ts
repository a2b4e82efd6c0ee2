// A running embedded DynamoDB: started on a free port, waited for until it answers, ended with its owner.
import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { spawnDynalite } from "./dynalite.ts";
import { findDynoxide, spawnDynoxide } from "./dynoxide.ts";
import { endChild, hasEnded } from "./end-child.ts";
import { findFreePort } from "./free-port.ts";
import { StartError } from "./start-error.ts";
import type { TableEngine } from "./table-engine.ts";

export interface EmbeddedDynamoDb {
  readonly url: string;
  readonly pid: number;
  /** Returns at once when it has already ended. */
  close(): Promise<void>;
}

const startLimitMs = 10_000;
const lookEveryMs = 15;

/**
 * Keeps its tables in `place`, or in memory without one. `onSpawn` gets the process before it answers, for
 * an owner who may have to end it earlier. Throws, with nothing left running, when it does not come up.
 */
export async function startEmbeddedDynamoDb(
  engine: TableEngine,
  place: string | null,
  onSpawn: (child: ChildProcess) => void = () => {},
): Promise<EmbeddedDynamoDb> {
  const spawnOn = spawnerOf(engine);
  const port = await findFreePort(0);
  const child = spawnOn(port, place);
  onSpawn(child);
  const url = `http://127.0.0.1:${port}`;
  await untilAnswering(url, child);
  return { url, pid: child.pid ?? 0, close: () => endChild(child) };
}

function spawnerOf(engine: TableEngine): (port: number, place: string | null) => ChildProcess {
  if (engine === "dynalite") return spawnDynalite;
  const program = findDynoxide();
  return (port, place) => spawnDynoxide(program, port, place);
}

async function untilAnswering(url: string, child: ChildProcess): Promise<void> {
  let spawnFailure: Error | null = null;
  child.once("error", (error) => {
    spawnFailure = error;
  });
  const giveUpAtMs = Date.now() + startLimitMs;
  while (spawnFailure === null && !hasEnded(child) && Date.now() < giveUpAtMs) {
    const isUp = await fetch(url).then(
      () => true,
      // Not listening yet: that is what is waited for.
      () => false,
    );
    if (isUp) return;
    await sleep(lookEveryMs);
  }
  await endChild(child);
  throw new StartError("dynamodb_silent", { url, why: String(spawnFailure ?? describe(child)) });
}

const describe = ({ exitCode, signalCode }: ChildProcess): string =>
  `it ended with ${exitCode === null ? signalCode : `exit code ${exitCode}`}`;
