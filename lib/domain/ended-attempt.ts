// How an attempt ends that took no money.
import type { Attempt } from "./order.ts";

/** The attempt in another state from now on; whatever may be paid into is not kept beyond its end. */
export const endedAs = (attempt: Attempt, state: "failed" | "abandoned", atMs: number): Attempt => ({
  ...attempt,
  state,
  stateSinceMs: atMs,
  isRevoking: false,
  account: null,
});
