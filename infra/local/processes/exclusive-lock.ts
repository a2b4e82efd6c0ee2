// A lock that the operating system drops when its holder dies, however it dies: an exclusive SQLite
// transaction on a file of its own. A lock file with a pid would have to be judged stale by somebody.
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

export interface ExclusiveLock {
  release(): void;
}

const tryEveryMs = 50;

/** Null when another process still holds it after `waitMs`. The file is created when missing and stays. */
export async function takeExclusiveLock(file: string, waitMs: number): Promise<ExclusiveLock | null> {
  for (let waitedMs = 0; ; waitedMs += tryEveryMs) {
    const lock = tryLock(file);
    if (lock || waitedMs >= waitMs) return lock;
    await sleep(tryEveryMs);
  }
}

function tryLock(file: string): ExclusiveLock | null {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
    return { release: () => database.close() };
  } catch (error) {
    database.close();
    if (error instanceof Error && error.message.includes("locked")) return null;
    throw error;
  }
}
