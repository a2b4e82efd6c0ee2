// The clock calls this every night; an event may name another window as `from` and `to` (ISO).
import * as z from "zod/mini";
import { clockedEndpoint } from "../lib/http/clocked-endpoint.ts";
import { instant, invalidField, parseFields } from "../lib/http/fields.ts";
import { malformed } from "../lib/http/problem-error.ts";
import { viewAudit } from "../lib/http/views/audit.ts";
import { audit, windowOf } from "../lib/usecases/sweeps/audit.ts";
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

const window = z.object({ from: z.optional(instant), to: z.optional(instant) });

/** A third of the time is kept back for the page at work when it runs out. */
const keptBack = 0.3;

const toMs = (text: string | undefined): number | null => (text === undefined ? null : Date.parse(text));

export const { prime } = wiring;
export const handler = clockedEndpoint(wiring, async (event, call) => {
  const { from, to } = parseFields(window, event);
  const asked = { fromMs: toMs(from), toMs: toMs(to) };
  const read = windowOf(asked, wiring.clock.nowMs());
  if (read.fromMs > read.toMs)
    throw malformed([
      invalidField(from === undefined ? "/to" : "/from", "대사 기간의 시작이 끝보다 늦습니다."),
    ]);
  const stopBelowMs = call.timeLeftMs() * keptBack;
  const { report, behind } = await audit({ ...asked, stopBelowMs }, call, ports);
  return viewAudit(report, behind);
});
