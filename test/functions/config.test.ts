// The settings: whatever is missing or wrong is named at once, by its name and never with its value.
import { describe, expect, it } from "vitest";
import { ConfigError, loadConfig } from "../../lib/config.ts";

const secretNames = ["PAY_PORTONE_KEY", "PAY_PORTONE_SECRET", "PAY_URL_KEYS", "PAY_DATA_KEY"];

type Settings = Readonly<Record<string, string | undefined>>;

const keys = ["first-key-of-32-bytes-0123456789", "second-key-of-32-bytes-012345678"].map((text) =>
  Buffer.from(text, "utf8").toString("base64"),
);

/** Everything a deployment must set, and nothing else. */
const required: Readonly<Record<string, string>> = {
  PAY_STAGE: "prod",
  PAY_TABLE: "portone-ksnet-orders",
  PAY_PUBLIC_URL: "https://pay.shop.example/",
  PAY_RESULT_URL: "https://shop.example/payment-result",
  PAY_IMP_CODE: "imp00000000",
  PAY_MID: "2999199999",
  PAY_CHANNEL_KEY: "channel-key-00000000-0000-0000-0000-000000000000",
  PAY_SECRETS: "ssm:/portone-ksnet/prod/",
};
/** A laptop has its secrets in the environment. */
const onLaptop: Readonly<Record<string, string>> = {
  ...required,
  PAY_STAGE: "dev",
  PAY_SECRETS: "env",
  PAY_PORTONE_KEY: "1234567890123456",
  PAY_PORTONE_SECRET: "s3cr3t-of-portone",
  PAY_URL_KEYS: keys[0] ?? "",
  PAY_DATA_KEY: `local:${keys[0]}`,
};
const load = (more: Settings = {}) => loadConfig({ ...required, ...more });

/** What the one error says, line by line. */
function problems(environment: Settings): readonly string[] {
  try {
    loadConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as ConfigError).problems;
  }
  return [];
}
const named = (environment: Settings) => problems(environment).map((problem) => problem.split(":")[0]);

describe("what must be set is enough", () => {
  it("and the rest has its defaults", () => {
    expect(load()).toMatchObject({
      stage: "prod",
      publicUrl: "https://pay.shop.example",
      mids: ["2999199999"],
      channel: { channelKey: "channel-key-00000000-0000-0000-0000-000000000000" },
      secrets: { from: "ssm", path: "/portone-ksnet/prod/" },
      requiresConfirmToken: true,
      portoneUrl: "https://api.iamport.kr",
      portoneIps: ["52.78.100.19", "52.78.48.223", "52.78.5.241"],
      sdkUrl: "https://cdn.iamport.kr/v1/iamport.js",
      docsUrl: "/errors/",
      allowedOrigins: [],
      acceptsSandbox: false,
      orderTtlMs: 1_800_000,
      holdTtlMs: 600_000,
      firstLookMs: 120_000,
      confirmDeadlineMs: 3_000,
      noticeBudgetPerMinute: 600,
      mostGiveBacksPerHour: 20,
      sweeps: 1,
      sweepParallel: 16,
      isPreparing: true,
      nightRefunds: "schedule",
      dynamodbEndpoint: null,
      logLevel: "info",
    });
    expect([...load().contracts].sort()).toEqual([
      "billing",
      "easy_pay",
      "instalments",
      "key_in",
      "phone",
      "vbank",
      "vbank_refund",
    ]);
    expect([...load().givesBack].sort()).toEqual(["late", "mismatch", "second_payment", "voided"]);
  });

  it.each(["", " "])("an empty setting (%j) is one nobody gave", (empty) => {
    expect(load({ PAY_SANDBOX: empty, PAY_PG: empty, PAY_LOG_LEVEL: empty, PAY_ORDER_TTL_S: empty })).toEqual(
      load(),
    );
    expect(named({ ...required, PAY_TABLE: empty })).toEqual(["PAY_TABLE"]);
  });

  it("what is not ours is left alone", () => {
    expect(load({ AWS_REGION: "ap-northeast-2", PAYMENT_MODE: "x", NODE_OPTIONS: "" })).toEqual(load());
  });

  it("lists are read by commas", () => {
    const config = load({
      PAY_MID: "2999199999, 2009300001",
      PAY_ALLOWED_ORIGINS: "https://a.example,https://b.example",
    });
    expect(config).toMatchObject({
      mids: ["2999199999", "2009300001"],
      allowedOrigins: ["https://a.example", "https://b.example"],
    });
    const ips = "127.0.0.1, 2600:1f13::1,::ffff:10.0.0.1";
    expect(load({ PAY_PORTONE_IPS: ips }).portoneIps).toEqual([
      "127.0.0.1",
      "2600:1f13::1",
      "::ffff:10.0.0.1",
    ]);
    expect(
      load({ PAY_STAGE: "dev", PAY_ALLOWED_ORIGINS: "http://localhost:*,http://[::1]:*" }).allowedOrigins,
    ).toEqual(["http://localhost:*", "http://[::1]:*"]);
    expect([...load({ PAY_CONTRACTS: "vbank, escrow" }).contracts].sort()).toEqual(["escrow", "vbank"]);
  });

  it("a MID from before channel keys", () => {
    const { PAY_CHANNEL_KEY: _, ...old } = required;
    expect(loadConfig({ ...old, PAY_PG: "ksnet.2999199999" }).channel).toEqual({ pg: "ksnet.2999199999" });
    expect(load({ PAY_PG: "ksnet.2999199999" }).channel).toEqual({ pg: "ksnet.2999199999" });
  });
});

