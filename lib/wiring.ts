// The ports, built once at cold start from the settings. The only place where product code meets the
// environment, the clock and the adapters.

import {
  createAlarmingDeliveryStore,
  createAlarmingSaleStore,
  createAlarmingStore,
} from "./alarming-store.ts";
import { createDataCipher } from "./aws/data-key.ts";
import { type CipherOf, createSealedAccounts, createSealedRecipients } from "./aws/sealings.ts";
import type { AwsAccess } from "./aws/signed-call.ts";
import { type Config, loadConfig } from "./config.ts";
import type { HoldPolicy } from "./domain/confirmation.ts";
import type { WindowAddresses } from "./domain/ksnet/request-pay.ts";
import type { Contract } from "./domain/ksnet/rule.ts";
import type { OrderTimes } from "./domain/new-order.ts";
import type { VerificationPolicy } from "./domain/verification.ts";
import { createAuditStore } from "./dynamodb/audit-store.ts";
import { createBrakeStore } from "./dynamodb/brake-store.ts";
import { createCallBudget } from "./dynamodb/call-budget.ts";
import { createDayList } from "./dynamodb/day-list.ts";
import { createDeliveryStore } from "./dynamodb/delivery-store.ts";
import { createDoubtList } from "./dynamodb/doubt-list.ts";
import { createDueList } from "./dynamodb/due-list.ts";
import { createExternalSaleStore } from "./dynamodb/external-sale-store.ts";
import { createOrderStore } from "./dynamodb/order-store.ts";
import { primeTable } from "./dynamodb/prime.ts";
import { createRefundStore } from "./dynamodb/refund-store.ts";
import { createSweepStore } from "./dynamodb/sweep-store.ts";
import { createTableClient } from "./dynamodb/table-client.ts";
import type { TableAccess } from "./dynamodb/versioned-item.ts";
import { createWatchList } from "./dynamodb/watch-list.ts";
import { createLog, type Log } from "./log.ts";
import { type CountName, createTally, deploymentOf } from "./metrics.ts";
import { createAmounts } from "./portone/amounts.ts";
import { AuthorizedCaller } from "./portone/authorized-caller.ts";
import { createBillingKeys } from "./portone/billing-keys.ts";
import { createCancels } from "./portone/cancels.ts";
import { createCharges } from "./portone/charges.ts";
import { createDeliveries } from "./portone/deliveries.ts";
import { createPaymentLists } from "./portone/payment-lists.ts";
import { createPayments } from "./portone/payments.ts";
import { primeLogin } from "./portone/prime.ts";
import { AnswerPulse } from "./portone/pulse.ts";
import { createReceipts } from "./portone/receipts.ts";
import { createSchedules } from "./portone/schedules.ts";
import type { Alarms, Clock, Pause, Tally, Troubles } from "./ports/environment.ts";
import type { AmountRegistry, PaymentGateway, PaymentLists } from "./ports/portone.ts";
import type { AuditStore, DayList, OrderStore } from "./ports/table.ts";
import type { SecretKeeper } from "./secret-keeper.ts";
import { awsAccess, createSecrets } from "./secret-sources.ts";
import type { FunctionName } from "./secrets.ts";
import { identifiers } from "./signing/identifiers.ts";
import { isUrlToken, signUrlToken } from "./signing/url-token.ts";

export { allowedOriginsSetting } from "./config.ts";

export interface Wiring {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: OrderStore;
  readonly alarms: Alarms;
  readonly tally: Tally<CountName>;
  readonly gateway: PaymentGateway;
  readonly caller: AuthorizedCaller;
  readonly policy: VerificationPolicy;
  readonly holds: HoldPolicy;
  readonly times: OrderTimes;
  readonly contracts: ReadonlySet<Contract>;
  readonly pause: Pause;
  readonly secrets: SecretKeeper;
  readonly kms: AwsAccess;
  readonly addressesFor: (merchantUid: string) => WindowAddresses;
  /** The token that only this order's own addresses carry, and the answer to who created it. */
  readonly tokenOf: (merchantUid: string) => string;
  /** Is this the order's token, by any key in use? */
  readonly isTokenOf: (merchantUid: string, token: string) => boolean;
  /** The gateway's own word for where a call came from, never a header. */
  readonly isPortOneAt: (sourceIp: string) => boolean;
  readonly access: TableAccess;
  /** Warms the table's connection and reads the secrets; what fails is tried again when it is needed. */
  readonly prime: () => Promise<void>;
}

