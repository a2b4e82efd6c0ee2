// Knows a process again across runs: a pid alone may by now belong to a stranger, a pid with its start time
// and command line does not. Must never end a process it does not recognise.
import { setTimeout as sleep } from "node:timers/promises";
import { lookUpProcess } from "./process-table.ts";

export interface ProcessMark {
  readonly name: string;
  readonly pid: number;
  readonly identity: string;
}

/** Null when the process is gone, or when this platform does not let it be recognised. */
export function markProcess(name: string, pid: number): ProcessMark | null {
  const identity = identify(pid);
  return identity === null ? null : { name, pid, identity };
}

export const isAlive = (mark: ProcessMark): boolean => identify(mark.pid) === mark.identity;

const graceMs = 2_000;
const lookEveryMs = 20;

/** Ends the very process that was marked: asks first, then forces. False when it was gone already. */
export async function endProcess(mark: ProcessMark): Promise<boolean> {
  if (!isAlive(mark)) return false;
  signal(mark.pid, "SIGTERM");
  for (let waitedMs = 0; waitedMs < graceMs && isAlive(mark); waitedMs += lookEveryMs)
    await sleep(lookEveryMs);
  if (isAlive(mark)) signal(mark.pid, "SIGKILL");
  while (isAlive(mark)) await sleep(lookEveryMs);
  return true;
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended between the look and the signal, which is what was wanted.
  }
}

const identify = (pid: number): string | null => {
  const entry = lookUpProcess(pid);
  return entry && `${entry.startedAt} ${entry.command}`;
};
