// Everything that can be done with an order.
import type { Action } from "./action.ts";
import { receiptCancel, receiptIssue } from "./receipts.ts";
import { refund } from "./refund.ts";
import { reviewChoices } from "./resolve.ts";
import { sync } from "./sync.ts";
import { voidOrder } from "./void.ts";

export { reviewChoices };

export const orderActions: readonly Action[] = [refund, receiptIssue, receiptCancel, voidOrder, sync];

export const findAction = (name: string): Action | undefined =>
  [...orderActions, ...reviewChoices].find((action) => action.name === name);
