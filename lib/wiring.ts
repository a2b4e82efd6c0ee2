// The ports, built once at cold start from the settings. The only place where product code meets the
// environment, the clock and the adapters.
import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type Config, loadConfig } from "./config.ts";
import type { HoldPolicy } from "./domain/confirmation.ts";
import type { OrderTimes } from "./domain/new-order.ts";
import type { WindowAddresses } from "./domain/request-pay.ts";
import type { VerificationPolicy } from "./domain/verification.ts";
import { createDayList } from "./dynamodb/day-list.ts";
import { DynamoOrderStore } from "./dynamodb/order-store.ts";
import { primeTable } from "./dynamodb/prime.ts";
import { createTableClient } from "./dynamodb/table-client.ts";
import { signUrlToken } from "./http/url-token.ts";
import { createLog, type Log } from "./log.ts";
import { PortOneClient } from "./portone/portone-client.ts";
import type { Clock, DayList, OrderStore, PaymentGateway } from "./ports.ts";

export interface Wiring {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly store: OrderStore;
  readonly gateway: PaymentGateway;
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
  const client = createTableClient(config.dynamodbEndpoint);
  const { orderTtlMs, holdTtlMs, firstLookMs, acceptsSandbox, mids } = config;
  return {
    config,
    clock,
    log: createLog(functionName, config.logLevel, clock.nowMs),
    store: new DynamoOrderStore(client, config.table),
    gateway: new PortOneClient(
      { url: config.portoneUrl, key: config.portoneKey, secret: config.portoneSecret, acceptsSandbox },
      clock,
    ),
    policy: { mids, acceptsSandbox },
    holds: { holdTtlMs, firstLookMs },
    times: { orderTtlMs, firstLookMs },
    addressesFor: (merchantUid) => addressesFor(config, merchantUid),
    client,
    prime: () => primeTable(client, config.table),
  };
}

/** Apart from the rest, so that only the function that lists carries the code for it. */
export const wireDayList = ({ client, config }: Wiring): DayList => createDayList(client, config.table);

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
