// What only the shop and its functions know: which of it each function reads, and what its text must look like.
// Whoever finds something wrong names the setting and never its value.
import { asDataKey, type DataKey } from "./domain/data-key.ts";
import { asMerchantKey, type MerchantKey } from "./domain/merchant-key.ts";

export const secretNames = [
  "PAY_PORTONE_KEY",
  "PAY_PORTONE_SECRET",
  "PAY_URL_KEYS",
  "PAY_MERCHANT_KEYS",
  "PAY_DATA_KEY",
  "PAY_EVENTS_KEY",
] as const;
export type SecretName = (typeof secretNames)[number];

export interface Secrets {
  readonly portoneKey: string;
  readonly portoneSecret: string;
  /** The first signs, all are accepted. */
  readonly urlKeys: readonly Buffer[];
  readonly merchantKeys: readonly MerchantKey[];
  /** The first encrypts, all decrypt. */
  readonly dataKeys: readonly DataKey[];
  /** All sign, so that the shop may accept either while they are changed. */
  readonly eventsKeys: readonly Buffer[];
}

const login = ["PAY_PORTONE_KEY", "PAY_PORTONE_SECRET"] as const;

/** A function's role may read these parameters and no others. */
export const secretsOf = {
  confirm: [...login, "PAY_URL_KEYS"],
  notice: [...login, "PAY_URL_KEYS"],
  complete: [...login, "PAY_URL_KEYS"],
  orders: [...login, "PAY_URL_KEYS", "PAY_MERCHANT_KEYS", "PAY_DATA_KEY"],
  refund: [...login, "PAY_MERCHANT_KEYS", "PAY_DATA_KEY"],
  receipt: [...login, "PAY_MERCHANT_KEYS", "PAY_DATA_KEY"],
  billing: [...login, "PAY_URL_KEYS", "PAY_MERCHANT_KEYS"],
  delivery: [...login, "PAY_MERCHANT_KEYS"],
  reconcile: [...login, "PAY_URL_KEYS", "PAY_DATA_KEY"],
  audit: [...login],
  deliver: ["PAY_EVENTS_KEY"],
} as const satisfies Readonly<Record<string, readonly SecretName[]>>;
export type FunctionName = keyof typeof secretsOf;

/** Those a deployment must have: the events' key only where they are delivered. */
export const secretsFor = (deliversEvents: boolean): readonly SecretName[] =>
  deliversEvents ? secretNames : secretNames.filter((name) => name !== "PAY_EVENTS_KEY");

/** A parameter holds some thirty keys; a shop with more goes on in the next one. */
const mostMerchantKeyParameters = 6;

/** The names a secret's text may stand under, in their order. */
export const parametersOf = (name: SecretName): readonly string[] =>
  name === "PAY_MERCHANT_KEYS"
    ? Array.from({ length: mostMerchantKeyParameters }, (_, index) =>
        index === 0 ? name : `${name}_${index + 1}`,
      )
    : [name];

export type Wrong = (name: string, why: string) => void;
type Texts = (name: string) => string | null;

/**
 * The secrets of these names. Everything that is missing or wrong is told to `wrong`; what the result holds in its place
 * is then of no use.
 */
export function readSecrets(
  textOf: Texts,
  names: readonly SecretName[],
  stage: "dev" | "prod",
  wrong: Wrong,
): Secrets {
  const required = (name: SecretName): string => {
    if (!names.includes(name)) return "";
    const text = textOf(name);
    if (text === null) wrong(name, "required");
    return text ?? "";
  };
  return {
    portoneKey: required("PAY_PORTONE_KEY"),
    portoneSecret: required("PAY_PORTONE_SECRET"),
    urlKeys: readUrlKeys(required("PAY_URL_KEYS"), stage, wrong),
    merchantKeys: names.includes("PAY_MERCHANT_KEYS") ? readMerchantKeys(textOf, wrong) : [],
    dataKeys: readDataKeys(required("PAY_DATA_KEY"), wrong),
    eventsKeys: readEventsKeys(required("PAY_EVENTS_KEY"), stage, wrong),
  };
}

