// What a deployer may tell osls, and what it makes of it: read by the same function as at packaging.
import { createRequire } from "node:module";
import { afterEach, describe, expect, it, vi } from "vitest";

interface Deployment {
  readonly service: string;
  readonly name: string;
  readonly secretsPath: string;
  readonly confirmConcurrency: number;
  readonly hasContributorInsights: boolean;
  readonly keptLogGroups: readonly string[];
  readonly tableName: string;
  readonly tableStream: string;
  readonly dataKeys: readonly string[];
}
type Options = { readonly stage?: string; readonly param?: string | readonly string[] };

const require = createRequire(import.meta.url);
const { read } = require("../../infra/aws/deployment.cjs") as {
  readonly read: (osls: { readonly options: Options }) => Deployment;
};
const told = (options: Options): Deployment => read({ options });

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a deployment's options", () => {
  it("are a dev stage without a shop's name where nothing is told", () => {
    expect(told({})).toMatchObject({
      service: "portone-ksnet",
      name: "portone-ksnet-dev",
      secretsPath: "/portone-ksnet/dev/",
      confirmConcurrency: 100,
      hasContributorInsights: false,
      keptLogGroups: [],
      tableName: "",
      tableStream: "",
      dataKeys: [],
    });
  });
  it("name service, stack and secrets of a shop", () => {
    expect(told({ stage: "prod", param: "shop=flowers" })).toMatchObject({
      service: "portone-ksnet-flowers",
      name: "portone-ksnet-flowers-prod",
      secretsPath: "/portone-ksnet-flowers/prod/",
    });
  });
  it("may be several, and one may hold an equals sign", () => {
    vi.stubEnv("PAY_TABLE_NAME", "kept-orders");
    const param = [
      "confirmConcurrency=0",
      "contributorInsights=on",
      "keptLogGroups=confirm,access",
      "tableStream=a=b",
    ];
    expect(told({ param })).toMatchObject({
      confirmConcurrency: 0,
      hasContributorInsights: true,
      keptLogGroups: ["confirm", "access"],
      tableName: "kept-orders",
      tableStream: "a=b",
    });
  });
  it.each<[string, Options, string]>([
    ["a stage nobody knows", { stage: "test" }, "the stage is test"],
    ["a shop in capitals", { param: ["shop=Flowers"] }, "shop=Flowers"],
    ["a shop of 21 letters", { param: ["shop=abcdefghijklmnopqrstu"] }, "is not of the form"],
    ["a parameter nobody knows", { param: ["shops=flowers"] }, "--param knows no shops"],
    ["executions in words", { param: ["confirmConcurrency=many"] }, "confirmConcurrency=many"],
    ["executions below none", { param: ["confirmConcurrency=-1"] }, "confirmConcurrency=-1"],
    ["a switch in between", { param: ["contributorInsights=yes"] }, "contributorInsights=yes"],
    ["a log group of nobody", { param: ["keptLogGroups=confirm,stock"] }, "stock"],
    ["a key by another name", { param: ["dataKeys=alias/orders"] }, "dataKeys=alias/orders"],
    ["a stream without its table", { param: ["tableStream=arn:x"] }, "PAY_TABLE_NAME"],
  ])("refuse %s", (_, options, words) => {
    expect(() => told(options)).toThrow(words);
  });
});

describe("what they make", () => {
  const { resources } = require("../../infra/aws/table.cjs") as {
    readonly resources: (osls: { readonly options: Options }) => {
      readonly Resources: { readonly Table?: unknown };
    };
  };
  it.each([
    ["on", true],
    ["off", false],
  ])("contributor insights %s: of the table and of each index", (word, isOn) => {
    const { Table } = resources({ options: { param: [`contributorInsights=${word}`] } }).Resources;
    const text = JSON.stringify(Table);
    expect(text.match(/"ContributorInsightsSpecification":\{"Enabled":(true|false)\}/g)).toEqual(
      Array.from({ length: 5 }, () => `"ContributorInsightsSpecification":{"Enabled":${isOn}}`),
    );
  });

  interface Limit {
    readonly ratePerS: number;
    readonly burst: number;
  }
  const { throttles, unnamed } = require("../../infra/aws/throttles.cjs") as {
    readonly throttles: (confirmConcurrency: number) => Readonly<Record<string, Limit>>;
    readonly unnamed: Limit;
  };
  it.each([1, 10, 100, 249, 400, 1000])(
    "confirm's limit lies above what %i executions answer",
    (reserved) => {
      const { ratePerS, burst } = throttles(reserved)["POST /portone/confirm/{token}"] ?? unnamed;
      expect(ratePerS).toBe(Math.min(reserved * 40, 10_000));
      expect(burst).toBe(Math.min(reserved * 40, 5_000));
    },
  );
  it("confirm's limit is the account's own where nothing is reserved", () => {
    expect(throttles(0)["POST /portone/confirm"]).toEqual({ ratePerS: 10_000, burst: 5_000 });
  });
  it("no other door takes more than a fifth of the account's quota, and none less than a route without a name", () => {
    const { "POST /portone/confirm": _, "POST /portone/confirm/{token}": __, ...others } = throttles(100);
    for (const { ratePerS, burst } of Object.values(others)) {
      expect(ratePerS).toBeGreaterThanOrEqual(unnamed.ratePerS);
      expect(ratePerS).toBeLessThanOrEqual(2_000);
      expect(burst).toBe(2 * ratePerS);
    }
  });
});
