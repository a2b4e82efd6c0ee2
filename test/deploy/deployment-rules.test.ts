// What a deployment refuses beyond what a single function can see, each rule by a state it refuses and one
// beside it that it takes.
import { expect, it } from "vitest";
import { type DeploymentFacts, findDeploymentProblems } from "../../infra/build/deploy/deployment-rules.ts";

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
  confirmTimeoutMs: 5_000,
};
const inShell = (shell: DeploymentFacts["shell"], stage: "dev" | "prod" = "prod") => ({ shell, stage });
const withSetting = (name: string, value: string, stage: "dev" | "prod" = "prod") => ({
  settings: { ...good.settings, [name]: value },
  stage,
});

it("a deployment as it should be has no problem", () => {
  expect(findDeploymentProblems(good)).toEqual([]);
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
  [
    "a deadline at the function's timeout",
    withSetting("PAY_CONFIRM_DEADLINE_MS", "5000", "dev"),
    "PAY_CONFIRM_DEADLINE_MS: must be below 5000, when Lambda ends the function unanswered",
  ],
])("%s", (_, change, problem) => {
  expect(findDeploymentProblems({ ...good, ...change })).toEqual([problem]);
});

it.each<[string, Partial<DeploymentFacts>]>([
  ["the same stage in the shell", inShell({ PAY_STAGE: "prod" })],
  ["an empty setting", inShell({ PAY_SANDBOKS: " ", PAY_SECRETS: "", AWS_ENDPOINT_URL: "" })],
  ["the stage's own path", inShell({ PAY_SECRETS: "ssm:/portone-ksnet/prod/" })],
  ["an emulator in dev", inShell({ AWS_ENDPOINT_URL: "http://127.0.0.1:5000" }, "dev")],
  ["a deadline below the timeout", withSetting("PAY_CONFIRM_DEADLINE_MS", "4999")],
])("%s is no problem of the deployment's", (_, change) => {
  expect(findDeploymentProblems({ ...good, ...change })).toEqual([]);
});
