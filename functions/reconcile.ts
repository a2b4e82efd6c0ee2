// The clock calls this every minute: whatever is due is looked at again, whoever failed to tell us.
import { clockedEndpoint } from "../lib/http/clocked-endpoint.ts";
import { reconcile } from "../lib/usecases/sweeps/reconcile.ts";
import {
  wire,
  wireDeliveries,
  wireDueList,
  wireInstructing,
  wireReceipts,
  wireSyncing,
} from "../lib/wiring.ts";

const wiring = wire("reconcile");
const ports = {
  ...wiring,
  ...wireSyncing(wiring),
  ...wireReceipts(wiring),
  ...wireInstructing(wiring),
  ...wireDeliveries(wiring),
  due: wireDueList(wiring),
  random: Math.random,
};

/** A third of the time is kept back for the item at work when it runs out. */
const keptBack = 0.3;

export const { prime } = wiring;
export const handler = clockedEndpoint(wiring, (_event: unknown, call) =>
  reconcile({ stopBelowMs: call.timeLeftMs() * keptBack }, call, ports),
);
