// The settings a local run gives the functions: a shop at the simulator, with keys of its own. What the
// developer set himself goes on top; nothing of his environment but PAY_* is ever looked at.
import { createHash, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

export interface LocalKeys {
  /** The merchant's bearer key. */
  readonly merchantKey: string;
  /** Base64 of the bytes that sign URL tokens. */
  readonly urlKey: string;
}

export interface LocalProvider {
  readonly simulatorUrl: string;
  readonly impKey: string;
  readonly impSecret: string;
  readonly mid: string;
  readonly channelKey: string;
  readonly table: string;
}

const keyBytes = 32;
const everyScope = ["orders", "refunds", "receipts", "billing", "delivery", "stock", "read", "admin"];

/** Random keys: there is no default that somebody could know. */
export const newKeys = (): LocalKeys => ({
  merchantKey: randomBytes(keyBytes).toString("base64url"),
  urlKey: randomBytes(keyBytes).toString("base64"),
});

/** The keys in `file`, made and stored first when it is missing: links handed out before a restart stay valid. */
export function keptKeys(file: string): LocalKeys {
  if (!existsSync(file)) writeFileSync(file, JSON.stringify(newKeys()), { mode: 0o600 });
  const { merchantKey, urlKey } = JSON.parse(readFileSync(file, "utf8")) as Partial<LocalKeys>;
  if (!merchantKey || !urlKey) throw new Error(`${file} holds no keys; delete it and new ones are made`);
  return { merchantKey, urlKey };
}

/** Settings for functions whose PortOne is the simulator; every PAY_* of `environment` wins over them. */
export const localEnvironment = (
  keys: LocalKeys,
  { simulatorUrl, impKey, impSecret, mid, channelKey, table }: LocalProvider,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> => ({
  PAY_STAGE: "dev",
  PAY_TABLE: table,
  PAY_RESULT_URL: "https://shop.example/payment-result",
  PAY_IMP_CODE: "imp00000000",
  PAY_MID: mid,
  PAY_CHANNEL_KEY: channelKey,
  PAY_SECRETS: "env",
  PAY_PORTONE_KEY: impKey,
  PAY_PORTONE_SECRET: impSecret,
  PAY_URL_KEYS: keys.urlKey,
  PAY_MERCHANT_KEYS: JSON.stringify([
    {
      name: "local",
      sha256: createHash("sha256").update(keys.merchantKey).digest("hex"),
      scopes: everyScope,
    },
  ]),
  PAY_SDK_URL: `${simulatorUrl}/v1/iamport.js`,
  PAY_ALLOWED_ORIGINS: new URL(simulatorUrl).origin,
  ...Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      name.startsWith("PAY_") && value !== undefined ? [[name, value]] : [],
    ),
  ),
});
