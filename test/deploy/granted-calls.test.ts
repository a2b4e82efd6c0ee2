// The comparison of roles and calls itself: it names what a role lacks, and what it grants for nothing.
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readAccess } from "../../infra/local/host/call-access.ts";
import { kindOf, type RecordedCall } from "../support/recorded-calls.ts";
import { templatePath } from "../support/stack.ts";
import type { Template } from "./checks/template.ts";
import { findGrantDifferences } from "./granted-calls.ts";

const role = (statements: readonly unknown[]) => ({
  Type: "AWS::IAM::Role",
  Properties: { Policies: [{ PolicyName: "own", PolicyDocument: { Statement: statements } }] },
});
const onTable = (actions: readonly string[], keys?: readonly string[]) => ({
  Effect: "Allow",
  Action: actions,
  Resource: { "Fn::GetAtt": ["Table", "Arn"] },
  ...(keys && { Condition: { "ForAllValues:StringLike": { "dynamodb:LeadingKeys": keys } } }),
});
const lambda = (name: string) => ({
  Type: "AWS::Lambda::Function",
  Properties: { FunctionName: `shop-dev-${name}`, Role: { "Fn::GetAtt": [`${name}Role`, "Arn"] } },
});

const template = (confirmActions: readonly string[], confirmKeys: readonly string[]): Template => ({
  Resources: {
    confirm: lambda("confirm"),
    audit: lambda("audit"),
    confirmRole: role([
      onTable(confirmActions, confirmKeys),
      { Effect: "Allow", Action: "logs:PutLogEvents", Resource: "arn:aws:logs:::log-group:x:*" },
    ]),
    auditRole: role([
      onTable(["dynamodb:GetItem"]),
      { Effect: "Allow", Action: "dynamodb:Query", Resource: { "Fn::Sub": `\${Table.Arn}/index/day` } },
      {
        Effect: "Allow",
        Action: "ssm:GetParameters",
        Resource: { "Fn::Sub": "arn:aws:ssm:eu-west-1:1:parameter/shop/dev/PAY_PORTONE_KEY" },
      },
    ]),
  },
  Outputs: {},
});
const call = (functionName: string, action: string, resource: string, kind: string | null): RecordedCall => ({
  functionName,
  action,
  resource,
  kind,
});
const calls = [
  call("confirm", "dynamodb:GetItem", "table", "order#*"),
  call("confirm", "dynamodb:UpdateItem", "table", "order#*"),
  call("audit", "dynamodb:GetItem", "table", "audit#*"),
  call("audit", "dynamodb:GetItem", "table", "order#*"),
  call("audit", "dynamodb:Query", "index/day", null),
  call("audit", "ssm:GetParameters", "parameter/shop/dev/PAY_PORTONE_KEY", null),
];
const exact = template(["dynamodb:GetItem", "dynamodb:UpdateItem"], ["order#*"]);
const services = ["dynamodb", "ssm"];

