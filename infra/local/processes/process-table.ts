// Looks a process up in the operating system's table: who started it, when, and as what. Nothing is known of
// processes on Windows here.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

export interface ProcessEntry {
  readonly parentPid: number;
  /** In the system's own form; equal for the same process only. */
  readonly startedAt: string;
  readonly command: string;
}

/** Null when there is no such process. One that ended and was not waited for has no command and counts as gone. */
export function lookUpProcess(pid: number): ProcessEntry | null {
  if (process.platform === "win32") return null;
  const entry = process.platform === "linux" ? readProc(pid) : askPs(pid);
  return entry && entry.command !== "" && !entry.command.includes("<defunct>") ? entry : null;
}

function readProc(pid: number): ProcessEntry | null {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // proc(5): the name in parentheses may hold anything; after it come state, parent (4) … start time (22).
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { parentPid: Number(fields[1]), startedAt: fields[19] ?? "", command };
  } catch {
    // No such process.
    return null;
  }
}

function askPs(pid: number): ProcessEntry | null {
  try {
    const columns = ["-o", "ppid=", "-o", "lstart=", "-o", "command="];
    const line = execFileSync("ps", [...columns, "-p", String(pid)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    // lstart is five words: Wed Aug  5 12:00:00 2026.
    const found = /^\s*(\d+)\s+((?:\S+\s+){4}\S+)\s+(.*)$/.exec(line.trimEnd());
    return found && { parentPid: Number(found[1]), startedAt: found[2] ?? "", command: found[3] ?? "" };
  } catch {
    // ps exits with 1 when there is no such process.
    return null;
  }
}