const testPaymentCause =
  "the channel of PAY_CHANNEL_KEY (or PAY_PG) is most likely a test channel: its payments move no money, and PAY_SANDBOX does not accept them";

/** Reads the settings and builds the ports. Throws one ConfigError naming everything that is wrong. */
export function wire(functionName: FunctionName, environment = process.env): Wiring {
  const config = loadConfig(environment);
  const clock: Clock = { nowMs: () => Date.now() };
  const pause: Pause = (ms) => new Promise<void>((resolve) => setTimeout(resolve, ms));
  const deployment = deploymentOf(environment["AWS_LAMBDA_FUNCTION_NAME"], functionName);
  const log = createLog({ functionName, deployment, level: config.logLevel }, clock.nowMs);
  const tally = createTally();
  const secrets = createSecrets(functionName, config, { environment, clock, pause, log });
  const access = {
    client: createTableClient(config.dynamodbEndpoint, environment["AWS_REGION"]),
    table: config.table,
  };
  const alarms: Alarms = {
    raise: (code, { merchantUid }, why = null) =>
      log.error({ event: "alarm", code, merchant_uid: merchantUid, ...(why && { why }) }),
    tellTestPayment: ({ merchantUid }) =>
      log.info({ event: "test_payment_refused", merchant_uid: merchantUid, why: testPaymentCause }),
    tellPaid: () => tally.count("paid"),
  };
  const { orderTtlMs, holdTtlMs, firstLookMs, acceptsSandbox, mids } = config;
  const caller = new AuthorizedCaller({ url: config.portoneUrl, keys: secrets }, clock, tally);
  const isLoginPrimed = !loginless.includes(functionName);
  return {
    config,
    clock,
    log,
    store: createAlarmingStore(createOrderStore(access), alarms),
    alarms,
    tally,
    caller,
    gateway: createPayments(caller, acceptsSandbox),
    policy: { mids, acceptsSandbox, givesBack: config.givesBack },
    holds: { holdTtlMs, firstLookMs },
    times: { orderTtlMs, firstLookMs },
    contracts: config.contracts,
    pause,
    secrets,
    kms: awsAccess("KMS", environment),
    addressesFor: (merchantUid) => addressesFor(config.publicUrl, tokenOf(secrets, merchantUid)),
    tokenOf: (merchantUid) => tokenOf(secrets, merchantUid),
    isTokenOf: (merchantUid, token) => isUrlToken(secrets.current().urlKeys, merchantUid, token),
    isPortOneAt: (sourceIp) => config.portoneIps.includes(sourceIp),
    access,
    prime: async () => {
      const login = secrets.prime().then(() => (isLoginPrimed ? primeLogin(caller, pause) : null));
      await Promise.allSettled([primeTable(access), login]);
    },
  };
}

/** Confirm hardly ever asks PortOne, and a rush of its cold starts would be a rush of logins. */
const loginless: readonly FunctionName[] = ["confirm"];

/** What syncing needs beyond reading and writing orders; apart, so that confirm does not carry it. */
export const wireSyncing = ({ access, config, caller }: Wiring) => ({
  refunds: createRefundStore(access),
  money: createCancels(caller),
  ids: identifiers,
  brake: createBrakeStore(access),
  mostGiveBacksPerHour: config.mostGiveBacksPerHour,
});