describe("roles and calls", () => {
  it("that agree differ in nothing", () => {
    expect(findGrantDifferences(exact, calls, services)).toEqual([]);
  });
  it.each(calls.filter(({ action }) => action !== "dynamodb:GetItem"))(
    "without one call its action is granted for nothing: $functionName $action",
    (left) => {
      const { functionName, action, resource } = left;
      const [difference = "", ...others] = findGrantDifferences(
        exact,
        calls.filter((made) => made !== left),
        services,
      );
      expect(others).toEqual([]);
      expect(difference).toContain(`unused: ${functionName} is granted ${action} on ${resource}`);
    },
  );
  it("without one action of a role it is missing", () => {
    const lacking = template(["dynamodb:GetItem"], ["order#*"]);
    expect(findGrantDifferences(lacking, calls, services)).toEqual([
      "missing: confirm calls dynamodb:UpdateItem on table (order#*)",
    ]);
  });
  it("an item of a kind that is not granted is missing, and one granted for nothing unused", () => {
    const other = template(["dynamodb:GetItem"], ["order#*", "delivery#*"]);
    const made = [
      ...calls.filter(({ action }) => action !== "dynamodb:UpdateItem"),
      call("confirm", "dynamodb:GetItem", "table", "prime"),
    ];
    expect(findGrantDifferences(other, made, services)).toEqual([
      "missing: confirm calls dynamodb:GetItem on table (prime)",
      "unused: confirm is granted dynamodb:GetItem on table (delivery#*)",
    ]);
  });
  it("a pattern that takes in more than what is asked for is not exact", () => {
    const wide = template(["dynamodb:GetItem", "dynamodb:UpdateItem"], ["*"]);
    expect(findGrantDifferences(wide, calls, ["dynamodb"])).toHaveLength(4);
  });
  it("another function's call, another index and another parameter are no excuse", () => {
    const moved = calls.map((made) => ({ ...made, functionName: "confirm" }));
    expect(findGrantDifferences(exact, moved, services)).toContain(
      "unused: audit is granted dynamodb:Query on index/day",
    );
    const elsewhere = calls.map((made) => ({ ...made, resource: made.resource.replace("day", "due") }));
    expect(findGrantDifferences(exact, elsewhere, services)).toEqual([
      "missing: audit calls dynamodb:Query on index/due",
      "unused: audit is granted dynamodb:Query on index/day",
    ]);
  });
  it("a condition nobody can read is no grant", () => {
    const text = JSON.stringify(exact).replaceAll("ForAllValues:StringLike", "ForAnyValue:StringLike");
    expect(() => findGrantDifferences(JSON.parse(text) as Template, calls, services)).toThrow("condition");
  });
  it("the packaged roles are read: without any call, each function's are granted for nothing", () => {
    const packaged = JSON.parse(readFileSync(templatePath, "utf8")) as Template;
    const unused = findGrantDifferences(packaged, [], ["dynamodb"]);
    expect(new Set(unused.map((line) => line.split(" ")[1]))).toEqual(
      new Set([
        ...["confirm", "notice", "complete", "orders", "refund"],
        ...["receipt", "billing", "delivery", "reconcile", "audit"],
      ]),
    );
  });
});

describe("a call in a policy's words", () => {
  const access = (target: string, body: unknown) =>
    readAccess("orders", target, Buffer.from(JSON.stringify(body)));
  it.each([
    [
      "DynamoDB_20120810.GetItem",
      { TableName: "t", Key: { pk: { S: "order#a" } } },
      { action: "dynamodb:GetItem", resources: ["table"], leadingKeys: ["order#a"] },
    ],
    [
      "DynamoDB_20120810.PutItem",
      { TableName: "t", Item: { pk: { S: "prime" }, more: { N: "1" } } },
      { action: "dynamodb:PutItem", resources: ["table"], leadingKeys: ["prime"] },
    ],
    [
      "DynamoDB_20120810.Query",
      { TableName: "t", IndexName: "due" },
      { action: "dynamodb:Query", resources: ["index/due"], leadingKeys: [] },
    ],
    [
      "DynamoDB_20120810.BatchGetItem",
      { RequestItems: { t: { Keys: [{ pk: { S: "order#a" } }, { pk: { S: "refund#b" } }] } } },
      { action: "dynamodb:BatchGetItem", resources: ["table"], leadingKeys: ["order#a", "refund#b"] },
    ],
    [
      "AmazonSSM.GetParameters",
      { Names: ["/shop/dev/A", "/shop/dev/B"] },
      {
        action: "ssm:GetParameters",
        resources: ["parameter/shop/dev/A", "parameter/shop/dev/B"],
        leadingKeys: [],
      },
    ],
  ])("%s", (target, body, expected) => {
    expect(access(target, body)).toEqual({ functionName: "orders", ...expected });
  });
  it("a service no policy word is known for is no silent one", () => {
    expect(() => access("Kinesis_20131202.PutRecord", {})).toThrow("Kinesis_20131202.PutRecord");
  });
  it.each([
    ["order#ord-1", "order#*"],
    ["refund#ord-1#abc", "refund#*"],
    ["budget#order#ord-1#29000000", "budget#order#*"],
    ["budget#notice#0", "budget#notice#0"],
    ["brake#give-back", "brake#give-back"],
    ["sweep#3", "sweep#*"],
    ["prime", "prime"],
  ])("the key %s is of the kind %s", (key, kind) => {
    expect(kindOf(key)).toBe(kind);
  });
});
