// Every setting, read once at cold start. Whatever is missing or wrong is named in one error, so that a
// deployment is mended in one go. Secrets, tables and URLs have no default.

import type { WindowChannel } from "./domain/ksnet/request-pay.ts";
import { type Contract, contractNames } from "./domain/ksnet/rule.ts";
import { asMerchantKey, type MerchantKey } from "./domain/merchant-key.ts";
import { type GiveBackCause, giveBackCauses } from "./domain/verification.ts";

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
  readonly portoneKey: string;
  readonly portoneSecret: string;
  readonly portoneUrl: string;
  /** Where PortOne calls from, as it publishes. */
  readonly portoneIps: readonly string[];
  readonly sdkUrl: string;
  readonly merchantKeys: readonly MerchantKey[];
  readonly urlKeys: readonly Buffer[];
  readonly requiresConfirmToken: boolean;
  readonly allowedOrigins: readonly string[];
  readonly acceptsSandbox: boolean;
  readonly orderTtlMs: number;
  readonly holdTtlMs: number;
  readonly firstLookMs: number;
  readonly confirmDeadlineMs: number;
  readonly contracts: ReadonlySet<Contract>;
  /** Amounts are registered with PortOne when an order is created. */
  readonly isPreparing: boolean;
  readonly givesBack: ReadonlySet<GiveBackCause>;
  readonly mostGiveBacksPerHour: number;
  readonly noticeBudgetPerMinute: number;
  /** Sweeps a minute, each a function of its own, and how many orders each looks at at once. */
  readonly sweeps: number;
  readonly sweepParallel: number;
  readonly dynamodbEndpoint: string | null;
  readonly logLevel: LogLevel;
}

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
const originForm = "must be an origin like https://shop.example, or http://localhost:* for every port";

type Environment = Readonly<Record<string, string | undefined>>;

const knownNames = new Set(
  (
    "PAY_STAGE PAY_TABLE PAY_PUBLIC_URL PAY_RESULT_URL PAY_IMP_CODE PAY_MID PAY_CHANNEL_KEY PAY_PG " +
    "PAY_API_CHANNEL_KEY PAY_SECRETS PAY_PORTONE_KEY PAY_PORTONE_SECRET PAY_MERCHANT_KEYS " +
    "PAY_URL_KEYS PAY_CONFIRM_TOKEN PAY_PORTONE_URL PAY_SDK_URL PAY_ALLOWED_ORIGINS PAY_SANDBOX " +
    "PAY_ORDER_TTL_S PAY_HOLD_TTL_S PAY_FIRST_LOOK_S PAY_CONFIRM_DEADLINE_MS PAY_CONTRACTS " +
    "PAY_PREPARE PAY_GIVE_BACK PAY_GIVE_BACK_MAX PAY_NOTICE_BUDGET_PER_MIN PAY_DYNAMODB_ENDPOINT " +
    "PAY_LOG_LEVEL PAY_SWEEPS PAY_SWEEP_PARALLEL PAY_PORTONE_IPS"
  ).split(" "),
);

const defaultContracts = contractNames.filter(
  (name) => !["escrow", "digital_goods", "interest_free"].includes(name),
);

const publishedIps = ["52.78.100.19", "52.78.48.223", "52.78.5.241"];

