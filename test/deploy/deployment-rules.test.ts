// What a deployment refuses beyond what a single function can see, each rule by a state it refuses and one
// beside it that it takes.
import { expect, it } from "vitest";
import { type DeploymentFacts, findDeploymentProblems } from "../../infra/build/deploy/deployment-rules.ts";

const urlKey = "mB0c5y5p1Hn0kQ1x7dXnTq8d8xGkq0mJm3mO9w2y1bE=";
const hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
const otherHash = "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752";
const merchantKeys = (...keys: readonly (readonly [string, string])[]) =>
  JSON.stringify(keys.map(([name, sha256]) => ({ name, sha256, scopes: ["orders"] })));

const good: DeploymentFacts = {
  stage: "prod",
  secretsPath: "/portone-ksnet/prod/",
  shell: { PAY_MID: "ksnet0000", PAY_TABLE_NAME: "restored", HOME: "/home/deployer" },
  settings: {
    PAY_STAGE: "prod",
    PAY_TABLE: "restored",
    PAY_SECRETS: "ssm:/portone-ksnet/prod/",
    PAY_PUBLIC_URL: "https://pay.shop.example",
    PAY_RESULT_URL: "https://shop.example/result",
    PAY_PORTONE_URL: "",
    PAY_SDK_URL: "",
    PAY_ALLOWED_ORIGINS: "https://shop.example, https://www.shop.example",
    PAY_CONFIRM_TOKEN: "required",
    PAY_CONFIRM_DEADLINE_MS: "",
    PAY_MID: "ksnet0000",
  },
  secrets: {
    PAY_PORTONE_KEY: "key",
    PAY_PORTONE_SECRET: "secret",
    PAY_URL_KEYS: urlKey,
    PAY_MERCHANT_KEYS: merchantKeys(["shop-2026", hash]),
    PAY_MERCHANT_KEYS_2: merchantKeys(["shop-2027", otherHash]),
  },
  confirmTimeoutMs: 5_000,
};
const bytes = (fill: (index: number) => number, length = 32) =>
  Buffer.from(Array.from({ length }, (_, index) => fill(index))).toString("base64");

const inShell = (shell: DeploymentFacts["shell"], stage: "dev" | "prod" = "prod") => ({ shell, stage });
const withSetting = (name: string, value: string, stage: "dev" | "prod" = "prod") => ({
  settings: { ...good.settings, [name]: value },
  stage,
});
const withSecret = (name: string, value: string) => ({ secrets: { ...good.secrets, [name]: value } });

it("a deployment as it should be has no problem", () => {
  expect(findDeploymentProblems(good)).toEqual([]);
  expect(findDeploymentProblems({ ...good, secrets: null })).toEqual([]);
});

