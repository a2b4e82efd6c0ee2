// Which faults exist, where each can strike, and which one strikes now. What a fault does is in
// api/api-faults.ts and outgoing-faults.ts; nothing here is something a real provider offers.
import { operationNames } from "../contract/openapi-document.ts";
import type { Simulator } from "./simulator.ts";
import type { StoredFault } from "./state.ts";
import type { Store } from "./store.ts";

/** `"POST /payments/cancel"`-style names for the API, and the two calls going out. */
export type FaultSite = "api" | "confirm" | "notice";

const everywhere: readonly FaultSite[] = ["api", "confirm", "notice"];
const noticeOnly: readonly FaultSite[] = ["notice"];

export const faultSites = {
  no_answer: everywhere,
  late_effect: ["api", "notice"],
  late_answer: everywhere,
  answer_lost_after_effect: everywhere,
  reset_mid_body: everywhere,
  invalid_json: ["api"],
  server_error_then_ok: everywhere,
  rate_limited: everywhere,
  token_expired: ["api"],
  stale_read: ["api"],
  reason_dropped: ["api"],
  amount_changed: everywhere,
  status_unknown: ["api", "notice"],
  record_patched: ["api"],
  notice_duplicated: noticeOnly,
  notice_before_browser: noticeOnly,
  notice_after_refund: noticeOnly,
  notice_never: noticeOnly,
} as const satisfies Record<string, readonly FaultSite[]>;

export type FaultName = keyof typeof faultSites;

/** Of an API fault that needs a payment record in the answer, or one to change. */
const aboutRecords: ReadonlySet<string> = new Set([
  "stale_read",
  "reason_dropped",
  "amount_changed",
  "status_unknown",
]);
/** Nothing is written by a read, and a login has no late effect worth the name. */
const aboutEffects: ReadonlySet<string> = new Set(["late_effect"]);

export interface FaultTarget {
  /** `confirm`, `notice`, or the API operation. */
  readonly call: string;
  readonly impUid: string | null;
  readonly merchantUid: string | null;
}

export interface Strike {
  readonly name: FaultName;
  readonly delayMs: number | null;
}

export const isFaultName = (name: string): name is FaultName => name in faultSites;

/** Whether a fault of that name can ever strike a call so named. */
export function canStrike(name: FaultName, call: string): boolean {
  if (call === "*") return true;
  const sites: readonly FaultSite[] = faultSites[name];
  if (call === "confirm" || call === "notice") return sites.includes(call);
  return sites.includes("api") && operationNames.includes(call) && fits(name, call);
}

function fits(name: FaultName, operation: string): boolean {
  const [method, path = ""] = operation.split(" ");
  const isAboutPayments = path.startsWith("/payments") && !path.startsWith("/payments/prepare");
  const isCharge = path.startsWith("/subscribe/payments") || path.startsWith("/vbanks");
  if (name === "stale_read") return method === "GET" && (isAboutPayments || path.startsWith("/receipts"));
  if (aboutRecords.has(name)) return isAboutPayments || isCharge;
  if (aboutEffects.has(name)) return method !== "GET" && path !== "/users/getToken";
  return true;
}

/** Counts the call for every fault waiting for it; gives the first whose turn has come. */
export function takeFault(simulator: Simulator, target: FaultTarget): Strike | null {
  const { store } = simulator;
  let strike: Strike | null = null;
  store.together(() => {
    for (const fault of store.all("faults")) {
      if (!isFaultName(fault.name) || !isMeant(fault, fault.name, target)) continue;
      if (countCall(store, fault, strike === null)) strike = { name: fault.name, delayMs: fault.delayMs };
    }
  });
  return strike;
}

/** Counts one call the fault waits for; whether its turn has come. */
export function countCall(store: Store, fault: StoredFault, isFree: boolean): boolean {
  const seen = fault.seen + 1;
  const hasTurn = isFree && seen >= fault.occurrence && fault.hits < fault.count;
  store.put("faults", fault.id, { ...fault, seen, hits: fault.hits + (hasTurn ? 1 : 0) });
  return hasTurn;
}

function isMeant(fault: StoredFault, name: FaultName, target: FaultTarget): boolean {
  // A patch waits for what is in the answer, which nobody knows yet: api/record-patches.ts.
  if (name === "record_patched") return false;
  if (fault.call !== "*" && fault.call !== target.call) return false;
  if (!canStrike(name, target.call)) return false;
  if (fault.impUid !== null && fault.impUid !== target.impUid) return false;
  return fault.merchantUid === null || fault.merchantUid === target.merchantUid;
}