/** Whoever asks for secrets from the environment is told of those that are not in it as well. */
const secretsOf = (name: string, value: string): readonly string[] =>
  value === "env" ? [name, ...secretNames] : [name];

describe("one error names everything", () => {
  it("that is missing", () => {
    expect(named({}).toSorted()).toEqual([
      "PAY_CHANNEL_KEY or PAY_PG",
      "PAY_DATA_KEY",
      "PAY_IMP_CODE",
      "PAY_MID",
      "PAY_PORTONE_KEY",
      "PAY_PORTONE_SECRET",
      "PAY_PUBLIC_URL",
      "PAY_RESULT_URL",
      "PAY_SECRETS",
      "PAY_STAGE",
      "PAY_TABLE",
      "PAY_URL_KEYS",
    ]);
  });

  it.each(Object.keys(required).filter((name) => name !== "PAY_SECRETS"))("%s alone", (name) => {
    const { [name]: _, ...rest } = required;
    expect(named(rest)).toEqual([name === "PAY_CHANNEL_KEY" ? "PAY_CHANNEL_KEY or PAY_PG" : name]);
  });

  it.each(["PAY_PORTONE_KEY", "PAY_PORTONE_SECRET", "PAY_URL_KEYS", "PAY_MERCHANT_KEYS", "PAY_DATA_KEY"])(
    "%s stands in clear where it should be read",
    (name) => {
      expect(problems({ ...required, [name]: "in-clear" })).toEqual([
        `${name}: must stand below PAY_SECRETS's path, not in the environment`,
      ]);
    },
  );

  it("what a laptop may have is refused with real money, all of it at once", () => {
    const local = {
      PAY_PUBLIC_URL: "http://127.0.0.1:3000",
      PAY_CONFIRM_TOKEN: "optional",
      PAY_SANDBOX: "accept",
      PAY_DYNAMODB_ENDPOINT: "http://127.0.0.1:8000",
    };
    expect(named({ ...onLaptop, ...local })).toEqual([]);
    expect(named({ ...onLaptop, ...local, PAY_STAGE: "prod" })).toEqual([
      "PAY_SANDBOX",
      "PAY_CONFIRM_TOKEN",
      "PAY_SECRETS",
      "PAY_PUBLIC_URL",
      "PAY_DYNAMODB_ENDPOINT",
    ]);
  });

  it.each(secretNames)("%s alone, on a laptop", (name) => {
    const { [name]: _, ...rest } = onLaptop;
    expect(named(rest)).toEqual([name]);
  });

  it.each<[string, string]>([
    ["PAY_STAGE", "production"],
    ["PAY_PUBLIC_URL", "pay.shop.example"],
    ["PAY_PUBLIC_URL", "ftp://pay.shop.example"],
    ["PAY_RESULT_URL", "/payment-result"],
    ["PAY_PORTONE_URL", "api.iamport.kr"],
    ["PAY_SDK_URL", "javascript:alert(1)"],
    ["PAY_DOCS_URL", "javascript:alert(1)/"],
    ["PAY_DOCS_URL", "https://docs.shop.example/problems"],
    ["PAY_DOCS_URL", "docs/problems#"],
    ["PAY_DYNAMODB_ENDPOINT", "localhost:8000"],
    ["PAY_PG", "kcp.T0000"],
    ["PAY_PG", "ksnet."],
    ["PAY_SECRETS", "file"],
    ["PAY_SECRETS", "env"],
    ["PAY_SECRETS", "ssm:portone-ksnet/prod/"],
    ["PAY_SECRETS", "ssm:/portone-ksnet/prod"],
    ["PAY_SECRETS", "ssm:/"],
    ["PAY_CONFIRM_TOKEN", "optional"],
    ["PAY_PUBLIC_URL", "http://pay.shop.example"],
    ["PAY_RESULT_URL", "http://shop.example/result"],
    ["PAY_PORTONE_URL", "http://api.iamport.kr"],
    ["PAY_SDK_URL", "http://cdn.iamport.kr/v1/iamport.js"],
    ["PAY_ALLOWED_ORIGINS", "https://shop.example,http://shop.example"],
    ["PAY_DYNAMODB_ENDPOINT", "https://dynamodb.example"],
    ["AWS_ENDPOINT_URL", "https://aws.example"],
    ["AWS_ENDPOINT_URL_SSM", "https://ssm.example"],
    ["PAY_CONFIRM_TOKEN", "off"],
    ["PAY_SANDBOX", "yes"],
    ["PAY_SANDBOX", "accept"],
    ["PAY_PREPARE", "true"],
    ["PAY_NIGHT_REFUNDS", "on"],
    ["PAY_LOG_LEVEL", "verbose"],
    ["PAY_ORDER_TTL_S", "0"],
    ["PAY_ORDER_TTL_S", "-1"],
    ["PAY_ORDER_TTL_S", "1e3"],
    ["PAY_HOLD_TTL_S", "10m"],
    ["PAY_FIRST_LOOK_S", "1.5"],
    ["PAY_CONFIRM_DEADLINE_MS", "fast"],
    ["PAY_GIVE_BACK_MAX", "many"],
    ["PAY_NOTICE_BUDGET_PER_MIN", "∞"],
    ["PAY_PORTONE_IPS", "api.iamport.kr"],
    ["PAY_PORTONE_IPS", "52.78.100.19,52.78.48"],
    ["PAY_GIVE_BACK", "mismatch,everything"],
    ["PAY_CONTRACTS", "vbank,crypto"],
    ["PAY_SANBOX", "accept"],
    ["PAY_", "x"],
    ["PAY_stage", "prod"],
  ])("%s set to %j", (name, value) => {
    expect(new Set(named({ ...required, [name]: value }))).toEqual(new Set(secretsOf(name, value)));
  });

  it("that is wrong and missing together", () => {
    const { PAY_TABLE: _, ...rest } = onLaptop;
    const wrong = { PAY_STAGE: "test", PAY_SANBOX: "accept", PAY_URL_KEYS: "kurz", PAY_MERCHANT_KEYS: "[5]" };
    const error = problems({ ...rest, ...wrong });
    expect(error.map((problem) => problem.split(":")[0]).sort()).toEqual([
      "PAY_MERCHANT_KEYS",
      "PAY_SANBOX",
      "PAY_STAGE",
      "PAY_TABLE",
      "PAY_URL_KEYS",
    ]);
    expect(new ConfigError(error).message.split("\n")).toHaveLength(6);
  });

  it("without the value of a secret", () => {
    const secrets = {
      PAY_URL_KEYS: "c3VwZXJzZWNyZXQ=",
      PAY_MERCHANT_KEYS: '[{"sha256":"5up3r-s3cr3t"}]',
      PAY_PORTONE_SECRET: "",
      PAY_PORTONE_KEY: "",
    };
    const said = problems({ ...onLaptop, ...secrets }).join("\n");
    expect(said).toContain("PAY_MERCHANT_KEYS");
    expect(said).not.toMatch(/c3VwZXJzZWNyZXQ|5up3r|s3cr3t-of-portone/);
  });
});

it.each<[string, string, string]>([
  ["accept", "dev", "accepted"],
  ["refuse", "prod", "refused"],
  ["refuse", "dev", "refused"],
  ["", "dev", "accepted"],
  ["", "prod", "refused"],
])("PAY_SANDBOX=%s in %s: test payments are %s", (sandbox, stage, outcome) => {
  expect(load({ PAY_SANDBOX: sandbox, PAY_STAGE: stage }).acceptsSandbox).toBe(outcome === "accepted");
});

describe("in detail", () => {
  it.each([",", " , "])("PAY_MID of %j names no MID, so every payment would be a stranger's", (mid) => {
    expect(named({ ...required, PAY_MID: mid })).toEqual(["PAY_MID"]);
  });
  it.each([
    "https://shop.example/",
    "shop.example",
    "*",
    "https://shop.example:*",
    "http://localhost.evil.example:*",
    "localhost:*",
  ])("no browser ever says the origin %j", (origin) => {
    expect(named({ ...required, PAY_STAGE: "dev", PAY_ALLOWED_ORIGINS: origin })).toEqual([
      "PAY_ALLOWED_ORIGINS",
    ]);
  });
});
