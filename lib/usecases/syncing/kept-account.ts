// The buyer's account of a virtual account's refund: sealed in the claim, because whoever sends it later, or again, has
// nobody to ask; opened for the send alone.
import { payMethodOf } from "../../domain/ksnet/refund-rules.ts";
import type { CancelOperation } from "../../domain/operation.ts";
import type { Attempt, Order } from "../../domain/order.ts";
import type { RefundAccount } from "../../domain/refund-account.ts";
import type { SealedAccounts } from "../../ports/sealing.ts";

export interface KeptAccountPorts {
  /** Carried by the functions that may seal and open; the others leave such a cancel to them. */
  readonly accounts?: SealedAccounts;
}

/** As it is written into the claim; null where no account is needed. */
export async function sealFor(
  order: Order,
  attempt: Attempt,
  account: RefundAccount | null,
  { accounts }: KeptAccountPorts,
): Promise<string | null> {
  if (account === null || payMethodOf(order, attempt) !== "vbank") return null;
  if (!accounts) throw new Error("this function seals no accounts");
  return accounts.seal(account, order.merchantUid);
}

export type OpenedAccount =
  /** Named by whoever asks now, or kept; null where neither tells one. */
  | { readonly isSealed: false; readonly account: RefundAccount | null }
  /** Kept, and this function may not open it. */
  | { readonly isSealed: true };

export async function openFor(
  { merchantUid }: Order,
  cancel: CancelOperation,
  asked: RefundAccount | null,
  { accounts }: KeptAccountPorts,
): Promise<OpenedAccount> {
  if (asked !== null || cancel.account === null) return { isSealed: false, account: asked };
  if (!accounts) return { isSealed: true };
  return { isSealed: false, account: await accounts.open(cancel.account, merchantUid) };
}