/** Reads and checks all settings. Throws one ConfigError that names every problem. */
export function loadConfig(environment: Environment): Config {
  const problems: string[] = Object.keys(environment)
    .filter((name) => name.startsWith("PAY_") && !knownNames.has(name))
    .map((name) => `${name}: unknown setting`);
  // An empty value is what a template leaves for a setting nobody gave; it counts as absent.
  const optional = (name: string): string | null => environment[name]?.trim() || null;
  const wrong = (name: string, why: string): void => {
    problems.push(`${name}: ${why}`);
  };
  const required = (name: string): string => {
    const value = optional(name);
    if (value === null) wrong(name, "required");
    return value ?? "";
  };
  const oneOf = <T extends string>(name: string, choices: readonly [T, ...T[]], fallback?: T): T => {
    const value = optional(name) ?? fallback;
    const choice = choices.find((known) => known === value);
    if (choice === undefined) wrong(name, `${value ? "must be" : "required:"} one of ${choices.join(", ")}`);
    return choice ?? choices[0];
  };
  const url = (name: string, fallback: string | null): string => {
    const value = optional(name) ?? fallback ?? required(name);
    if (value !== "" && !/^https?:$/.test(URL.parse(value)?.protocol ?? ""))
      wrong(name, "must be an http(s) URL");
    return value.replace(/\/+$/, "");
  };
  const wholeNumber = (name: string, fallback: number): number => {
    const value = optional(name) ?? String(fallback);
    if (!/^[1-9]\d{0,8}$/.test(value)) wrong(name, "must be a whole number above 0");
    return Number(value);
  };
  const list = (name: string): string[] =>
    (optional(name) ?? "")
      .split(",")
      .map((entry) => entry.trim())
      .filter((entry) => entry !== "");

  const stage = oneOf("PAY_STAGE", ["dev", "prod"]);
  // A shop's first payments are test payments; in production they must never count.
  const sandboxDefault = stage === "dev" ? "accept" : "refuse";
  const acceptsSandbox = oneOf("PAY_SANDBOX", ["refuse", "accept"], sandboxDefault) === "accept";
  if (acceptsSandbox && stage === "prod") wrong("PAY_SANDBOX", "accept is not allowed with PAY_STAGE prod");
  oneOf("PAY_SECRETS", ["env"]);
  if (!list("PAY_PORTONE_IPS").every(isAddress)) wrong("PAY_PORTONE_IPS", "must be IP addresses");
  required("PAY_MID");
  if (optional("PAY_MID") !== null && list("PAY_MID").length === 0)
    wrong("PAY_MID", "must name at least one MID");
  for (const origin of list(allowedOriginsSetting))
    if (!isOrigin(origin)) wrong(allowedOriginsSetting, `${origin} ${originForm}`);

  const config: Config = {
    stage,
    table: required("PAY_TABLE"),
    publicUrl: url("PAY_PUBLIC_URL", null),
    resultUrl: url("PAY_RESULT_URL", null),
    impCode: required("PAY_IMP_CODE"),
    mids: list("PAY_MID"),
    channel: readChannel(optional, wrong),
    apiChannelKey: optional("PAY_API_CHANNEL_KEY") ?? optional("PAY_CHANNEL_KEY"),
    portoneKey: required("PAY_PORTONE_KEY"),
    portoneSecret: required("PAY_PORTONE_SECRET"),
    portoneIps: optional("PAY_PORTONE_IPS") === null ? publishedIps : list("PAY_PORTONE_IPS"),
    portoneUrl: url("PAY_PORTONE_URL", "https://api.iamport.kr"),
    sdkUrl: url("PAY_SDK_URL", "https://cdn.iamport.kr/v1/iamport.js"),
    merchantKeys: readMerchantKeys(optional("PAY_MERCHANT_KEYS") ?? "[]", wrong),
    urlKeys: readUrlKeys(required("PAY_URL_KEYS"), wrong),
    requiresConfirmToken: oneOf("PAY_CONFIRM_TOKEN", ["required", "optional"], "required") === "required",
    allowedOrigins: list(allowedOriginsSetting),
    acceptsSandbox,
    orderTtlMs: wholeNumber("PAY_ORDER_TTL_S", 1800) * 1000,
    holdTtlMs: wholeNumber("PAY_HOLD_TTL_S", 600) * 1000,
    firstLookMs: wholeNumber("PAY_FIRST_LOOK_S", 120) * 1000,
    confirmDeadlineMs: wholeNumber("PAY_CONFIRM_DEADLINE_MS", 3000),
    contracts:
      optional("PAY_CONTRACTS") === null
        ? new Set(defaultContracts)
        : readNames("PAY_CONTRACTS", list("PAY_CONTRACTS"), contractNames, wrong),
    isPreparing: oneOf("PAY_PREPARE", ["on", "off"], "on") === "on",
    // `none` switches every automatic give-back off.
    givesBack:
      optional("PAY_GIVE_BACK") === null
        ? new Set(giveBackCauses)
        : optional("PAY_GIVE_BACK") === "none"
          ? new Set()
          : readNames("PAY_GIVE_BACK", list("PAY_GIVE_BACK"), giveBackCauses, wrong),
    mostGiveBacksPerHour: wholeNumber("PAY_GIVE_BACK_MAX", 20),
    noticeBudgetPerMinute: wholeNumber("PAY_NOTICE_BUDGET_PER_MIN", 600),
    sweeps: wholeNumber("PAY_SWEEPS", 1),
    sweepParallel: wholeNumber("PAY_SWEEP_PARALLEL", 16),
    dynamodbEndpoint: optional("PAY_DYNAMODB_ENDPOINT") && url("PAY_DYNAMODB_ENDPOINT", null),
    logLevel: oneOf("PAY_LOG_LEVEL", ["error", "info", "debug"], "info"),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** One of IPv4, or of IPv6 as far as its letters. */
const isAddress = (text: string): boolean =>
  /^(\d{1,3}\.){3}\d{1,3}$/.test(text) || /^(?=.*:)[0-9a-f:.]+$/i.test(text);

type Wrong = (name: string, why: string) => void;

/** Every port only of the machine itself: on a shop's own host each port may be somebody else's. */
const isOrigin = (text: string): boolean =>
  URL.parse(text)?.origin === text || /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\]):\*$/.test(text);

