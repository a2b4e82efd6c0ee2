// Stores a new order and builds the window's parameters. No money moves here.

import { keptData } from "../../domain/custom-data.ts";
import {
  buildRequestPay,
  type RequestPay,
  type WindowAddresses,
  type WindowChannel,
} from "../../domain/ksnet/request-pay.ts";
import type { BrokenRule, Contract } from "../../domain/ksnet/rule.ts";
import type { WindowRequest } from "../../domain/ksnet/window-request.ts";
import { findBrokenWindowRules } from "../../domain/ksnet/window-rules.ts";
import { isCurrency } from "../../domain/money.ts";
import { newOrder, type OrderTimes } from "../../domain/new-order.ts";
import type { Order } from "../../domain/order.ts";
import { type NumberTaken, numberTaken } from "../../domain/taken-number.ts";
import type { Call, Clock } from "../../ports/environment.ts";
import type { AmountRegistry } from "../../ports/portone.ts";
import type { OrderStore } from "../../ports/table.ts";
import { stampOf } from "../claim.ts";

export interface CreateOrderPorts {
  readonly store: OrderStore;
  readonly clock: Clock;
  /** Null where amounts are not registered with PortOne. */
  readonly registry: AmountRegistry | null;
  readonly contracts: ReadonlySet<Contract>;
  readonly channel: WindowChannel;
  readonly times: OrderTimes;
  readonly addressesFor: (merchantUid: string) => WindowAddresses;
}

export interface CreateOrder {
  readonly window: WindowRequest;
  readonly expiresAtMs: number | null;
  readonly bodyHash: string;
}

export type CreateOrderResult =
  | { readonly outcome: "created" | "repeated"; readonly order: Order; readonly requestPay: RequestPay }
  | { readonly outcome: "refused"; readonly broken: readonly BrokenRule[] }
  | NumberTaken
  | { readonly outcome: "expires_in_the_past" };

/** KSNET's rules about a window, as of now. */
export const askWindowRules = (
  window: WindowRequest,
  { clock, contracts }: Pick<CreateOrderPorts, "clock" | "contracts">,
): readonly BrokenRule[] => findBrokenWindowRules(window, { nowMs: clock.nowMs(), contracts });

/**
 * Idempotent on the body: the same again gives the stored order and the same parameters; another body
 * under the same number changes nothing. The buyer's fields beyond the name are handed on, not stored.
 */
export async function createOrder(
  request: CreateOrder,
  call: Call,
  ports: CreateOrderPorts,
): Promise<CreateOrderResult> {
  const { window } = request;
  const stamp = stampOf("merchant", call, ports.clock);
  const { atMs: nowMs } = stamp;
  const broken = askWindowRules(window, ports);
  const isPast = request.expiresAtMs !== null && request.expiresAtMs <= nowMs;
  // What was right when the order was created is not wrong because it is asked again later.
  const isRepeat = (broken.length > 0 || isPast) && (await isStored(request, ports));
  if (isPast && !isRepeat) return { outcome: "expires_in_the_past" };
  // The rules refuse every other currency; the second half only tells the compiler so.
  if ((broken.length > 0 && !isRepeat) || !isCurrency(window.currency)) return { outcome: "refused", broken };

  const order = newOrder(
    {
      merchantUid: window.merchantUid,
      amount: window.amount,
      taxFree: window.taxFree,
      currency: window.currency,
      name: window.name,
      payMethod: window.payMethod,
      buyerName: window.buyerName,
      escrow: window.options.escrow === true,
      customData: keptData(window.options.custom_data),
      expiresAtMs: request.expiresAtMs,
      bodyHash: request.bodyHash,
    },
    ports.times,
    stamp,
  );
  const created = await ports.store.create(order);
  if (created.outcome === "exists" && created.order.bodyHash !== request.bodyHash) {
    const { expiresAtMs } = request;
    return numberTaken(created.order, { ...order, expiresAtMs });
  }
  // After the order is stored: an amount without an order could never be paid, but never be used again either.
  await ports.registry?.register({
    merchantUid: order.merchantUid,
    amount: order.amount,
    currency: order.currency,
  });
  const requestPay = buildRequestPay(window, ports.channel, ports.addressesFor(window.merchantUid));
  return created.outcome === "created"
    ? { outcome: "created", order, requestPay }
    : { outcome: "repeated", order: created.order, requestPay };
}

async function isStored({ window, bodyHash }: CreateOrder, { store }: CreateOrderPorts): Promise<boolean> {
  return (await store.read(window.merchantUid))?.bodyHash === bodyHash;
}
