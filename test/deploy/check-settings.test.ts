// What is about to be deployed, read by the product's own rules: settings with the stack's stand-ins, secrets with the
// parameters they stand in.
import { expect, it } from "vitest";
import { checkSecrets, checkSettings } from "../../infra/build/deploy/check-settings.ts";
import { namesOf } from "../../infra/build/deploy/deployment.ts";
import { functionEnvironment } from "../../infra/build/deploy/function-environment.ts";

const names = namesOf({ stage: "prod", shop: "hong", region: "ap-northeast-2" });
const path = names.secretsPath;
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
  const settings = functionEnvironment("prod", names, shell);
  expect(settings).toMatchObject({ PAY_STAGE: "prod", PAY_TABLE: "portone-ksnet-hong-prod" });
  expect(settings["PAY_SECRETS"]).toBe("ssm:/portone-ksnet-hong/prod/");
  expect(checkSettings(settings)).toEqual([]);
});

it("nothing of a shell decides on stage, table or where secrets stand, and no secret of it is packaged", () => {
  const laptop = { PAY_STAGE: "dev", PAY_TABLE: "mine", PAY_SECRETS: "env", PAY_PORTONE_SECRET: "비밀" };
  expect(functionEnvironment("prod", names, { ...shell, ...laptop })).toEqual(
    functionEnvironment("prod", names, shell),
  );
});

it.each([
  [{ ...shell, PAY_MID: "" }, "PAY_MID: required"],
  [{ ...shell, PAY_SDK_URL: "http://cdn.example" }, "PAY_SDK_URL: http is not allowed with PAY_STAGE prod"],
])("%j: %s", (environment, problem) => {
  expect(checkSettings(functionEnvironment("prod", names, environment))).toEqual([problem]);
});

it("every secret is named by the parameter it must stand in", () => {
  expect(checkSecrets("prod", path, {})).toEqual(
    ["PAY_PORTONE_KEY", "PAY_PORTONE_SECRET", "PAY_URL_KEYS"].map((name) => `${path}${name}: required`),
  );
  expect(checkSecrets("prod", path, secrets)).toEqual([]);
  const weak = { ...secrets, PAY_URL_KEYS: Buffer.alloc(32).toString("base64") };
  expect(checkSecrets("prod", path, weak)).toEqual([
    `${path}PAY_URL_KEYS: must be random; make one with: openssl rand -base64 32`,
  ]);
  const malformed = { ...secrets, PAY_MERCHANT_KEYS_6: "{" };
  expect(checkSecrets("prod", path, malformed)).toEqual([`${path}PAY_MERCHANT_KEYS_6: must be a JSON list`]);
});
