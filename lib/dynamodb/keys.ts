// Where each item lies: its partition key, and the shard of the indexes it is in.
import type { DueItem } from "../ports/table.ts";

const orderPrefix = "order#";
const salePrefix = "external-receipt#";
const deliveryPrefix = "delivery#";
const auditPrefix = "audit#";
const refundIdPrefix = "rf_";

export const orderKey = (merchantUid: string): string => `${orderPrefix}${merchantUid}`;
export const saleKey = (merchantUid: string): string => `${salePrefix}${merchantUid}`;
export const deliveryKey = (merchantUid: string): string => `${deliveryPrefix}${merchantUid}`;
export const auditKey = (day: string): string => `${auditPrefix}${day}`;
export const dayOfAuditKey = (pk: string): string => pk.slice(auditPrefix.length);
export const sweepKey = (sweep: number): string => `sweep#${sweep}`;
export const brakeKey = "brake#give-back";
export const noticeBudgetKey = "budget#notice#0";
export const orderBudgetKey = (merchantUid: string, minute: number): string =>
  `budget#order#${merchantUid}#${minute}`;

/** The key's hash inside the id is its place in the table, so that an id needs no index. */
export const refundKey = (merchantUid: string, refundId: string): string =>
  `refund#${merchantUid}#${refundId.slice(refundIdPrefix.length)}`;

export const merchantUidOfOrderKey = (pk: string): string => pk.slice(orderPrefix.length);

const duePrefixes = { order: orderPrefix, external_sale: salePrefix, delivery: deliveryPrefix } as const;
const dueKinds = ["order", "external_sale", "delivery"] as const;

/** What the sweep may pick up under this key; null for what it may not. */
export function dueItemOfKey(pk: string): DueItem | null {
  const kind = dueKinds.find((known) => pk.startsWith(duePrefixes[known]));
  return kind === undefined ? null : { kind, merchantUid: pk.slice(duePrefixes[kind].length) };
}

export const dueKeyOf = ({ kind, merchantUid }: DueItem): string => `${duePrefixes[kind]}${merchantUid}`;

export const shardCount = 4;

/** FNV-1a over the order number: even spread, and the same shard for an order's whole life. */
export function shardOf(merchantUid: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < merchantUid.length; index += 1)
    hash = Math.imul(hash ^ merchantUid.charCodeAt(index), 0x01000193);
  return (hash >>> 0) % shardCount;
}
