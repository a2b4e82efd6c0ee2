// Every page of the console; what can be done with an order has its own.

import { leversPage } from "./levers/levers-page.ts";
import { orderPage } from "./order/order-page.ts";
import { ordersPage } from "./orders.ts";
import type { Page } from "./page.ts";
import { auditPage } from "./queue/audit-page.ts";
import { queuePage } from "./queue/queue-page.ts";

export const pages: readonly Page[] = [ordersPage, orderPage, queuePage, auditPage];

/** Beside a run on this laptop. */
export const localPages: readonly Page[] = [leversPage];
