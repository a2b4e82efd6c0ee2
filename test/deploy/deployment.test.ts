// The command line of a deployment and how it goes on from what already stands.
import { expect, it } from "vitest";
import { doorLines } from "../../infra/build/deploy/deployed.ts";
import {
  type DeployOptions,
  namesOf,
  parseDeployOptions,
  parseRemoveOptions,
} from "../../infra/build/deploy/deployment.ts";
import { planDeployment } from "../../infra/build/deploy/plan.ts";
import { type Account, findStanding } from "../../infra/build/deploy/standing.ts";
import {
  describeKey,
  findShapeProblems,
  wantedIndexes,
  wantedKey,
} from "../../infra/build/deploy/table-shape.ts";
import { readTable } from "../../infra/local/host/tables.ts";
import { templatePath } from "../support/local-stack.ts";

const plain: DeployOptions = {
  stage: "dev",
  shop: null,
  region: "ap-northeast-2",
  confirmConcurrency: null,
  contributorInsights: null,
};

it("what is asked for is read, and what is not stays unsaid", () => {
  expect(parseDeployOptions(["--stage", "dev"])).toEqual(plain);
  expect(
    parseDeployOptions(
      "--stage prod --shop hong --region us-east-1 --confirm-concurrency 0 --contributor-insights on".split(
        " ",
      ),
    ),
  ).toEqual({
    stage: "prod",
    shop: "hong",
    region: "us-east-1",
    confirmConcurrency: 0,
    contributorInsights: "on",
  });
  expect(parseRemoveOptions(["--stage", "dev"])).toEqual({
    stage: "dev",
    shop: null,
    region: "ap-northeast-2",
  });
  expect(parseDeployOptions(["--help"])).toBeNull();
  expect(parseRemoveOptions(["-h"])).toBeNull();
});

it.each([
  [[], "--stage wants dev or prod"],
  [["--stage", "test"], "--stage wants dev or prod, not 'test'"],
  [["--stage", "dev", "--shop", "Hong"], "--shop wants up to 20"],
  [["--stage", "dev", "--shop", "a".repeat(21)], "--shop wants up to 20"],
  [["--stage", "dev", "--region", "seoul"], "--region wants one like ap-northeast-2, not 'seoul'"],
])("%j: %s", (args, message) => {
  expect(() => parseDeployOptions(args)).toThrow(message);
  expect(() => parseRemoveOptions(args)).toThrow(message);
});

it.each([
  [["--confirm-concurrency", "-1"], "--confirm-concurrency"],
  [["--confirm-concurrency", "many"], "--confirm-concurrency wants a whole number, 0 for none, not 'many'"],
  [["--contributor-insights", "yes"], "--contributor-insights wants on or off, not 'yes'"],
  [["--profile", "x"], "--profile"],
])("%j: %s", (args, message) => {
  expect(() => parseDeployOptions(["--stage", "dev", ...args])).toThrow(message);
});

it("a shop has names of its own", () => {
  const { logGroups, ...names } = namesOf({ ...plain, stage: "prod", shop: "hong" });
  expect(names).toEqual({
    service: "portone-ksnet-hong",
    stack: "portone-ksnet-hong-prod",
    secretsPath: "/portone-ksnet-hong/prod/",
  });
  expect(logGroups).toMatchObject({
    confirm: "/aws/lambda/portone-ksnet-hong-prod-confirm",
    access: "/aws/vendedlogs/portone-ksnet-hong-prod-access",
  });
  expect(namesOf(plain).secretsPath).toBe("/portone-ksnet/dev/");
});

const stack = "portone-ksnet-dev";
const logGroups = {
  confirm: `/aws/lambda/${stack}-confirm`,
  access: `/aws/vendedlogs/${stack}-access`,
};
const standingGroups = Object.values(logGroups);

interface Stands {
  readonly inStack?: readonly string[];
  readonly tables?: readonly string[];
  readonly groups?: readonly string[];
  readonly template?: string;
}

