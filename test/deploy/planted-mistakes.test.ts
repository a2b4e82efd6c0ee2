// Each mistake a deployer or a change could make is planted in a copy of the packaged template, and is named by the
// one check that is there for it, and by no other.
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isObject } from "../../infra/local/host/intrinsics.ts";
import { projectDir } from "../support/house/sources.ts";
import { findMistakes, guardRules } from "./checks/all.ts";
import type { Deployment } from "./checks/finding.ts";
import { statementsOf, type Template } from "./checks/template.ts";
import { findGrantDifferences, grantsIn } from "./granted-calls.ts";
import { packagedModules, readPackage } from "./packages.ts";

const { template } = readPackage(join(projectDir, ".serverless"));
const deployment: Deployment = { service: "portone-ksnet", stage: "dev", packaged: packagedModules() };

type Path = readonly (string | number)[];

/** A copy with one value changed; with none, what stands there is taken away. */
function plant(path: Path, value?: unknown): Template {
  const copy = structuredClone(template);
  let place = copy.Resources as unknown as Record<string | number, unknown>;
  for (const name of path.slice(0, -1)) {
    expect(place, path.join(".")).toHaveProperty([name]);
    place = place[name] as Record<string | number, unknown>;
  }
  const last = path.at(-1) ?? "";
  if (value === undefined) {
    expect(place, path.join(".")).toHaveProperty([last]);
    delete place[last];
  } else place[last] = value;
  return copy;
}

const inFunction = (...path: Path): Path => ["ConfirmLambdaFunction", "Properties", ...path];
const inTable = (...path: Path): Path => ["Table", "Properties", ...path];
const inStage = (...path: Path): Path => ["HttpApiStage", "Properties", ...path];
const inStatement = (at: number, ...path: Path): Path => [
  ...["ConfirmRole", "Properties", "Policies", 0, "PolicyDocument", "Statement"],
  at,
  ...path,
];
const inAlarm = (...path: Path): Path => ["SweepLagAlarm", "Properties", ...path];
const auditStatements = ["AuditRole", "Properties", "Policies", 0, "PolicyDocument", "Statement"];
const onFailureStatement = statementsOf(template)
  .filter(({ logicalId }) => logicalId === "AuditRole")
  // The first is who may take the role.
  .slice(1)
  .findIndex(({ actions }) => actions.includes("sqs:SendMessage"));
const inAuditStatement = (at: number, ...path: Path): Path => [...auditStatements, at, ...path];
const confirmRoute = "POST /portone/confirm/{token}";
const route = "HttpApiRoutePostOrders";
const accessLog = template.Resources["HttpApiStage"]?.Properties["AccessLogSettings"];
const format = isObject(accessLog) ? String(accessLog["Format"]) : "";

