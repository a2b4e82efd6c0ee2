// Every page of the console; what can be done with an order has its own.
import { orderPage } from "./order/order-page.ts";
import { ordersPage } from "./orders.ts";
import type { Page } from "./page.ts";

export const pages: readonly Page[] = [ordersPage, orderPage];