const account = ({ inStack = [], tables = [], groups = [], template }: Stands): Account => ({
  listStack: async () => inStack,
  readTemplate: async () => template ?? null,
  describeTable: async (name) => (tables.includes(name) ? { TableName: name } : null),
  listLogGroups: async (prefix) => groups.filter((group) => group.startsWith(prefix)),
  close: () => {},
});

it.each<[string, Stands, string | null, string | null, readonly string[]]>([
  ["an empty account", {}, null, null, []],
  [
    "a stack with all its own",
    { inStack: [stack, ...standingGroups], tables: [stack], groups: standingGroups },
    null,
    null,
    [],
  ],
  [
    "what a removed stack left",
    { tables: [stack], groups: standingGroups },
    null,
    stack,
    ["confirm", "access"],
  ],
  [
    "a stack made beside what was left",
    { inStack: ["bucket"], tables: [stack], groups: standingGroups },
    null,
    stack,
    ["confirm", "access"],
  ],
  [
    "a function that is new since then",
    { tables: [stack], groups: [logGroups.confirm] },
    null,
    stack,
    ["confirm"],
  ],
  [
    "a restored table beside the stack's own",
    { inStack: [stack], tables: [stack, "restored"] },
    "restored",
    "restored",
    [],
  ],
  ["the stack's own table, named", { inStack: [stack], tables: [stack] }, stack, stack, []],
  ["a table that is not there", { tables: [stack] }, "restord", null, []],
  ["another stage's logs", { groups: [`${logGroups.confirm}-b`] }, null, null, []],
])("%s", async (_, stands, wanted, table, groups) => {
  const standing = await findStanding(account(stands), stack, wanted, logGroups);
  expect([standing.table?.TableName ?? null, standing.logGroups]).toEqual([table, groups]);
});

it.each([
  [undefined, null],
  ['{"Variables":{"PAY_STAGE":"dev","PAY_TABLE":{"Ref":"Table"}}}', null],
  ['{"Variables": {"PAY_STAGE": "dev", "PAY_TABLE": "restored"}}', "restored"],
])("the table that is used now, told by %s", async (template, used) => {
  const stands = account(template === undefined ? {} : { template });
  expect((await findStanding(stands, stack, null, logGroups)).usedTable).toBe(used);
});

const packaged = readTable(templatePath);
const good = {
  ...packaged,
  TableName: stack,
  ItemCount: 12,
  TableStatus: "ACTIVE",
  DeletionProtectionEnabled: true,
  StreamSpecification: { StreamEnabled: true },
  LatestStreamArn: "arn:aws:dynamodb:ap-northeast-2:1:table/t/stream/1",
} as const;

it("the wanted table is the one that is deployed", () => {
  expect(describeKey(packaged, packaged.KeySchema)).toBe(wantedKey);
  const indexes = (packaged.GlobalSecondaryIndexes ?? []).map(({ IndexName, KeySchema }) => [
    IndexName,
    describeKey(packaged, KeySchema),
  ]);
  expect(Object.fromEntries(indexes)).toEqual(wantedIndexes);
  expect(findShapeProblems(packaged)).toEqual([]);
});

const wanting = (wantedTable: string | null, dataKeys: string | null = null) => ({
  stack,
  wantedTable,
  dataKeys,
});

it("a table of another shape is refused by name, with all that is wrong", () => {
  const table = {
    ...good,
    KeySchema: [{ AttributeName: "created_at", KeyType: "HASH" }],
    GlobalSecondaryIndexes: [
      { IndexName: "due", KeySchema: [{ AttributeName: "due_shard", KeyType: "HASH" }] },
    ],
  } as const;
  const { problems } = planDeployment(plain, wanting(null), {
    usedTable: null,
    table: { ...table, KeySchema: [...table.KeySchema], GlobalSecondaryIndexes: [] },
    logGroups: [],
  });
  expect(problems).toEqual([
    `table ${stack}: its key is created_at N HASH, not pk S HASH`,
    `table ${stack}: it has no index due (due_shard S HASH, due_at N RANGE)`,
    `table ${stack}: it has no index day (day_shard S HASH, created_at N RANGE)`,
    `table ${stack}: it has no index review (review_shard S HASH, review_at N RANGE)`,
    `table ${stack}: it has no index doubt (doubt_shard S HASH, doubt_at N RANGE)`,
  ]);
  const [index] = table.GlobalSecondaryIndexes;
  expect(
    findShapeProblems({
      ...packaged,
      GlobalSecondaryIndexes: [
        { IndexName: "due", KeySchema: [...index.KeySchema] },
        ...(packaged.GlobalSecondaryIndexes ?? []).filter(({ IndexName }) => IndexName !== "due"),
      ],
    }),
  ).toEqual(["its index due is due_shard S HASH, not due_shard S HASH, due_at N RANGE"]);
});

