// The clock calls this every minute: whatever is due is looked at again, whoever failed to tell us. Where several sweeps
// run a minute, the event says which one this is.
import * as z from "zod/mini";
import { clockedEndpoint } from "../lib/http/clocked-endpoint.ts";
import { parseFields } from "../lib/http/fields.ts";
import { reconcile } from "../lib/usecases/sweeps/reconcile.ts";
import {
  wire,
  wireDeliveries,
  wireInstructing,
  wireReceipts,
  wireSending,
  wireSweep,
} from "../lib/wiring.ts";

const wiring = wire("reconcile");
const ports = {
  ...wiring,
  ...wireSending(wiring),
  ...wireReceipts(wiring),
  ...wireInstructing(wiring),
  ...wireDeliveries(wiring),
  ...wireSweep(wiring),
  random: Math.random,
};

const sweepEvent = z.object({
  sweep: z.optional(z.int("정수여야 합니다.").check(z.nonnegative("0 이상이어야 합니다."))),
});

/** Kept back for the items at work when time runs out: whatever they send still ends within it. */
const keptBack = 0.4;

export const { prime } = wiring;
export const handler = clockedEndpoint(wiring, (event, call) => {
  const { sweep: number = 0 } = parseFields(sweepEvent, event);
  return reconcile({ stopBelowMs: call.timeLeftMs() * keptBack, number }, call, ports);
});
