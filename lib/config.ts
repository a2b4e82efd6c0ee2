// Every setting, read once at cold start. Whatever is missing or wrong is named in one error, so that a
// deployment is mended in one go. Secrets, tables and URLs have no default.

import { type NightRefunds, nightRefundModes } from "./domain/ksnet/refund-night.ts";
import type { WindowChannel } from "./domain/ksnet/request-pay.ts";
import { type Contract, contractNames } from "./domain/ksnet/rule.ts";
import { type GiveBackCause, giveBackCauses } from "./domain/verification.ts";
import { readSecrets, type Secrets, secretNames, secretsFor, type Wrong } from "./secrets.ts";
import { isAddress, isOrigin, readDocsUrl, readEventsUrl, readersOf } from "./setting-readers.ts";

export interface Config {
  readonly stage: "dev" | "prod";
  readonly table: string;
  readonly publicUrl: string;
  readonly resultUrl: string;
  readonly impCode: string;
  readonly mids: readonly string[];
  readonly channel: WindowChannel;
  /** For key-in, billing keys and accounts by API; the window's channel unless one of their own is set. */
  readonly apiChannelKey: string | null;
  readonly secrets: SecretsSource;
  readonly portoneUrl: string;
  /** Where PortOne calls from, as it publishes. */
  readonly portoneIps: readonly string[];
  readonly sdkUrl: string;
  /** What stands before a code in a problem's `type`. */
  readonly docsUrl: string;
  readonly requiresConfirmToken: boolean;
  readonly allowedOrigins: readonly string[];
  readonly acceptsSandbox: boolean;
  readonly orderTtlMs: number;
  readonly holdTtlMs: number;
  readonly firstLookMs: number;
  readonly confirmDeadlineMs: number;
  readonly contracts: ReadonlySet<Contract>;
  readonly nightRefunds: NightRefunds;
  /** A receipt is cancelled, or issued again, when money goes back. */
  readonly followsReceipts: boolean;
  /** Amounts are registered with PortOne when an order is created. */
  readonly isPreparing: boolean;
  readonly givesBack: ReadonlySet<GiveBackCause>;
  readonly mostGiveBacksPerHour: number;
  readonly noticeBudgetPerMinute: number;
  /** Sweeps a minute, each a function of its own, and how many orders each looks at at once. */
  readonly sweeps: number;
  readonly sweepParallel: number;
  readonly dynamodbEndpoint: string | null;
  /** Where the shop takes its events; null where nothing is delivered. */
  readonly eventsUrl: string | null;
  readonly logLevel: LogLevel;
}

/** Where the secrets stand: in the environment of a laptop, or as parameters below a path. */
export type SecretsSource =
  | { readonly from: "env"; readonly secrets: Secrets }
  | { readonly from: "ssm"; readonly path: string };

export type LogLevel = "error" | "info" | "debug";

/** The deployment is wrong; every problem is a line of the message. Never carries a secret's value. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    const lines = problems.map((problem) => `- ${problem}`).join("\n");
    super(`${problems.length} setting(s) are missing or wrong:\n${lines}`);
    this.problems = problems;
  }
}

/** Named in the log when a page's origin is refused, so that whoever sets a shop up finds it. */
export const allowedOriginsSetting = "PAY_ALLOWED_ORIGINS";
/** Named where nothing can be delivered without it. */
export const eventsUrlSetting = "PAY_EVENTS_URL";
const originForm = "must be an origin like https://shop.example, or http://localhost:* for every port";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Every setting but the secrets, and what it is when nobody gives it; null must be given. An empty one has no value, or
 * one that another setting decides.
 */
