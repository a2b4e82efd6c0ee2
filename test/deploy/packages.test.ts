// Packages of a prod stage, of a shop of its own and of one whose table and logs outlived an earlier stack: nothing is
// wrong with any of them, each is named as it should be, and none holds what its deployer keeps secret.
import { beforeAll, describe, expect, it } from "vitest";
import { isObject } from "../../infra/local/host/intrinsics.ts";
import { type SecretName, secretsOf } from "../../lib/secrets.ts";
import { findMistakes } from "./checks/all.ts";
import { resourcesOf, shortNameOf, statementsOf, type Template } from "./checks/template.ts";
import { type Package, packagedModules, packageFor } from "./packages.ts";

const secret = "planted-Zm9yZ290dGVuIGluIGEgc2hlbGw";
const stream =
  "arn:aws:dynamodb:ap-northeast-2:123456789012:table/kept-orders/stream/2026-08-01T00:00:00.000";

const dataKey = "arn:aws:kms:ap-northeast-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";

let prod: Package;
let shop: Package;

beforeAll(async () => {
  [prod, shop] = await Promise.all([
    packageFor({
      stage: "prod",
      params: [`dataKeys=${dataKey}`],
      environment: {
        // A table called prod must never take test payments because of somebody's shell.
        PAY_STAGE: "dev",
        PAY_PORTONE_KEY: secret,
        PAY_PORTONE_SECRET: secret,
        PAY_URL_KEYS: secret,
        PAY_MERCHANT_KEYS: `[{"name":"shop","sha256":"${secret}","scopes":[]}]`,
        PAY_SWEEPS: "2",
      },
    }),
    packageFor({
      stage: "prod",
      params: [
        "shop=flowers",
        "confirmConcurrency=0",
        "contributorInsights=on",
        "keptLogGroups=confirm,access",
        `tableStream=${stream}`,
      ],
      environment: { PAY_TABLE_NAME: "kept-orders" },
    }),
  ]);
}, 60_000);

const environments = (template: Template): readonly unknown[] =>
  resourcesOf(template, "AWS::Lambda::Function").map(({ Properties }) => {
    const environment = Properties["Environment"];
    return isObject(environment) ? environment["Variables"] : undefined;
  });
const names = ({ Resources }: Template, property: string): readonly unknown[] =>
  Object.values(Resources).flatMap(({ Properties }) => Properties?.[property] ?? []);

const packaged = packagedModules();

