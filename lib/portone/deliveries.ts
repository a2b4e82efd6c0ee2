// Parcels of escrow payments. PortOne shows a registration only after 30 to 60 minutes and takes no change
// before that (R-KS-27); it says both with 409.

import type { DeliveryRecord } from "../domain/delivery.ts";
import type { DeliveryGateway } from "../ports/delivery.ts";
import { ask, unavailable, unreadable } from "./ask.ts";
import type { AuthorizedCaller } from "./authorized-caller.ts";
import { sendChange, toCallResult } from "./change-call.ts";
import { asWire, timeIn } from "./fields.ts";
import { pathTo } from "./path.ts";
import { callLimitMs } from "./policy.ts";
import { sentenceBytes, wordsIn } from "./words.ts";

const pathOf = (impUid: string) => pathTo`/escrows/logis/${impUid}`;

export const createDeliveries = (caller: AuthorizedCaller): DeliveryGateway => ({
  async register(impUid, request) {
    const { sender, receiver, company, invoice, sentAtMs } = request;
    const method = request.isChange ? "PUT" : "POST";
    const body = { sender, receiver, logis: { company, invoice, sent_at: Math.floor(sentAtMs / 1000) } };
    const answer = await sendChange(caller, { method, path: pathOf(impUid), body }, callLimitMs);
    if (answer.outcome === "refused" && answer.status === 409) return { outcome: "conflict" };
    return toCallResult(answer, toDelivery);
  },

  async fetchDelivery(impUid) {
    const answer = await ask(caller, pathOf(impUid));
    const isNone = answer.outcome === "refused" && answer.status === 409;
    if (isNone || answer.outcome === "not_found") return { outcome: "found", record: null };
    if (answer.outcome !== "success") return unavailable(answer);
    const record = toDelivery(answer.response);
    return record ? { outcome: "found", record } : unreadable("unreadable delivery");
  },
});

function toDelivery(response: unknown): DeliveryRecord | null {
  const wire = asWire(response);
  const company = wire && wordsIn(wire["company"], sentenceBytes);
  const invoice = wire && wordsIn(wire["invoice"], sentenceBytes);
  const sentAtMs = wire && timeIn(wire["sent_at"]);
  const appliedAtMs = wire && timeIn(wire["applied_at"]);
  if (company === null || invoice === null || sentAtMs === null || appliedAtMs === null) return null;
  return { company, invoice, sentAtMs, appliedAtMs };
}