export const settingDefaults = {
  PAY_STAGE: null,
  PAY_TABLE: null,
  PAY_PUBLIC_URL: null,
  PAY_RESULT_URL: null,
  PAY_IMP_CODE: null,
  PAY_MID: null,
  PAY_CHANNEL_KEY: "",
  PAY_PG: "",
  PAY_API_CHANNEL_KEY: "",
  PAY_SECRETS: null,
  PAY_CONFIRM_TOKEN: "required",
  PAY_PORTONE_URL: "https://api.iamport.kr",
  PAY_SDK_URL: "https://cdn.iamport.kr/v1/iamport.js",
  PAY_DOCS_URL: "/errors/",
  PAY_PORTONE_IPS: "52.78.100.19,52.78.48.223,52.78.5.241",
  PAY_ALLOWED_ORIGINS: "",
  PAY_SANDBOX: "",
  PAY_ORDER_TTL_S: "1800",
  PAY_HOLD_TTL_S: "600",
  PAY_FIRST_LOOK_S: "120",
  PAY_CONFIRM_DEADLINE_MS: "3000",
  PAY_NOTICE_BUDGET_PER_MIN: "600",
  PAY_CONTRACTS: contractNames
    .filter((name) => !["escrow", "digital_goods", "interest_free"].includes(name))
    .join(","),
  PAY_NIGHT_REFUNDS: "schedule",
  PAY_RECEIPT_FOLLOW: "on",
  PAY_PREPARE: "on",
  PAY_GIVE_BACK: giveBackCauses.join(","),
  PAY_GIVE_BACK_MAX: "20",
  PAY_SWEEPS: "1",
  PAY_SWEEP_PARALLEL: "16",
  PAY_EVENTS_URL: "",
  PAY_LOG_LEVEL: "info",
  PAY_DYNAMODB_ENDPOINT: "",
} as const satisfies Readonly<Record<string, string | null>>;
export type SettingName = keyof typeof settingDefaults;

/** Read where the stack is packaged; a function has no use for them. */
export const deploymentSettings = ["PAY_TABLE_NAME"] as const;

const knownNames = new Set<string>([...Object.keys(settingDefaults), ...secretNames, ...deploymentSettings]);

