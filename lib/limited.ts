// A limit of time that is gone when what it limits has ended. AbortSignal.timeout goes on until it fires, and
// AbortSignal.any is kept for as long: of a thousand notices there would be thousands.

/** Runs with a signal that fires after `limitMs`, or with `outer`. Settles as the run does. */
export async function limited<Result>(
  limitMs: number,
  outer: AbortSignal | undefined,
  run: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, limitMs).unref();
  if (outer?.aborted) abort();
  else outer?.addEventListener("abort", abort, { once: true });
  try {
    return await run(controller.signal);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", abort);
  }
}
