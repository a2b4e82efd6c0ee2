// How the shop is told, as packaged: the pipe and the bus always, the function that delivers only where the shop wants
// to be told; each with the rights it needs and a queue for what it could not pass on.
import { beforeAll, describe, expect, it } from "vitest";
import { findMistakes } from "./checks/all.ts";
import { resourcesOf, shortNameOf, statementsOf, type Template, targetOf } from "./checks/template.ts";
import { type Package, packagedModules, packageFor } from "./packages.ts";

const eventsUrl = "https://shop.example/결제/events/";
let silent: Package;
let telling: Package;
let streamless: Package;

beforeAll(async () => {
  [silent, telling, streamless] = await Promise.all([
    packageFor({ stage: "prod" }),
    packageFor({ stage: "prod", environment: { PAY_EVENTS_URL: eventsUrl } }),
    packageFor({ stage: "prod", environment: { PAY_TABLE_NAME: "kept-orders" } }),
  ]);
}, 90_000);

const functionsOf = (template: Template) => resourcesOf(template, "AWS::Lambda::Function").map(shortNameOf);
const typesOf = ({ Resources }: Template) => new Set(Object.values(Resources).map(({ Type }) => Type));
const grantsOf = (template: Template, role: string) =>
  statementsOf(template)
    .filter(({ logicalId, actions }) => logicalId === role && !actions.includes("sts:AssumeRole"))
    .map(({ actions, resources }) => [actions, resources]);
const only = (template: Template, type: string) => {
  const [first, ...more] = resourcesOf(template, type);
  expect(more).toEqual([]);
  return first?.Properties ?? {};
};
const attribute = (name: string): string => `\${${name}}`;
const queueOf = (value: unknown) => targetOf((value as { readonly Arn?: unknown } | undefined)?.Arn);

it.each([
  ["with", () => telling],
  ["without", () => silent],
  ["for a table without a stream", () => streamless],
])("%s somebody to tell there is no mistake", (_, packaged) => {
  const deployment = { service: "portone-ksnet", stage: "prod", packaged: packagedModules() };
  expect(findMistakes(packaged().template, deployment)).toEqual([]);
});

describe("the pipe", () => {
  it("stands with its bus whether somebody is to be told or not, and keeps what it could not pass on", () => {
    for (const { template } of [silent, telling]) {
      const pipe = only(template, "AWS::Pipes::Pipe");
      expect(targetOf(pipe["Source"])).toBe("Table");
      expect(targetOf(pipe["Target"])).toBe("EventBus");
      const { DynamoDBStreamParameters: from = {} } = pipe["SourceParameters"] as Record<
        string,
        Record<string, unknown>
      >;
      expect(queueOf(from["DeadLetterConfig"])).toBe("EventPipeDeadLetterQueue");
    }
  });

  it("may read the stream, put events on this bus, and leave what failed in its queue; nothing else", () => {
    const actions = ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"];
    expect(grantsOf(silent.template, "EventPipeRole")).toEqual([
      [actions.map((name) => `dynamodb:${name}`), [attribute("Table.StreamArn")]],
      [["events:PutEvents"], [attribute("EventBus.Arn")]],
      [["sqs:SendMessage"], [attribute("EventPipeDeadLetterQueue.Arn")]],
    ]);
  });

  it("does not stand where the table has no stream", () => {
    expect(typesOf(streamless.template)).not.toContain("AWS::Pipes::Pipe");
    expect(typesOf(streamless.template)).toContain("AWS::Events::EventBus");
  });
});

describe("the function that delivers", () => {
  it("stands only where the shop wants to be told, and so do its role, its log and its queue", () => {
    expect(functionsOf(telling.template)).toContain("deliver");
    expect(functionsOf(silent.template)).not.toContain("deliver");
    const added = Object.keys(telling.template.Resources).filter((id) => !(id in silent.template.Resources));
    expect(added.toSorted()).toEqual(
      [
        "DeliverDeadLetterQueue",
        "DeliverDeadLetterQueuePolicy",
        "DeliverLambdaFunction",
        "DeliverLambdaEvConf",
        "DeliverLogGroup",
        "DeliverPermission",
        "DeliverRole",
        "DeliverRule",
        "DeliveriesFailingAlarm",
        "DeliveriesLostAlarm",
        "ThrottledDeliverAlarm",
      ].toSorted(),
    );
  });

  it("is called by our events alone, tried again, and loses nothing", () => {
    const rule = resourcesOf(telling.template, "AWS::Events::Rule").find(
      ({ logicalId }) => logicalId === "DeliverRule",
    )?.Properties;
    expect(rule?.["EventPattern"]).toEqual({ source: ["portone-ksnet"] });
    const [target] = (rule?.["Targets"] ?? []) as readonly Record<string, unknown>[];
    expect([targetOf(target?.["Arn"]), queueOf(target?.["DeadLetterConfig"])]).toEqual([
      "DeliverLambdaFunction",
      "DeliverDeadLetterQueue",
    ]);
    const config = telling.template.Resources["DeliverLambdaEvConf"]?.Properties ?? {};
    expect(config).toMatchObject({
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: { "Fn::GetAtt": ["DeliverDeadLetterQueue", "Arn"] } } },
    });
  });

  it("reads its own key, leaves what failed in its queue, and reaches no table", () => {
    const [secret, queue, log] = grantsOf(telling.template, "DeliverRole");
    expect(secret?.[0]).toEqual(["ssm:GetParameters"]);
    expect(secret?.[1]).toEqual([expect.stringMatching(/\/portone-ksnet\/prod\/PAY_EVENTS_KEY$/)]);
    expect(queue).toEqual([["sqs:SendMessage"], [attribute("DeliverDeadLetterQueue.Arn")]]);
    expect(log?.[0]).toEqual(["logs:CreateLogStream", "logs:PutLogEvents"]);
    const readers = statementsOf(telling.template).filter(({ resources }) =>
      resources.some((resource) => resource.includes("PAY_EVENTS_KEY")),
    );
    expect(readers.map(({ logicalId }) => logicalId)).toEqual(["DeliverRole"]);
  });
});
