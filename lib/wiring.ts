// The ports, built once at cold start from the settings. The only place where product code meets the
// environment, the clock and the adapters.

import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { watchStore } from "./alarming-store.ts";
import { type Config, loadConfig } from "./config.ts";
import type { HoldPolicy } from "./domain/confirmation.ts";
import type { WindowAddresses } from "./domain/ksnet/request-pay.ts";
import type { OrderTimes } from "./domain/new-order.ts";
import type { VerificationPolicy } from "./domain/verification.ts";
import { createAuditStore } from "./dynamodb/audit-store.ts";
import { createBrakeStore } from "./dynamodb/brake-store.ts";
import { createCallBudget } from "./dynamodb/call-budget.ts";
import { createDayList } from "./dynamodb/day-list.ts";
import { createDeliveryStore } from "./dynamodb/delivery-store.ts";
import { createDueList } from "./dynamodb/due-list.ts";
import { DynamoExternalSaleStore } from "./dynamodb/external-sale-store.ts";
import { DynamoOrderStore } from "./dynamodb/order-store.ts";
import { primeTable } from "./dynamodb/prime.ts";
import { DynamoRefundStore } from "./dynamodb/refund-store.ts";
import { createTableClient } from "./dynamodb/table-client.ts";
import { createLog, type Log } from "./log.ts";
import { createAmountRegistry } from "./portone/amounts.ts";
import { AuthorizedCaller } from "./portone/authorized-caller.ts";
import { createCustomerGateway } from "./portone/billing-keys.ts";
import { PortOneCancels } from "./portone/cancels.ts";
import { createChargeGateway } from "./portone/charges.ts";
import { createDeliveryGateway } from "./portone/deliveries.ts";
import { createPaymentLists } from "./portone/payment-lists.ts";
import { PortOneClient } from "./portone/payments.ts";
import { PortOneReceipts } from "./portone/receipts.ts";
import type { CustomerGateway } from "./ports/billing.ts";
import type { Clock } from "./ports/environment.ts";
import type { AmountRegistry, PaymentGateway, PaymentLists } from "./ports/portone.ts";
import type { AuditStore, DayList, DueList, OrderStore } from "./ports/table.ts";
import { identifiers } from "./signing/identifiers.ts";
import { signUrlToken } from "./signing/url-token.ts";

export interface Wiring {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: OrderStore;
  readonly gateway: PaymentGateway;
  readonly caller: AuthorizedCaller;
  readonly policy: VerificationPolicy;
  readonly holds: HoldPolicy;
  readonly times: OrderTimes;
  readonly addressesFor: (merchantUid: string) => WindowAddresses;
  readonly client: DynamoDBClient;
  /** Warms the table's connection; may fail without harm. */
  readonly prime: () => Promise<void>;
}

/** Reads the settings and builds the ports. Throws one ConfigError naming everything that is wrong. */
export function wire(functionName: string, environment = process.env): Wiring {
  const config = loadConfig(environment);
  const clock: Clock = { nowMs: () => Date.now() };
  const log = createLog(functionName, config.logLevel, clock.nowMs);
  const client = createTableClient(config.dynamodbEndpoint);
  const { orderTtlMs, holdTtlMs, firstLookMs, acceptsSandbox, mids } = config;
  const caller = new AuthorizedCaller(
    { url: config.portoneUrl, key: config.portoneKey, secret: config.portoneSecret },
    clock,
  );
  return {
    config,
    clock,
    log,
    store: watchStore(new DynamoOrderStore(client, config.table), {
      raise: (code, { merchantUid }) => log.error({ event: "alarm", code, merchant_uid: merchantUid }),
    }),
    caller,
    gateway: new PortOneClient(caller, acceptsSandbox),
    policy: { mids, acceptsSandbox, givesBack: config.givesBack },
    holds: { holdTtlMs, firstLookMs },
    times: { orderTtlMs, firstLookMs },
    addressesFor: (merchantUid) => addressesFor(config, merchantUid),
    client,
    prime: () => primeTable(client, config.table),
  };
}

/** What syncing needs beyond reading and writing orders; apart, so that confirm does not carry it. */
export const wireSyncing = ({ client, config, caller }: Wiring) => ({
  refunds: new DynamoRefundStore(client, config.table),
  money: new PortOneCancels(caller),
  ids: identifiers,
  brake: createBrakeStore(client, config.table),
  mostGiveBacksPerHour: config.mostGiveBacksPerHour,
});

/** Null where amounts are not registered with PortOne. */
export const wireRegistry = ({ config, caller }: Wiring): AmountRegistry | null =>
  config.isPreparing ? createAmountRegistry(caller) : null;

/** For doors that strangers may knock at. */
export const wireGate = ({ client, config }: Wiring) => ({
  budget: createCallBudget(client, config.table, config.noticeBudgetPerMinute),
});

/** Apart from the rest, so that only the function that lists carries the code for it. */
export const wireDayList = ({ client, config }: Wiring): DayList => createDayList(client, config.table);

/** Cash receipts, of orders and of sales outside PortOne. */
export const wireReceipts = ({ client, config, caller }: Wiring) => ({
  sales: new DynamoExternalSaleStore(client, config.table),
  receipts: new PortOneReceipts(caller, config.channel.channelKey ?? null),
});

/** Charges without a window, and billing keys. */
export const wireCharges = ({ config, caller, addressesFor }: Wiring) => ({
  charges: createChargeGateway(caller, config.apiChannelKey),
  noticeUrlFor: (merchantUid: string) => addressesFor(merchantUid).noticeUrl,
});
export const wireCustomers = ({ config, caller }: Wiring): CustomerGateway =>
  createCustomerGateway(caller, config.apiChannelKey);

/** Parcels of escrow orders. */
export const wireDeliveries = ({ client, config, caller }: Wiring) => ({
  deliveries: createDeliveryStore(client, config.table),
  parcels: createDeliveryGateway(caller),
});

/** For the audit, and for whoever shows its reports. */
export const wireAudits = ({ client, config }: Wiring): AuditStore => createAuditStore(client, config.table);
export const wirePaymentLists = ({ caller }: Wiring): PaymentLists => createPaymentLists(caller);

/** What the sweep may pick up. */
export const wireDueList = ({ client, config }: Wiring): DueList =>
  createDueList(client, config.table, Math.random);

function addressesFor({ publicUrl, urlKeys }: Config, merchantUid: string): WindowAddresses {
  const [key] = urlKeys;
  if (!key) throw new Error("no key to sign addresses with");
  const token = signUrlToken(key, merchantUid);
  return {
    redirectUrl: `${publicUrl}/payments/redirect`,
    noticeUrl: `${publicUrl}/portone/notice/${token}`,
    confirmUrl: `${publicUrl}/portone/confirm/${token}`,
  };
}
