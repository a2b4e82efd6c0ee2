// Knows a process again across runs: a pid alone may by now belong to a stranger, a pid with its start time
// and command line does not. Must never end a process it does not recognise.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

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

/** Start time and command line. An ended process nobody has waited for has no command line: it counts as gone. */
function identify(pid: number): string | null {
  if (process.platform === "win32") return null;
  return process.platform === "linux" ? readProc(pid) : askPs(pid);
}

function readProc(pid: number): string | null {
  try {
    const commandLine = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // proc(5): the name in parentheses may hold anything; start time is field 22, the 20th after it.
    const startedAtTick = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return commandLine === "" ? null : `${startedAtTick} ${commandLine}`;
  } catch {
    // No such process.
    return null;
  }
}

function askPs(pid: number): string | null {
  try {
    const arguments_ = ["-o", "lstart=", "-o", "command=", "-p", String(pid)];
    const line = execFileSync("ps", arguments_, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return line.includes("<defunct>") ? null : line.trim() || null;
  } catch {
    // ps exits with 1 when there is no such process.
    return null;
  }
}
