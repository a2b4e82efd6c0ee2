// Parcels of escrow payments. PortOne shows a registration only after 30 to 60 minutes and takes no change
// before that (R-KS-27); it says both with 409.

import * as z from "zod/mini";
import type { DeliveryRecord } from "../domain/delivery.ts";
import type { DeliveryGateway } from "../ports/delivery.ts";
import { ask, unavailable, unreadable } from "./ask.ts";
import type { AuthorizedCaller } from "./authorized-caller.ts";
import { sendChange, toCallResult } from "./change-call.ts";
import { pathTo } from "./path.ts";
import { callLimitMs } from "./policy.ts";
import { requiredWords, sentenceBytes } from "./words.ts";

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

const wireDelivery = z.object({
  company: requiredWords(sentenceBytes),
  invoice: requiredWords(sentenceBytes),
  sent_at: z.number(),
  applied_at: z.number(),
});

function toDelivery(response: unknown): DeliveryRecord | null {
  const parsed = wireDelivery.safeParse(response);
  if (!parsed.success) return null;
  const { company, invoice, sent_at, applied_at } = parsed.data;
  return { company, invoice, sentAtMs: sent_at * 1000, appliedAtMs: applied_at * 1000 };
}