describe("a prod stage", () => {
  it("has no mistake", () => {
    expect(findMistakes(prod.template, { service: "portone-ksnet", stage: "prod", packaged })).toEqual([]);
  });
  it("is of that stage, whatever the deployer's shell says", () => {
    const stages = environments(prod.template).map(
      (variables) => isObject(variables) && variables["PAY_STAGE"],
    );
    expect(stages).toEqual(Array.from({ length: 10 }, () => "prod"));
  });
  it("holds no secret of the deployer's, in template, state or zip", () => {
    expect(prod.files.size).toBeGreaterThan(12);
    const telling = [...prod.files].filter(([, bytes]) => bytes.includes(secret)).map(([name]) => name);
    expect(telling).toEqual([]);
  });
  it("names its functions, table and log groups after service and stage", () => {
    const functions = resourcesOf(prod.template, "AWS::Lambda::Function");
    expect(functions.map(({ Properties }) => Properties["FunctionName"])).toEqual(
      functions.map((lambda) => `portone-ksnet-prod-${shortNameOf(lambda)}`),
    );
    expect(names(prod.template, "TableName")).toEqual(["portone-ksnet-prod"]);
    expect(names(prod.template, "LogGroupName")).toContain("/aws/vendedlogs/portone-ksnet-prod-access");
    expect(Object.keys(prod.template.Outputs)).toEqual(
      expect.arrayContaining(["TableName", "TableArn", "TableStreamArn", "ApiUrl"]),
    );
  });
  it("keeps a hundred executions for confirm", () => {
    expect(names(prod.template, "ReservedConcurrentExecutions")).toEqual([100]);
  });
  it("lets each function read its own secrets, by name", () => {
    const parameters = statementsOf(prod.template)
      .filter(({ actions }) => actions.includes("ssm:GetParameters"))
      .map(({ logicalId, resources }) => [logicalId, resources.map((arn) => arn.split("/").at(-1))]);
    const login = ["PAY_PORTONE_KEY", "PAY_PORTONE_SECRET"];
    const pages = ["", "_2", "_3", "_4", "_5", "_6"].map((page) => `PAY_MERCHANT_KEYS${page}`);
    expect(Object.fromEntries(parameters)).toEqual({
      ConfirmRole: [...login, "PAY_URL_KEYS"],
      NoticeRole: [...login, "PAY_URL_KEYS"],
      CompleteRole: [...login, "PAY_URL_KEYS"],
      OrdersRole: [...login, "PAY_URL_KEYS", ...pages, "PAY_DATA_KEY"],
      RefundRole: [...login, ...pages, "PAY_DATA_KEY"],
      ReceiptRole: [...login, ...pages, "PAY_DATA_KEY"],
      BillingRole: [...login, "PAY_URL_KEYS", ...pages],
      DeliveryRole: [...login, ...pages],
      ReconcileRole: [...login, "PAY_URL_KEYS", "PAY_DATA_KEY"],
      AuditRole: login,
    });
    const inPath = JSON.stringify(prod.template).match(/:parameter\/portone-ksnet\/prod\//g);
    expect(inPath).toHaveLength(parameters.flatMap(([, names]) => names).length);
  });
});

it("only functions that read PAY_DATA_KEY may use the key it names, and no function any other", () => {
  const users = statementsOf(prod.template).filter(({ actions }) =>
    actions.some((action) => /^kms:/.test(action)),
  );
  const readers = Object.entries<readonly SecretName[]>(secretsOf).filter(([, names]) =>
    names.some((name) => name === "PAY_DATA_KEY"),
  );
  const roleOf = ([name]: readonly [string, unknown]) => `${name[0]?.toUpperCase()}${name.slice(1)}Role`;
  expect(users.map(({ logicalId }) => logicalId)).toEqual(readers.map(roleOf));
  for (const { actions, resources } of users)
    expect([actions, resources]).toEqual([["kms:GenerateDataKey", "kms:Decrypt"], [dataKey]]);
  expect(JSON.stringify(shop.template)).not.toContain("kms:");
});

describe("a shop whose table and logs outlived a stack", () => {
  const deployment = {
    service: "portone-ksnet-flowers",
    stage: "prod",
    shop: "flowers",
    keptLogGroups: ["confirm", "access"],
    packaged,
  };
  it("has no mistake", () => {
    expect(findMistakes(shop.template, deployment)).toEqual([]);
  });
  it("makes neither anew, and refers to both by their names", () => {
    expect(resourcesOf(shop.template, "AWS::DynamoDB::Table")).toEqual([]);
    expect(resourcesOf(shop.template, "AWS::Logs::LogGroup").map(({ logicalId }) => logicalId)).toEqual(
      expect.not.arrayContaining(["ConfirmLogGroup", "AccessLogGroup"]),
    );
    const resources = statementsOf(shop.template).flatMap((statement) => statement.resources);
    const account = `\${AWS::Region}:\${AWS::AccountId}`;
    expect(resources).toEqual(
      expect.arrayContaining([
        `arn:\${AWS::Partition}:dynamodb:${account}:table/kept-orders`,
        `arn:\${AWS::Partition}:dynamodb:${account}:table/kept-orders/index/day`,
        `arn:\${AWS::Partition}:logs:${account}:log-group:/aws/lambda/portone-ksnet-flowers-prod-confirm:*`,
      ]),
    );
    expect(shop.template.Outputs).toMatchObject({
      TableName: { Value: "kept-orders" },
      TableStreamArn: { Value: stream },
    });
  });
  it("reserves nothing where 0 is told", () => {
    expect(names(shop.template, "ReservedConcurrentExecutions")).toEqual([]);
  });
});