/** What is wrong, the check (or checks) that must say so, where it is planted, and what. */
const mistakes: readonly (readonly [title: string, checks: string, path: Path, value?: unknown])[] = [
  // AWS's own validator.
  ["a billing mode that does not exist", "W3030", inTable("BillingMode"), "ON_DEMAND"],
  [
    "a key attribute that is not declared",
    "E3039",
    inTable("AttributeDefinitions", 0, "AttributeName"),
    "id",
  ],
  ["a runtime that does not exist", "W3030", inFunction("Runtime"), "nodejs24"],
  ["too little memory", "F3034", inFunction("MemorySize"), 64],
  ["a property nobody knows", "F3002", inFunction("Retries"), 2],
  ["a misspelt effect", "E3510", inStatement(4, "Effect"), "allow"],
  [
    "a role nobody may take",
    "E3530",
    ["ConfirmRole", "Properties", "AssumeRolePolicyDocument", "Statement", 0, "Principal"],
  ],
  [
    "a rate in the plural",
    "E3027",
    ["ReconcileEventsRuleSchedule1", "Properties", "ScheduleExpression"],
    "rate(1 minutes)",
  ],
  ["a switch in words", "F3012", inStage("AutoDeploy"), "at once"],
  // Our Guard rules, wrong and missing.
  ["logs for a month", "LOG_GROUP_RETENTION", ["ConfirmLogGroup", "Properties", "RetentionInDays"], 30],
  ["logs for ever", "LOG_GROUP_RETENTION", ["AccessLogGroup", "Properties", "RetentionInDays"]],
  [
    "no way back for the table",
    "TABLE_POINT_IN_TIME_RECOVERY",
    inTable("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled"),
    false,
  ],
  [
    "nothing said of the table's way back",
    "TABLE_POINT_IN_TIME_RECOVERY",
    inTable("PointInTimeRecoverySpecification"),
  ],
  ["a table anybody deletes", "TABLE_DELETION_PROTECTION", inTable("DeletionProtectionEnabled"), false],
  ["a table without a key of its own", "TABLE_ENCRYPTION", inTable("SSESpecification")],
  [
    "a stream of half the item",
    "TABLE_STREAM",
    inTable("StreamSpecification", "StreamViewType"),
    "NEW_IMAGE",
  ],
  ["counters that stay for ever", "TABLE_EXPIRY", inTable("TimeToLiveSpecification")],
  ["plain lines", "FUNCTION_LOG_FORMAT", inFunction("LoggingConfig", "LogFormat"), "Text"],
  ["sifted lines", "FUNCTION_LOG_LEVEL", inFunction("LoggingConfig", "ApplicationLogLevel"), "ERROR"],
  // What neither sees.
  ["every action of a service", "wildcard", inStatement(4, "Action"), ["logs:*"]],
  ["every resource", "wildcard", inStatement(4, "Resource"), "*"],
  [
    "every parameter of the path",
    "wildcard",
    inStatement(3, "Resource"),
    "arn:aws:ssm:ap-northeast-2:123456789012:parameter/portone-ksnet/dev/*",
  ],
  [
    "a role everybody may take",
    "wildcard",
    ["ConfirmRole", "Properties", "AssumeRolePolicyDocument", "Statement", 0, "Principal"],
    { AWS: "*" },
  ],
  ["all actions but one", "wildcard W2512 E3510", inStatement(4, "NotAction"), "logs:DeleteLogGroup"],
  ["a misspelt action", "unknown_action", inStatement(0, "Action"), ["dynamodb:GetItems"]],
  ["every item to strangers", "items_unbounded", inStatement(0, "Condition")],
  [
    "a secret in an environment",
    "secret_in_environment",
    inFunction("Environment", "Variables", "PAY_PORTONE_SECRET"),
    "hunter2",
  ],
  [
    "a handler that does not exist",
    "handler_missing",
    inFunction("Handler"),
    "dist/confirmation/index.handler",
  ],
  ["a handler of another name", "handler_missing", inFunction("Handler"), "dist/confirm/index.main"],
  [
    "an integration over 30 s",
    "answer_after_gateway",
    ["HttpApiIntegrationOrders", "Properties", "TimeoutInMillis"],
    31_000,
  ],
  ["a function over 30 s behind a route", "answer_after_gateway", inFunction("Timeout"), 31],
  ["a function over 900 s", "function_timeout", ["AuditLambdaFunction", "Properties", "Timeout"], 901],
  [
    "a route key without a method",
    "route_key_malformed route_without_throttle throttle_without_route",
    [route, "Properties", "RouteKey"],
    "/orders",
  ],
  [
    "a route that leads nowhere",
    "route_without_function",
    [route, "Properties", "Target"],
    "integrations/none",
  ],
  [
    "a function the gateway may not call",
    "route_without_function",
    ["ConfirmLambdaPermissionHttpApi", "Properties", "Principal"],
    "events.amazonaws.com",
  ],
  ["a route without limits", "route_without_throttle", inStage("RouteSettings", "POST /orders")],
  ["a stage without limits", "route_without_throttle", inStage("DefaultRouteSettings")],
  [
    "limits for a route that is gone",
    "throttle_without_route",
    inStage("RouteSettings", "GET /stock"),
    { ThrottlingRateLimit: 1, ThrottlingBurstLimit: 1 },
  ],
  ["limits before their route", "throttle_before_route", ["HttpApiStage", "DependsOn", 0], route],
  [
    "more reserved than let through",
    "throttle_below_reserved",
    inFunction("ReservedConcurrentExecutions"),
    400,
  ],
  [
    "less let through than reserved",
    "throttle_below_reserved",
    inStage("RouteSettings", confirmRoute, "ThrottlingBurstLimit"),
    50,
  ],
  [
    "tokens in the access log",
    "access_log",
    inStage("AccessLogSettings", "Format"),
    format.replace("$context.error.message", "$context.path"),
  ],
  [
    "an access log without addresses",
    "access_log",
    inStage("AccessLogSettings", "Format"),
    format.replace("$context.identity.sourceIp", "-"),
  ],
  ["logs that go with the stack", "log_group_not_kept", ["AccessLogGroup", "DeletionPolicy"], "Delete"],
  [
    "a function without a log group",
    "function_without_log_group",
    ["ConfirmLogGroup", "Properties", "LogGroupName"],
    "/aws/lambda/confirm",
  ],
  ["a table that goes with the stack", "table_not_kept", ["Table", "DeletionPolicy"], "Delete"],
  ["an alarm that wakes nobody", "alarm_wakes_nobody", inAlarm("AlarmActions")],
  [
    "an alarm that wakes somebody else's",
    "alarm_wakes_nobody",
    inAlarm("AlarmActions", 0),
    "arn:aws:sns:ap-northeast-2:123456789012:others",
  ],
  ["an alarm that says only what", "alarm_without_runbook", inAlarm("AlarmDescription"), "The sweep lags."],
  [
    "an alarm whose languages differ",
    "alarm_without_runbook",
    inAlarm("AlarmDescription"),
    "It lags. docs/runbook.ko.md#sweep-lag docs/runbook.md#sweep-errors",
  ],
  ["an alarm that leaves open what no data means", "alarm_missing_data", inAlarm("TreatMissingData")],
  [
    "a sweep whose failures nobody keeps",
    "failure_unheard",
    ["ReconcileLambdaFunctionOnFailure", "Properties", "DestinationConfig"],
  ],
  [
    "a queue that the audit may not send to",
    "failure_unheard",
    inAuditStatement(onFailureStatement, "Resource"),
    { "Fn::GetAtt": ["AuditLogGroup", "Arn"] },
  ],
  ["a queue nobody can bill", "tags", ["OnFailureQueue", "Properties", "Tags", 0, "Value"], "others"],
  ["a name that leads nowhere", "F1020", inStatement(0, "Resource"), { "Fn::GetAtt": ["Orders", "Arn"] }],
  ["a resource nobody can bill", "tags", ["ConfirmRole", "Properties", "Tags", 1, "Value"], "prod"],
];

