// Ends a child process and waits until it is gone. Asks first; a child that does not listen is forced, so
// that ending everything always ends.
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

const graceMs = 2_000;

/** Returns at once when it has ended already: the same Ctrl-C reaches the whole group. */
export async function endChild(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await ended;
  clearTimeout(force);
}

export const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;
