// What a shop hears of a request, as its door would say it: one table for every use case whose outcomes mean the same
// everywhere.
import type { Ending } from "../engine/invocation.ts";
import { isStorageTrouble } from "../shop.ts";

export type Status = number | "unheard";

export interface Heard {
  readonly status: Status;
  /** The last word about what was asked. */
  readonly isFinal: boolean;
}

/** Whatever is not named is a conflict with how things stand. */
const statuses: Readonly<Record<string, number>> = {
  scheduled: 201,
  awaiting: 201,
  issued: 201,
  rescheduled: 200,
  unscheduled: 200,
  deleted: 200,
  voided: 200,
  pending: 202,
  claim_unreadable: 202,
  rules_broken: 422,
  provider_refused: 422,
  order_not_found: 404,
  schedule_not_found: 404,
  billing_key_not_found: 404,
  unavailable: 503,
  busy: 503,
};

export function heard(ending: Ending<{ readonly outcome: string }>): Heard {
  if (ending.ended === "died") return { status: "unheard", isFinal: false };
  if (ending.ended === "threw") return { status: isStorageTrouble(ending.error) ? 503 : 500, isFinal: false };
  const { outcome } = ending.value;
  const status = statuses[outcome] ?? 409;
  return { status, isFinal: status === 200 || status === 201 || outcome === "provider_refused" };
}

/** Of a time that is past the door says so at once. */
export const isPast: Heard = { status: 400, isFinal: false };

/** No answer to live with yet. */
export const isOpen = (status: Status): boolean =>
  status === "unheard" || status === 202 || status === 503 || status === 500;