/** The old `pg` name wins where it is set: a shop sets it because its MID has no channel key. */
function readChannel(optional: (name: string) => string | null, wrong: Wrong): WindowChannel {
  const pg = optional("PAY_PG");
  if (pg !== null) {
    if (!/^ksnet\.\S+$/.test(pg)) wrong("PAY_PG", "must look like ksnet.<MID>");
    return { pg };
  }
  const channelKey = optional("PAY_CHANNEL_KEY");
  if (channelKey === null) wrong("PAY_CHANNEL_KEY or PAY_PG", "one of them is required");
  return { channelKey: channelKey ?? "" };
}

function readMerchantKeys(text: string, wrong: Wrong): readonly MerchantKey[] {
  const entries = parseJson(text);
  if (!Array.isArray(entries)) {
    wrong("PAY_MERCHANT_KEYS", "must be a JSON list");
    return [];
  }
  return entries.flatMap((entry: unknown, index) => {
    const key = asMerchantKey(entry);
    if (!key)
      wrong("PAY_MERCHANT_KEYS", `entry ${index} needs name, sha256 (64 hex digits) and known scopes`);
    return key ? [key] : [];
  });
}

const shortestUrlKeyBytes = 16;

/** One or two base64 keys, by comma; the first signs, both are accepted while keys are changed. */
function readUrlKeys(text: string, wrong: Wrong): readonly Buffer[] {
  if (text === "") return [];
  const given = text.split(",").map((key) => key.trim());
  const keys = given.map((key) => Buffer.from(key, "base64"));
  const isEncoded = given.every((key) => /^[A-Za-z0-9+/]+={0,2}$/.test(key));
  if (!isEncoded || keys.length > 2 || keys.some((key) => key.length < shortestUrlKeyBytes))
    wrong("PAY_URL_KEYS", `must be one or two base64 keys of at least ${shortestUrlKeyBytes} bytes`);
  return keys;
}

/** Those of the known names that were given, in their own order. */
function readNames<Name extends string>(
  setting: string,
  given: readonly string[],
  known: readonly Name[],
  wrong: Wrong,
): ReadonlySet<Name> {
  const unknown = given.filter((name) => !known.some((one) => one === name));
  if (unknown.length > 0) wrong(setting, `unknown: ${unknown.join(", ")}`);
  return new Set(known.filter((name) => given.includes(name)));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller names the setting; the parser's message would quote key material.
    return null;
  }
}