describe("a planted mistake is named by its check", () => {
  it("every Guard rule has one", () => {
    const planted = new Set(mistakes.flatMap(([, checks]) => checks.split(" ")));
    expect([...guardRules.matchAll(/^rule (\w+)/gm)].filter(([, rule = ""]) => !planted.has(rule))).toEqual(
      [],
    );
  });
  it("none is found before one is planted", () => {
    expect(findMistakes(template, deployment)).toEqual([]);
  });
  it.each(mistakes.map(([title, checks, path, value]) => ({ title, checks, path, value })))(
    "$title: $checks",
    ({ checks, path, value }) => {
      const found = findMistakes(plant(path, value), deployment);
      const names = new Set(found.map(({ check }) => check));
      expect([...names], JSON.stringify(found)).toEqual(checks.split(" "));
    },
  );
});

describe("a planted permission error", () => {
  const calls = grantsIn(template);
  it("a role that lacks one action of its function's", () => {
    expect(findGrantDifferences(template, calls, ["dynamodb"])).toEqual([]);
    const lacking = plant(inStatement(1, "Action"), ["dynamodb:UpdateItem"]);
    expect(findGrantDifferences(lacking, calls, ["dynamodb"])).toEqual([
      "missing: confirm calls dynamodb:PutItem on table (budget#notice#0)",
      "unused: confirm is granted dynamodb:UpdateItem on table (budget#notice#0)",
    ]);
  });
});
