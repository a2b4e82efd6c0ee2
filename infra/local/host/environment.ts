// The settings a local run gives the functions: a shop at the simulator, with keys of its own. What the
// developer set himself goes on top; nothing of his environment but PAY_* is ever looked at.
import { type LocalKeys, sha256Hex } from "../processes/local-keys.ts";

export interface LocalProvider {
  readonly url: string;
  readonly impKey: string;
  readonly impSecret: string;
  readonly mid: string;
  readonly channelKey: string;
}

type Variables = Readonly<Record<string, string>>;

const everyScope = ["orders", "refunds", "receipts", "billing", "delivery", "stock", "read", "admin"];

/** Pages on this machine, whatever serves them. */
const localOrigins = ["http", "https"].flatMap((scheme) =>
  ["localhost", "127.0.0.1", "[::1]"].map((host) => `${scheme}://${host}:*`),
);

/** Settings for functions whose PortOne is `provider` and whose table is `table`; the host adds its own addresses. */
export const localEnvironment = (provider: LocalProvider, keys: LocalKeys, table: string): Variables => ({
  PAY_STAGE: "dev",
  PAY_TABLE: table,
  PAY_IMP_CODE: "imp00000000",
  PAY_MID: provider.mid,
  PAY_CHANNEL_KEY: provider.channelKey,
  PAY_SECRETS: "env",
  PAY_PORTONE_KEY: provider.impKey,
  PAY_PORTONE_SECRET: provider.impSecret,
  PAY_URL_KEYS: keys.urlKey,
  PAY_DATA_KEY: `local:${keys.dataKey}`,
  PAY_MERCHANT_KEYS: JSON.stringify([
    { name: "local", sha256: sha256Hex(keys.merchantKey), scopes: everyScope },
  ]),
  PAY_SDK_URL: `${provider.url}/v1/iamport.js`,
  PAY_ALLOWED_ORIGINS: localOrigins.join(","),
});

/** The PAY_* of an environment, empty ones included: an empty value asks for the setting's default. */
export const payVariables = (environment: NodeJS.ProcessEnv): Variables =>
  Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      name.startsWith("PAY_") && value !== undefined ? [[name, value]] : [],
    ),
  );

/** What a child process may inherit: neither the developer's cloud credentials nor his settings. */
export const withoutSettings = (environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !/^(AWS|PAY)_/i.test(name)));