it.each<[string, Partial<DeploymentFacts>, string]>([
  ["another stage in the shell", inShell({ PAY_STAGE: "dev" }), "PAY_STAGE: is dev, but --stage says prod"],
  [
    "secrets in the environment",
    inShell({ PAY_SECRETS: "env" }),
    "PAY_SECRETS: a deployment reads them from ssm:/portone-ksnet/prod/, not from env",
  ],
  [
    "another shop's secrets",
    inShell({ PAY_SECRETS: "ssm:/portone-ksnet-b/prod/" }),
    "PAY_SECRETS: a deployment reads them from ssm:/portone-ksnet/prod/, not from ssm:/portone-ksnet-b/prod/",
  ],
  ["a mistyped setting", inShell({ PAY_SANDBOKS: "refuse" }), "PAY_SANDBOKS: unknown setting"],
  [
    "a secret in the shell",
    inShell({ PAY_PORTONE_SECRET: "s" }),
    "PAY_PORTONE_SECRET: is read from /portone-ksnet/prod/PAY_PORTONE_SECRET; take it out of the environment",
  ],
  [
    "more merchant keys in the shell",
    inShell({ PAY_MERCHANT_KEYS_6: "[]" }),
    "PAY_MERCHANT_KEYS_6: is read from /portone-ksnet/prod/PAY_MERCHANT_KEYS_6; take it out of the environment",
  ],
  [
    "the laptop's table",
    inShell({ PAY_TABLE: "t" }),
    "PAY_TABLE: is for the laptop; PAY_TABLE_NAME names a table to use instead of making one",
  ],
  [
    "a table elsewhere",
    inShell({ PAY_DYNAMODB_ENDPOINT: "http://127.0.0.1:8000" }),
    "PAY_DYNAMODB_ENDPOINT: prod speaks with AWS itself",
  ],
  [
    "a table elsewhere, in dev too",
    inShell({ PAY_DYNAMODB_ENDPOINT: "http://127.0.0.1:8000" }, "dev"),
    "PAY_DYNAMODB_ENDPOINT: no deployed function gets it; take it out of the environment",
  ],
  [
    "AWS elsewhere",
    inShell({ AWS_ENDPOINT_URL: "http://127.0.0.1:5000" }),
    "AWS_ENDPOINT_URL: prod speaks with AWS itself",
  ],
  [
    "one service elsewhere",
    inShell({ AWS_ENDPOINT_URL_SSM: "http://127.0.0.1:5000" }),
    "AWS_ENDPOINT_URL_SSM: prod speaks with AWS itself",
  ],
  ...["PAY_PUBLIC_URL", "PAY_RESULT_URL", "PAY_PORTONE_URL", "PAY_SDK_URL"].map(
    (name): [string, Partial<DeploymentFacts>, string] => [
      `${name} in clear`,
      withSetting(name, "http://shop.example"),
      `${name}: prod wants https`,
    ],
  ),
  [
    "an origin in clear",
    withSetting("PAY_ALLOWED_ORIGINS", "https://shop.example,http://localhost:*"),
    "PAY_ALLOWED_ORIGINS: prod wants https, not http://localhost:*",
  ],
  [
    "an open confirm",
    withSetting("PAY_CONFIRM_TOKEN", "optional"),
    "PAY_CONFIRM_TOKEN: prod wants required; without it anybody may ask whether an order can be paid",
  ],
  [
    "a deadline at the function's timeout",
    withSetting("PAY_CONFIRM_DEADLINE_MS", "5000", "dev"),
    "PAY_CONFIRM_DEADLINE_MS: must be below 5000, when Lambda ends the function unanswered",
  ],
  [
    "a key of zeros",
    withSecret("PAY_URL_KEYS", `${urlKey},${bytes(() => 0)}`),
    "PAY_URL_KEYS: key 2 is not random; make one with: openssl rand -base64 32",
  ],
  [
    "a key that repeats a word",
    withSecret("PAY_URL_KEYS", Buffer.from("secretsecretsecretsecret").toString("base64")),
    "PAY_URL_KEYS: key 1 is not random; make one with: openssl rand -base64 32",
  ],
  [
    "a key that counts",
    withSecret(
      "PAY_URL_KEYS",
      bytes((index) => 250 + index),
    ),
    "PAY_URL_KEYS: key 1 is not random; make one with: openssl rand -base64 32",
  ],
  [
    "two merchant keys with one hash",
    withSecret("PAY_MERCHANT_KEYS_2", merchantKeys(["copied", hash.toUpperCase()])),
    "PAY_MERCHANT_KEYS: shop-2026 and copied are the same key",
  ],
  [
    "the hash of nothing",
    withSecret(
      "PAY_MERCHANT_KEYS",
      merchantKeys(["empty", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]),
    ),
    "PAY_MERCHANT_KEYS: empty is the hash of an empty key",
  ],
])("%s", (_, change, problem) => {
  expect(findDeploymentProblems({ ...good, ...change })).toEqual([problem]);
});

it.each<[string, Partial<DeploymentFacts>]>([
  ["the same stage in the shell", inShell({ PAY_STAGE: "prod" })],
  ["an empty setting", inShell({ PAY_SANDBOKS: " ", PAY_SECRETS: "", AWS_ENDPOINT_URL: "" })],
  ["the stage's own path", inShell({ PAY_SECRETS: "ssm:/portone-ksnet/prod/" })],
  ["an emulator in dev", inShell({ AWS_ENDPOINT_URL: "http://127.0.0.1:5000" }, "dev")],
  ["http in dev", withSetting("PAY_RESULT_URL", "http://localhost:8080", "dev")],
  ["an open confirm in dev", withSetting("PAY_CONFIRM_TOKEN", "optional", "dev")],
  ["a deadline below the timeout", withSetting("PAY_CONFIRM_DEADLINE_MS", "4999")],
  ["keys that are no list", withSecret("PAY_MERCHANT_KEYS", "{")],
  ["a list of nothing", withSecret("PAY_MERCHANT_KEYS_2", "[null]")],
])("%s is no problem of the deployment's", (_, change) => {
  expect(findDeploymentProblems({ ...good, ...change })).toEqual([]);
});
