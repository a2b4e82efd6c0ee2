// P9: an order's item at its largest.
import type { Order } from "../../../lib/domain/order.ts";
import { encodeOrder } from "../../../lib/dynamodb/order-item.ts";
import { itemBytes } from "../../support/item-bytes.ts";
import { fullOrder, usualOrders } from "../../support/largest-order.ts";
import { sizeGoals } from "../goals.ts";
import { type Row, rowOf } from "../rows.ts";

export const largestBytes = (orders: readonly Order[]): number =>
  Math.max(...orders.map((order) => itemBytes(encodeOrder(order))));

export const sizeRows = (): readonly Row[] => [
  rowOf(sizeGoals.usual, [largestBytes(usualOrders)]),
  rowOf(sizeGoals.ever, [largestBytes([fullOrder()])]),
];
