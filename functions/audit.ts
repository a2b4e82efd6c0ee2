// The clock calls this every night; an event may name another window as `from` and `to` (ISO).
import * as z from "zod/mini";
import { clockedEndpoint } from "../lib/http/clocked-endpoint.ts";
import { viewAudit } from "../lib/http/views/audit.ts";
import { audit } from "../lib/usecases/sweeps/audit.ts";
import { wire, wireAudits, wireDayList, wirePaymentLists, wireSyncing, wireTroubles } from "../lib/wiring.ts";

const wiring = wire("audit");
const ports = {
  ...wiring,
  ...wireSyncing(wiring),
  audits: wireAudits(wiring),
  lists: wirePaymentLists(wiring),
  days: wireDayList(wiring),
  troubles: wireTroubles(wiring),
};

const isoTime = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text)), "not an ISO time"));
const window = z.object({ from: z.optional(isoTime), to: z.optional(isoTime) });

/** A third of the time is kept back for the page at work when it runs out. */
const keptBack = 0.3;

const toMs = (text: string | undefined): number | null => (text === undefined ? null : Date.parse(text));

export const { prime } = wiring;
export const handler = clockedEndpoint(wiring, async (event: unknown, call) => {
  const { from, to } = window.parse(event ?? {});
  const stopBelowMs = call.timeLeftMs() * keptBack;
  const { report, behind } = await audit({ fromMs: toMs(from), toMs: toMs(to), stopBelowMs }, call, ports);
  return viewAudit(report, behind);
});
