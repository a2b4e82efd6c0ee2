// Which KMS keys the roles may use is told by the stage's own PAY_DATA_KEY, read where it is checked.
import { expect, it } from "vitest";
import { planDeployment } from "../../infra/build/deploy/plan.ts";

const plain = {
  stage: "dev",
  shop: null,
  region: "ap-northeast-2",
  confirmConcurrency: null,
  contributorInsights: null,
} as const;
const nothingStands = { usedTable: null, table: null, logGroups: [] };
const [old, next] = ["0001", "0002"].map((id) => `arn:aws:kms:ap-northeast-2:123456789012:key/${id}`);
const local = `local:${Buffer.alloc(32, 7).toString("base64")}`;

const told = (dataKeys: string | null): readonly string[] =>
  planDeployment(
    plain,
    { stack: "portone-ksnet-dev", wantedTable: null, dataKeys },
    nothingStands,
  ).oslsArguments.slice(4);

it("each KMS key is told, while two are in use both of them", () => {
  expect(told(`kms:${next}, kms:${old}`)).toEqual(["--param", `dataKeys=${next},${old}`]);
  expect(told(`kms:${next},${local}`)).toEqual(["--param", `dataKeys=${next}`]);
});

it.each([null, "", local])("of %j none is told", (dataKeys) => {
  expect(told(dataKeys)).toEqual([]);
});
