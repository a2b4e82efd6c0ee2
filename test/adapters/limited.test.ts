// A limit of time that leaves nothing behind.
import { getEventListeners } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { limited } from "../../lib/limited.ts";

/** As whatever heeds a signal does. */
const untilAborted = (signal: AbortSignal): Promise<string> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve("aborted");
    else signal.addEventListener("abort", () => resolve("aborted"), { once: true });
  });

it("fires after its time", async () => {
  expect(await limited(10, undefined, untilAborted)).toBe("aborted");
});

it("fires with the outer one, which may have fired before", async () => {
  const outer = new AbortController();
  const running = limited(60_000, outer.signal, untilAborted);
  outer.abort();
  expect(await running).toBe("aborted");
  expect(await limited(60_000, outer.signal, untilAborted)).toBe("aborted");
});

it.each([
  ["ended", () => Promise.resolve("done")],
  ["failed", () => Promise.reject(new Error("no"))],
])("leaves nothing of a run that %s", async (_, run) => {
  const outer = new AbortController();
  let seen: AbortSignal | null = null;
  await limited(20, outer.signal, (signal) => {
    seen = signal;
    return run();
  }).catch(() => {});
  expect(getEventListeners(outer.signal, "abort")).toEqual([]);
  await sleep(60);
  outer.abort();
  expect((seen as AbortSignal | null)?.aborted).toBe(false);
});
