// npm killed with kill -9 passes nothing on to what it runs. A process that npm started then has another
// parent and nobody to serve.

const lookEveryMs = 250;

/** Calls back once when this process was run by npm and npm is gone. Does not keep the process alive. */
export function watchNpm(environment: NodeJS.ProcessEnv, onGone: () => void): void {
  // Run from a shell, a process may outlive it on purpose (nohup).
  if (environment["npm_lifecycle_event"] === undefined) return;
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    onGone();
  }, lookEveryMs);
  timer.unref();
}