function readMerchantKeys(textOf: Texts, wrong: Wrong): readonly MerchantKey[] {
  const keys = parametersOf("PAY_MERCHANT_KEYS").flatMap((name) =>
    readKeyList(name, textOf(name) ?? "[]", wrong),
  );
  for (const [index, { name, sha256 }] of keys.entries()) {
    const first = keys.findIndex((key) => key.sha256 === sha256);
    if (first < index) wrong("PAY_MERCHANT_KEYS", `${keys[first]?.name} and ${name} are the same key`);
    if (sha256 === hashOfNothing) wrong("PAY_MERCHANT_KEYS", `${name} is the hash of an empty key`);
  }
  return keys;
}

const hashOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

function readKeyList(setting: string, text: string, wrong: Wrong): readonly MerchantKey[] {
  const entries = parseJson(text);
  if (!Array.isArray(entries)) {
    wrong(setting, "must be a JSON list");
    return [];
  }
  return entries.flatMap((entry: unknown, index) => {
    const key = asMerchantKey(entry);
    if (!key) wrong(setting, `entry ${index} needs name, sha256 (64 hex digits) and known scopes`);
    return key ? [key] : [];
  });
}

const shortestUrlKeyBytes = 16;
/** Of sixteen random bytes fewer than this are different less than once in 10^11 keys. */
const fewestByteValues = 8;

/** All zeros, a repeated word, or bytes that count up: nothing a random source gives. */
function isGuessable(key: Buffer): boolean {
  const steps = new Set([...key.subarray(1)].map((byte, index) => (byte - (key[index] ?? 0) + 256) % 256));
  return new Set(key).size < fewestByteValues || steps.size < 2;
}

/** One or two base64 keys, by comma; the first signs, both are accepted while keys are changed. */
function readUrlKeys(text: string, stage: "dev" | "prod", wrong: Wrong): readonly Buffer[] {
  if (text === "") return [];
  const given = text.split(",").map((key) => key.trim());
  const keys = given.map((key) => Buffer.from(key, "base64"));
  const isEncoded = given.every((key) => /^[A-Za-z0-9+/]+={0,2}$/.test(key));
  if (!isEncoded || keys.length > 2 || keys.some((key) => key.length < shortestUrlKeyBytes))
    wrong("PAY_URL_KEYS", `must be one or two base64 keys of at least ${shortestUrlKeyBytes} bytes`);
  else if (stage === "prod" && keys.some(isGuessable))
    wrong("PAY_URL_KEYS", "must be random; make one with: openssl rand -base64 32");
  else if (keys[1] !== undefined && keys[0]?.equals(keys[1])) wrong("PAY_URL_KEYS", "holds one key twice");
  return keys;
}

const eventsKeyPrefix = "whsec_";
const eventsKeyBytes = { least: 24, most: 64 };

/** One or two keys of Standard Webhooks, by comma. */
function readEventsKeys(text: string, stage: "dev" | "prod", wrong: Wrong): readonly Buffer[] {
  if (text === "") return [];
  const given = text.split(",").map((key) => key.trim());
  const keys = given.map((key) => Buffer.from(key.slice(eventsKeyPrefix.length), "base64"));
  const { least, most } = eventsKeyBytes;
  const isFit = (key: Buffer) => key.length >= least && key.length <= most;
  if (
    !given.every((key) => /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(key)) ||
    keys.length > 2 ||
    !keys.every(isFit)
  )
    wrong("PAY_EVENTS_KEY", `must be one or two of ${eventsKeyPrefix}<base64 of ${least} to ${most} bytes>`);
  else if (stage === "prod" && keys.some(isGuessable))
    wrong("PAY_EVENTS_KEY", "must be random; make one with: openssl rand -base64 32");
  else if (keys[1] !== undefined && keys[0]?.equals(keys[1])) wrong("PAY_EVENTS_KEY", "holds one key twice");
  return keys;
}

function readDataKeys(text: string, wrong: Wrong): readonly DataKey[] {
  if (text === "") return [];
  const keys = text.split(",").map((key) => asDataKey(key.trim()));
  const known = keys.flatMap((key) => key ?? []);
  if (known.length < keys.length || keys.length > 2)
    wrong("PAY_DATA_KEY", "must be one or two of local:<base64 of 32 bytes> and kms:<key arn>");
  return known;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller names the setting; the parser's message would quote key material.
    return null;
  }
}