it("a table that is still being restored is refused by name", () => {
  const table = { ...good, TableStatus: "CREATING" } as const;
  expect(planDeployment(plain, wanting(stack), { usedTable: null, table, logGroups: [] }).problems).toEqual([
    `table ${stack}: is CREATING, not ACTIVE`,
  ]);
});

it("a table that was named and is not there is refused by name", () => {
  const { problems } = planDeployment(plain, wanting("restord"), {
    usedTable: null,
    table: null,
    logGroups: [],
  });
  expect(problems).toEqual(["PAY_TABLE_NAME: there is no table restord"]);
});

it("a restored table is not left because a shell forgot its name", () => {
  const standing = { usedTable: "restored", table: good, logGroups: [] };
  expect(planDeployment(plain, wanting(null), standing).problems).toEqual([
    `PAY_TABLE_NAME: ${stack} uses the table restored; name that one, or ${stack} to leave it`,
  ]);
  for (const named of ["restored", stack])
    expect(planDeployment(plain, wanting(named), standing).problems).toEqual([]);
  expect(planDeployment(plain, wanting(null), { ...standing, usedTable: stack }).problems).toEqual([]);
});

it("nothing stands: the stack makes all of it", () => {
  expect(planDeployment(plain, wanting(null), { usedTable: null, table: null, logGroups: [] })).toEqual({
    problems: [],
    notes: [],
    oslsArguments: ["--stage", "dev", "--region", "ap-northeast-2"],
    environment: {},
  });
});

it("what stands is used and said", () => {
  const options = { ...plain, shop: "hong", confirmConcurrency: 0, contributorInsights: "off" } as const;
  const plan = planDeployment(options, wanting(null), {
    usedTable: null,
    table: good,
    logGroups: ["confirm", "access"],
  });
  expect(plan).toEqual({
    problems: [],
    notes: [
      `table ${stack} stands outside the stack and is used, about 12 items`,
      "log groups kept from before: confirm, access",
    ],
    oslsArguments: [
      ...["--stage", "dev", "--region", "ap-northeast-2", "--param", "shop=hong"],
      ...["--param", "confirmConcurrency=0", "--param", "contributorInsights=off"],
      ...["--param", "keptLogGroups=confirm,access", "--param", `tableStream=${good.LatestStreamArn}`],
    ],
    environment: { PAY_TABLE_NAME: stack },
  });
});

it("a restored table has neither stream nor deletion protection, which is said", () => {
  const { LatestStreamArn: _, StreamSpecification: __, ...restored } = good;
  const table = { ...restored, ItemCount: 0, DeletionProtectionEnabled: false };
  const plan = planDeployment(plain, wanting(stack), { usedTable: null, table, logGroups: [] });
  expect(plan.notes).toEqual([
    `table ${stack} stands outside the stack and is used; off: its stream, its deletion protection`,
  ]);
  expect(plan.oslsArguments.join(" ")).not.toContain("tableStream");
});

it("PortOne is told the shop's own domain where there is one", () => {
  expect(doorLines("https://a.execute-api.amazonaws.com", null, "/p/")).toContain(
    "PortOne's notice URL   https://a.execute-api.amazonaws.com/portone/notice",
  );
  expect(doorLines("https://a.execute-api.amazonaws.com", "https://pay.shop.example/", "/p/")).toContain(
    "PortOne's notice URL   https://pay.shop.example/portone/notice",
  );
});