/** For the functions that also seal the accounts of refunds, and send these later or again. */
export const wireSending = (wiring: Wiring) => ({
  ...wireSyncing(wiring),
  accounts: createSealedAccounts(cipherOf(wiring)),
});

const cipherOf =
  ({ secrets, kms }: Wiring): CipherOf =>
  () =>
    createDataCipher(secrets.current().dataKeys, kms);

/** Null where amounts are not registered with PortOne. */
export const wireRegistry = ({ config, caller }: Wiring): AmountRegistry | null =>
  config.isPreparing ? createAmounts(caller) : null;

/** For doors that strangers may knock at. */
export const wireAdmission = ({ access, config }: Wiring) => ({
  budget: createCallBudget(access, config.noticeBudgetPerMinute),
});

/** Apart from the rest, so that only the functions that list carry the code for it. */
export const wireDayList = ({ access }: Wiring): DayList => createDayList(access);

/** What a desk reads: days, what waits, and how the nights went. */
export const wireDesk = ({ access }: Wiring) => ({
  days: createDayList(access),
  watch: createWatchList(access),
  audits: createAuditStore(access),
});

/** Cash receipts, of orders and of sales outside PortOne. */
export const wireReceipts = (wiring: Wiring) => {
  const { access, alarms, config, caller } = wiring;
  return {
    sales: createAlarmingSaleStore(createExternalSaleStore(access), alarms),
    receipts: createReceipts(caller, config.channel.channelKey ?? null),
    recipients: createSealedRecipients(cipherOf(wiring)),
    followsReceipts: config.followsReceipts,
    ids: identifiers,
  };
};

/** Charges without a window, and billing keys. */
export const wireCharges = ({ config, caller, addressesFor }: Wiring) => ({
  charges: createCharges(caller, config.apiChannelKey),
  noticeUrlFor: (merchantUid: string) => addressesFor(merchantUid).noticeUrl,
});

/** What tells PortOne to do something later, or no longer. */
export const wireInstructing = (wiring: Wiring) => ({
  ...wireCharges(wiring),
  schedules: createSchedules(wiring.caller),
});

export const wireBillingKeys = ({ config, caller }: Wiring) => ({
  keys: createBillingKeys(caller, config.apiChannelKey),
});

/** Parcels of escrow orders. */
export const wireDeliveries = ({ access, alarms, caller }: Wiring) => ({
  deliveries: createAlarmingDeliveryStore(createDeliveryStore(access), alarms),
  parcels: createDeliveries(caller),
});

/** For the audit. */
export const wireAudits = ({ access }: Wiring): AuditStore => createAuditStore(access);
export const wirePaymentLists = ({ caller }: Wiring): PaymentLists => createPaymentLists(caller);

/** What the sweep may pick up, how it goes about it, and how PortOne bears it. */
export const wireSweep = ({ access, config, caller, clock, log }: Wiring) => {
  const pulse = new AnswerPulse(clock);
  caller.pulse = pulse;
  return {
    due: createDueList(access),
    doubts: createDoubtList(access),
    sweeps: createSweepStore(access),
    troubles: wireTroubles({ log }),
    pulse,
    sweepCount: config.sweeps,
    parallel: config.sweepParallel,
  };
};

export const wireTroubles = ({ log }: Pick<Wiring, "log">): Troubles => ({
  tellDay: (day, why) => log.error({ event: "audit_failed", day, why }),
  tell: (merchantUid, why) => log.error({ event: "item_failed", merchant_uid: merchantUid, why }),
});

function tokenOf(secrets: SecretKeeper, merchantUid: string): string {
  const [key] = secrets.current().urlKeys;
  if (!key) throw new Error("no key to sign tokens with");
  return signUrlToken(key, merchantUid);
}

const addressesFor = (publicUrl: string, token: string): WindowAddresses => ({
  redirectUrl: `${publicUrl}/payments/redirect`,
  noticeUrl: `${publicUrl}/portone/notice/${token}`,
  confirmUrl: `${publicUrl}/portone/confirm/${token}`,
});
