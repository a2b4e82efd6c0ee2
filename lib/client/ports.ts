// What the client needs of the world.

export interface ClientPorts {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly nowMs: () => number;
  /** Rejects when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

export const realPorts: ClientPorts = {
  fetch: globalThis.fetch,
  nowMs: Date.now,
  pause: (ms, signal) =>
    new Promise((resolve, reject) => {
      const stop = () => {
        clearTimeout(timer);
        reject(signal.reason);
      };
      const timer = setTimeout(() => {
        signal.removeEventListener("abort", stop);
        resolve();
      }, ms);
      if (signal.aborted) stop();
      else signal.addEventListener("abort", stop, { once: true });
    }),
};
