// Opens a virtual account for an order without a window. Claimed before it is asked for, so that however often and by
// however many it is asked for, one is opened; what is lost is found again by looking at all of the order's attempts.
import { claimInstruction } from "../../domain/instruction.ts";
import type { ChargeFacts } from "../../domain/ksnet/charge-rules.ts";
import type { BrokenRule } from "../../domain/ksnet/rule.ts";
import type { ProductType } from "../../domain/operation.ts";
import type { Order } from "../../domain/order.ts";
import { changeOrder } from "../../domain/order-change.ts";
import type { Call, Pause } from "../../ports/environment.ts";
import { claimOnOrder, hasTimeToSend, stampOf } from "../claim.ts";
import { followInstruction } from "../syncing/resume-instruction.ts";
import { type InstructionPorts, sendInstructions, type Told } from "../syncing/send-instruction.ts";
import { syncOrder } from "../syncing/sync.ts";
import { askChargeRules, type RulePorts } from "./charge-order.ts";

export interface IssueAccountPorts extends InstructionPorts, RulePorts {
  readonly pause: Pause;
}

export interface IssueAccount {
  readonly merchantUid: string;
  readonly bankCode: string;
  readonly dueAtMs: number;
  /** Null when nothing was said, which a rule refuses. */
  readonly productType: ProductType | null;
  readonly facts: ChargeFacts;
}

export type IssueAccountResult =
  /** `pending`: nobody knows yet; the same request tells it later. */
  | { readonly outcome: "awaiting" | "pending"; readonly order: Order }
  /** Nobody can say whether it is claimed. */
  | { readonly outcome: "claim_unreadable"; readonly merchantUid: string }
  | { readonly outcome: "rules_broken"; readonly broken: readonly BrokenRule[] }
  | { readonly outcome: "order_not_found" | "order_not_payable" | "busy" }
  | { readonly outcome: "provider_refused"; readonly message: string | null }
  | { readonly outcome: "unavailable"; readonly why: string };

/** The same request while the account is open is answered with it; no second one is opened. */
export async function issueAccount(
  request: IssueAccount,
  call: Call,
  ports: IssueAccountPorts,
): Promise<IssueAccountResult> {
  const broken = askChargeRules(request.facts, ports);
  const { productType, merchantUid, bankCode, dueAtMs } = request;
  if (broken.length > 0 || productType === null) return { outcome: "rules_broken", broken };
  // Looked at first: an account that is open already is the answer to this one.
  const looking = { merchantUid, impUid: null, by: "merchant", mayMoveMoney: false } as const;
  const looked = await syncOrder(looking, call, ports);
  if (looked.outcome === "order_not_found") return { outcome: "order_not_found" };
  if (!("order" in looked)) return { outcome: "unavailable", why: "the order could not be looked at" };
  const { order } = looked;
  if (order.instruction?.kind === "vbank_issue" && !order.isVoidWanted)
    return answer(await followInstruction(order, "merchant", call, ports));
  if (isAwaiting(order)) return { outcome: "awaiting", order };
  if (!isPayable(order)) return { outcome: "order_not_payable" };
  const login = await ports.charges.login();
  if (login.outcome === "unavailable") return login;
  if (!hasTimeToSend(call)) return { outcome: "unavailable", why: "no time left to send" };
  const claimToken = ports.ids.newClaimToken();
  const stamp = stampOf("merchant", call, ports.clock);
  const account = { bankCode, productType };
  const facts = { kind: "vbank_issue", wantedAtMs: dueAtMs, account, claimToken } as const;
  const wanted = claimInstruction(changeOrder(order, { isAccountAsked: true }, stamp), facts, stamp);
  const claimed = await claimOnOrder(order, wanted, claimToken, ports.store);
  if (claimed.outcome === "unreadable") return { outcome: "claim_unreadable", merchantUid };
  if (claimed.outcome === "theirs")
    return claimed.order.instruction?.kind === "vbank_issue"
      ? answer(await followInstruction(claimed.order, "merchant", call, ports))
      : { outcome: "busy" };
  const [told] = await sendInstructions([claimed.order], "merchant", call, ports);
  return answer(told ?? { order: claimed.order, refused: null });
}

const isAwaiting = (order: Order): boolean => order.state === "awaiting_deposit" && !order.isVoidWanted;

const isPayable = (order: Order): boolean =>
  (order.state === "created" || order.state === "failed") &&
  !order.isExpired &&
  !order.isVoidWanted &&
  order.reviewReason === null &&
  order.charge === null &&
  order.chargeResult === null &&
  order.instruction === null &&
  order.supersededBy === null;

function answer({ order, refused }: Told): IssueAccountResult {
  if (isAwaiting(order)) return { outcome: "awaiting", order };
  if (order.instruction) return { outcome: "pending", order };
  return refused
    ? { outcome: "provider_refused", message: refused.message }
    : { outcome: "order_not_payable" };
}
