// A running embedded DynamoDB: started on a free port, waited for until it answers, ended with its owner.
import type { ChildProcess } from "node:child_process";
import { findDynoxide, spawnDynoxide } from "./dynoxide.ts";
import { findFreePort } from "./free-port.ts";

export interface EmbeddedDynamoDb {
  readonly url: string;
  readonly pid: number;
  /** Returns at once when it has already ended. */
  close(): Promise<void>;
}

const startLimitMs = 5_000;
const lookEveryMs = 15;

/** Keeps its tables in the file, or in memory without one. */
export async function startDynoxide(databaseFile: string | null): Promise<EmbeddedDynamoDb> {
  const port = await findFreePort(0);
  const child = spawnDynoxide(findDynoxide(), port, databaseFile);
  const url = `http://127.0.0.1:${port}`;
  await untilAnswering(url, child);
  return { url, pid: child.pid ?? 0, close: () => end(child) };
}

async function untilAnswering(url: string, child: ChildProcess): Promise<void> {
  const giveUpAtMs = Date.now() + startLimitMs;
  while (child.exitCode === null && Date.now() < giveUpAtMs) {
    const isUp = await fetch(url).then(
      () => true,
      // Not listening yet: that is what is waited for.
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  child.kill("SIGKILL");
  throw new Error(`the embedded DynamoDB did not answer at ${url}`);
}

async function end(child: ChildProcess): Promise<void> {
  // The same Ctrl-C reaches the whole group, so it may be gone already.
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  await ended;
}
