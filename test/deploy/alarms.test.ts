// The alarms of the packaged template: what AWS itself measures is measured of something that is there, a clock that stands
// still wakes somebody, and the runbook has a section for each alarm and for each reason for a review.
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { reviewReasons } from "../../lib/domain/review.ts";
import { metricNamespace } from "../../lib/metrics.ts";
import { type MetricKey, packagedTemplate, readAlarms } from "../support/metric-lines.ts";
import { textOf } from "../support/pages.ts";
import { resourcesOf, statementsOf, targetOf } from "./checks/template.ts";

const template = packagedTemplate();
const alarms = readAlarms();
const logicalIds = (type: string) => resourcesOf(template, type).map(({ logicalId }) => logicalId);

/** What AWS calls them, and what of ours each is measured of. */
const ofAws: Readonly<
  Record<string, { readonly names: readonly string[]; find: (key: MetricKey) => boolean }>
> = {
  "AWS/Lambda": {
    names: ["Duration", "Errors", "Throttles"],
    find: ({ dimensions }) =>
      Object.keys(dimensions).join() === "FunctionName" &&
      logicalIds("AWS::Lambda::Function").includes(targetOf(dimensions["FunctionName"]) ?? ""),
  },
  "AWS/ApiGateway": {
    names: ["5xx"],
    find: ({ dimensions }) => {
      const { ApiId, Stage, Method, Resource } = dimensions;
      const [stage] = resourcesOf(template, "AWS::ApiGatewayV2::Stage");
      const settings = stage?.Properties["RouteSettings"] as
        | Readonly<Record<string, { readonly DetailedMetricsEnabled?: boolean }>>
        | undefined;
      const routes = resourcesOf(template, "AWS::ApiGatewayV2::Route").map(
        ({ Properties }) => Properties["RouteKey"],
      );
      const routeKey = `${Method} ${Resource}`;
      return (
        targetOf(ApiId) === logicalIds("AWS::ApiGatewayV2::Api")[0] &&
        Stage === stage?.Properties["StageName"] &&
        routes.includes(routeKey) &&
        // The gateway measures no route by itself.
        settings?.[routeKey]?.DetailedMetricsEnabled === true
      );
    },
  },
  "AWS/SQS": {
    names: ["ApproximateNumberOfMessagesVisible"],
    find: ({ dimensions }) => logicalIds("AWS::SQS::Queue").includes(targetOf(dimensions["QueueName"]) ?? ""),
  },
  "AWS/DynamoDB": {
    names: ["ReadThrottleEvents", "WriteThrottleEvents"],
    find: ({ dimensions }) =>
      logicalIds("AWS::DynamoDB::Table").includes(targetOf(dimensions["TableName"]) ?? ""),
  },
};

const ofOthers = alarms.flatMap(({ logicalId, looksAt }) =>
  looksAt
    .filter(({ namespace }) => namespace !== metricNamespace)
    .map((key) => ({ logicalId, key, name: key.name })),
);

describe("what AWS measures", () => {
  it.each(ofOthers)("$logicalId: $name of something that is there", ({ key }) => {
    const known = ofAws[key.namespace];
    expect(known?.names).toContain(key.name);
    expect(known?.find(key)).toBe(true);
  });

  it("is asked of each function's throttles, of each notice route, of the table and of the queue", () => {
    const asked = (name: string) => ofOthers.filter(({ key }) => key.name === name).length;
    expect(asked("Throttles")).toBe(logicalIds("AWS::Lambda::Function").length);
    const notices = resourcesOf(template, "AWS::ApiGatewayV2::Route").filter(({ Properties }) =>
      String(Properties["RouteKey"]).includes("/portone/notice"),
    );
    expect(asked("5xx")).toBe(notices.length);
    expect(asked("ApproximateNumberOfMessagesVisible")).toBe(logicalIds("AWS::SQS::Queue").length);
  });
});

it("of what a clock brings, none is a bad sign; of anything else it is a good one", () => {
  const breaching = alarms.filter(({ missing }) => missing === "breaching").map(({ name }) => name);
  expect(breaching).toEqual(["portone-ksnet-dev-sweep-lag", "portone-ksnet-dev-audit-stopped"]);
});

