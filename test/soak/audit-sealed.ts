// Holds the accounts that refunds are paid to against their secrecy: one that waits stands sealed in its slot, one that
// has run stands nowhere, and none is ever readable. Imports nothing of the product. Pure.
import { type Finding, found } from "./findings.ts";
import type { Item } from "./table.ts";
import { fields, numberOf, ordersIn, refundsIn, text } from "./world.ts";

export const isSealed = (account: string): boolean => /^1\.[\w.-]{40,}$/.test(account);

/** Whenever the table is read. */
export const auditWaiting = (items: readonly Item[]): readonly Finding[] =>
  ordersIn(items)
    .filter((order) => order["pay_method"] === "vbank" && fields(order["cancel"])["state"] === "scheduled")
    .filter((order) => !isSealed(text(fields(order["cancel"])["account"])))
    .map((order) => found("account_lost", numberOf(order), "waits, and its account is not sealed beside it"));

/** At rest. */
export const auditGone = (items: readonly Item[]): readonly Finding[] => [
  ...ordersIn(items)
    .filter((order) => fields(order["cancel"])["account"] !== undefined)
    .map((order) => found("account_kept", numberOf(order), "keeps an account in its slot")),
  ...refundsIn(items)
    .filter((refund) => Object.values(refund).some((value) => isSealed(text(value))))
    .map((refund) => found("account_kept", text(refund["merchant_uid"]), "keeps an account beside its key")),
];
