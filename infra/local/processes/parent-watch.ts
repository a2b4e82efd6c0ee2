// npm killed with kill -9 passes nothing on to what it runs, and the shell it runs it by lives on. A process
// that npm started then has nobody left to serve.
import { lookUpProcess } from "./process-table.ts";

const lookEveryMs = 250;

/** Calls back once when this process was run by npm and npm is gone. Does not keep the process alive. */
export function watchNpm(environment: NodeJS.ProcessEnv, onGone: () => void): void {
  // Run from a shell, a process may outlive it on purpose (nohup).
  if (environment["npm_lifecycle_event"] === undefined) return;
  const parent = process.ppid;
  const npm = findNpm(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && isThere(npm)) return;
    clearInterval(timer);
    onGone();
  }, lookEveryMs);
  timer.unref();
}

/** npm runs a script by `sh -c`; some shells then become the program, others stay between the two. */
function findNpm(parentPid: number): number {
  const parent = lookUpProcess(parentPid);
  const isShell = parent !== null && /^(\S*\/)?\w*sh -c /.test(parent.command);
  return isShell ? parent.parentPid : parentPid;
}

function isThere(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user is there as well.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
