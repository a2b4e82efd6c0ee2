// What is about to be deployed, read by the product's own rules: settings with the stack's stand-ins, secrets with the
// parameters they stand in.
import { expect, it } from "vitest";
import { checkSecrets, checkSettings, secretParameters } from "../../infra/build/deploy/check-settings.ts";
import type { Target } from "../../infra/build/deploy/deployment.ts";
import { settingsOf } from "../../infra/build/deploy/deployment.ts";

const target: Target = { stage: "prod", shop: "hong", region: "ap-northeast-2" };
const path = "/portone-ksnet-hong/prod/";
const shell = {
  PAY_IMP_CODE: "imp00000000",
  PAY_MID: "ksnet0000",
  PAY_CHANNEL_KEY: "channel-key",
  PAY_RESULT_URL: "https://shop.example/result",
};
const secrets = {
  PAY_PORTONE_KEY: "key",
  PAY_PORTONE_SECRET: "secret",
  PAY_URL_KEYS: "mB0c5y5p1Hn0kQ1x7dXnTq8d8xGkq0mJm3mO9w2y1bE=",
};

it("settings that suffice are taken, without a table and an address that the stack will make", () => {
  const settings = settingsOf(target, shell);
  expect(settings).toMatchObject({ PAY_STAGE: "prod", PAY_TABLE: "portone-ksnet-hong-prod" });
  expect(settings["PAY_SECRETS"]).toBe(`ssm:${path}`);
  expect(checkSettings(settings, shell)).toEqual([]);
});

it.each([
  [{ ...shell, PAY_MID: "" }, "PAY_MID: required"],
  [{ ...shell, PAY_SDK_URL: "http://cdn.example" }, "PAY_SDK_URL: http is not allowed with PAY_STAGE prod"],
  [
    { ...shell, AWS_ENDPOINT_URL_SSM: "http://127.0.0.1:5000" },
    "AWS_ENDPOINT_URL_SSM: another endpoint is not allowed with PAY_STAGE prod",
  ],
])("%j: %s", (environment, problem) => {
  expect(checkSettings(settingsOf(target, environment), environment)).toEqual([problem]);
});

it("an emulator's address is for dev", () => {
  const environment = { ...shell, AWS_ENDPOINT_URL: "http://127.0.0.1:5000" };
  expect(checkSettings(settingsOf({ ...target, stage: "dev" }, environment), environment)).toEqual([]);
});

it("every secret is named by the parameter it must stand in", () => {
  expect(checkSecrets({}, "prod", path)).toEqual(
    ["PAY_PORTONE_KEY", "PAY_PORTONE_SECRET", "PAY_URL_KEYS"].map((name) => `${path}${name}: required`),
  );
  expect(checkSecrets(secrets, "prod", path)).toEqual([]);
  const weak = { ...secrets, PAY_URL_KEYS: Buffer.alloc(32).toString("base64") };
  expect(checkSecrets(weak, "prod", path)).toEqual([
    `${path}PAY_URL_KEYS: must be random: openssl rand -base64 32`,
  ]);
  const malformed = { ...secrets, PAY_MERCHANT_KEYS_6: "{" };
  expect(checkSecrets(malformed, "prod", path)).toEqual([`${path}PAY_MERCHANT_KEYS_6: must be a JSON list`]);
});

it("all parameters that some function reads are read", () => {
  expect(secretParameters).toEqual([
    ...["PAY_PORTONE_KEY", "PAY_PORTONE_SECRET", "PAY_URL_KEYS", "PAY_MERCHANT_KEYS"],
    ...[2, 3, 4, 5, 6].map((part) => `PAY_MERCHANT_KEYS_${part}`),
  ]);
});