/** Reads and checks all settings. Throws one ConfigError that names every problem. */
export function loadConfig(environment: Environment): Config {
  const problems: string[] = Object.keys(environment)
    .filter((name) => name.startsWith("PAY_") && !knownNames.has(name))
    .map((name) => `${name}: unknown setting`);
  const wrong: Wrong = (name, why) => {
    problems.push(`${name}: ${why}`);
  };
  const readers = readersOf<SettingName>(environment, settingDefaults, wrong);
  const { given, text, oneOf, url, wholeNumber, list, names } = readers;

  const stage = oneOf("PAY_STAGE", ["dev", "prod"]);
  // A shop's first payments are test payments; in production they must never count.
  const sandboxDefault = stage === "dev" ? "accept" : "refuse";
  const acceptsSandbox = oneOf("PAY_SANDBOX", ["refuse", "accept"], sandboxDefault) === "accept";
  if (!list("PAY_PORTONE_IPS").every(isAddress)) wrong("PAY_PORTONE_IPS", "must be IP addresses");
  if (given("PAY_MID") !== null && list("PAY_MID").length === 0)
    wrong("PAY_MID", "must name at least one MID");
  for (const origin of list(allowedOriginsSetting))
    if (!isOrigin(origin)) wrong(allowedOriginsSetting, `${origin} ${originForm}`);
  text("PAY_MID");

  const config: Config = {
    stage,
    table: text("PAY_TABLE"),
    publicUrl: url("PAY_PUBLIC_URL"),
    resultUrl: url("PAY_RESULT_URL"),
    impCode: text("PAY_IMP_CODE"),
    mids: list("PAY_MID"),
    channel: readChannel(given, wrong),
    apiChannelKey: given("PAY_API_CHANNEL_KEY") ?? given("PAY_CHANNEL_KEY"),
    secrets: readSecretsSource(text("PAY_SECRETS"), { given, stage, wrong }),
    portoneIps: list("PAY_PORTONE_IPS"),
    portoneUrl: url("PAY_PORTONE_URL"),
    sdkUrl: url("PAY_SDK_URL"),
    docsUrl: readDocsUrl(text("PAY_DOCS_URL"), wrong),
    requiresConfirmToken: oneOf("PAY_CONFIRM_TOKEN", ["required", "optional"]) === "required",
    allowedOrigins: list(allowedOriginsSetting),
    acceptsSandbox,
    orderTtlMs: wholeNumber("PAY_ORDER_TTL_S") * 1000,
    holdTtlMs: wholeNumber("PAY_HOLD_TTL_S") * 1000,
    firstLookMs: wholeNumber("PAY_FIRST_LOOK_S") * 1000,
    confirmDeadlineMs: wholeNumber("PAY_CONFIRM_DEADLINE_MS"),
    contracts: names("PAY_CONTRACTS", contractNames),
    nightRefunds: oneOf("PAY_NIGHT_REFUNDS", nightRefundModes),
    followsReceipts: oneOf("PAY_RECEIPT_FOLLOW", ["on", "off"]) === "on",
    isPreparing: oneOf("PAY_PREPARE", ["on", "off"]) === "on",
    // `none` switches every automatic give-back off.
    givesBack: given("PAY_GIVE_BACK") === "none" ? new Set() : names("PAY_GIVE_BACK", giveBackCauses),
    mostGiveBacksPerHour: wholeNumber("PAY_GIVE_BACK_MAX"),
    noticeBudgetPerMinute: wholeNumber("PAY_NOTICE_BUDGET_PER_MIN"),
    sweeps: wholeNumber("PAY_SWEEPS"),
    sweepParallel: wholeNumber("PAY_SWEEP_PARALLEL"),
    dynamodbEndpoint: given("PAY_DYNAMODB_ENDPOINT") && url("PAY_DYNAMODB_ENDPOINT"),
    eventsUrl: readEventsUrl(given(eventsUrlSetting), wrong),
    logLevel: oneOf("PAY_LOG_LEVEL", ["error", "info", "debug"]),
  };
  if (stage === "prod") refuseInProduction(config, environment, wrong);
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** What a laptop may have and real money may not. */
function refuseInProduction(config: Config, environment: Environment, wrong: Wrong): void {
  const isOff = "is not allowed with PAY_STAGE prod";
  if (config.acceptsSandbox) wrong("PAY_SANDBOX", `accept ${isOff}`);
  if (!config.requiresConfirmToken) wrong("PAY_CONFIRM_TOKEN", `optional ${isOff}`);
  if (config.secrets.from === "env") wrong("PAY_SECRETS", `env ${isOff}`);
  const { publicUrl, resultUrl, portoneUrl, sdkUrl, eventsUrl } = config;
  const urls = {
    PAY_PUBLIC_URL: publicUrl,
    PAY_RESULT_URL: resultUrl,
    PAY_PORTONE_URL: portoneUrl,
    PAY_SDK_URL: sdkUrl,
    PAY_EVENTS_URL: eventsUrl ?? "",
  };
  for (const [name, url] of Object.entries(urls)) if (url.startsWith("http:")) wrong(name, `http ${isOff}`);
  for (const origin of config.allowedOrigins)
    if (origin.startsWith("http:")) wrong(allowedOriginsSetting, `${origin} ${isOff}`);
  for (const name of Object.keys(environment))
    if (/^(PAY_DYNAMODB_ENDPOINT|AWS_ENDPOINT_URL.*)$/.test(name) && environment[name]?.trim())
      wrong(name, `another endpoint ${isOff}`);
}

interface SecretsReading {
  readonly given: (name: string) => string | null;
  readonly stage: Config["stage"];
  readonly wrong: Wrong;
}

function readSecretsSource(text: string, { given, stage, wrong }: SecretsReading): SecretsSource {
  // Whoever gives none is told of each secret as well.
  if (text === "" || text === "env")
    return {
      from: "env",
      secrets: readSecrets(given, secretsFor(given(eventsUrlSetting) !== null), stage, wrong),
    };
  if (!/^ssm:\/([A-Za-z0-9_.-]+\/)+$/.test(text))
    wrong("PAY_SECRETS", "must be env, or ssm: and a path like ssm:/portone-ksnet/prod/");
  for (const name of secretNames)
    if (given(name) !== null) wrong(name, "must stand below PAY_SECRETS's path, not in the environment");
  return { from: "ssm", path: text.slice("ssm:".length) };
}

/** The old `pg` name wins where it is set: a shop sets it because its MID has no channel key. */
function readChannel(given: (name: string) => string | null, wrong: Wrong): WindowChannel {
  const pg = given("PAY_PG");
  if (pg !== null) {
    if (!/^ksnet\.\S+$/.test(pg)) wrong("PAY_PG", "must look like ksnet.<MID>");
    return { pg };
  }
  const channelKey = given("PAY_CHANNEL_KEY");
  if (channelKey === null) wrong("PAY_CHANNEL_KEY or PAY_PG", "one of them is required");
  return { channelKey: channelKey ?? "" };
}