describe("what the clock asks for in vain", () => {
  const limits = Object.fromEntries(
    resourcesOf(template, "AWS::Lambda::EventInvokeConfig").map(({ Properties }) => [
      targetOf(Properties["FunctionName"]),
      [Properties["MaximumRetryAttempts"], Properties["MaximumEventAgeInSeconds"]],
    ]),
  );
  it("is asked again for the audit alone: the next minute's sweep does what one left", () => {
    expect(limits).toEqual({ ReconcileLambdaFunction: [0, 60], AuditLambdaFunction: [2, 21_600] });
  });
  it("waits sealed, for two weeks", () => {
    const [queue] = resourcesOf(template, "AWS::SQS::Queue");
    expect(queue?.Properties).toMatchObject({
      SqsManagedSseEnabled: true,
      MessageRetentionPeriod: 14 * 24 * 3_600,
    });
  });
});

it("only alarms of this account speak on the topic", () => {
  const [statement, ...others] = statementsOf(template).filter(({ actions }) =>
    actions.includes("sns:Publish"),
  );
  expect(others).toEqual([]);
  expect(statement?.text).toMatchObject({
    Principal: { Service: "cloudwatch.amazonaws.com" },
    Resource: { Ref: "AlarmTopic" },
    Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
  });
  expect(template.Outputs["AlarmTopicArn"]).toEqual({ Value: { Ref: "AlarmTopic" } });
});

it("the dashboard shows each alarm, by its own name", () => {
  const [dashboard] = resourcesOf(template, "AWS::CloudWatch::Dashboard");
  const body = dashboard?.Properties["DashboardBody"] as { readonly "Fn::Sub": string };
  const { widgets } = JSON.parse(body["Fn::Sub"]) as {
    readonly widgets: readonly { readonly type: string; readonly properties: object }[];
  };
  const shown = widgets.map(({ type, properties }) => [
    type,
    [...JSON.stringify(properties).matchAll(/:alarm:([a-z0-9-]+)"/g)].map(([, name]) => name),
  ]);
  const names = alarms.map(({ name }) => name);
  expect(shown).toEqual([["alarm", names], ...names.map((name) => ["metric", [name]])]);
});

const { alarmList } = createRequire(import.meta.url)("../../infra/aws/alarm-list.cjs") as {
  alarmList: (
    deployment: { name: string; tableName: string },
    functions?: readonly string[],
  ) => readonly { readonly id: string; readonly runbook?: string }[];
};

const listed = alarmList({ name: "portone-ksnet-dev", tableName: "" });

it("the deliveries' alarm is there where a function delivers, and only there", () => {
  const ids = (functions?: readonly string[]) =>
    alarmList({ name: "portone-ksnet-dev", tableName: "" }, functions).map(({ id }) => id);
  expect(ids(["confirm", "deliver"])).toContain("deliveries-failing");
  expect(ids(["confirm"])).not.toContain("deliveries-failing");
});

describe.each(["docs/runbook.md", "docs/runbook.ko.md"])("%s", (page) => {
  const headings = [...textOf(page).matchAll(/^### (.+)$/gm)].map(([, heading = ""]) => heading);
  const withDeliveries = alarmList({ name: "x", tableName: "" }, ["deliver"]);
  const sections = [...listed, ...withDeliveries].map(({ id, runbook = id }) => runbook);

  it("has a section for each alarm and each reason for a review, and for nothing else", () => {
    expect(headings.toSorted()).toEqual([...new Set([...sections, ...reviewReasons])].toSorted());
  });

  it("is led to by each alarm's description, to its own section", () => {
    const led = alarms.map(({ description }) => description.split(" ").find((word) => word.startsWith(page)));
    expect(led).toEqual(listed.map(({ id, runbook = id }) => `${page}#${runbook}`));
  });

  it("tells in each section what happened, what is seen, where to look and what to do", () => {
    const texts = textOf(page).split(/^###? .+$/m);
    const told = texts.filter((text) => text.includes("- **"));
    expect(told).toHaveLength(headings.length);
    for (const text of told) expect(text.match(/^- \*\*[^*]+\*\*: \S/gm), text).toHaveLength(4);
  });
});
