// One role per function: the table calls it makes, the secrets it reads and the writing of its own log, nothing else.
// That this is exactly what the code calls is proven by the calls of all tests (test/deploy/recorded-grants.test.ts).
const { parametersOf, secretsOf } = require("../../lib/secrets.ts");
const { arn, functionsOf, logicalName, read, tagList } = require("./deployment.cjs");
const { logStreamsArn } = require("./log-groups.cjs");
const { failingFunctions, queueArn } = require("./on-failure.cjs");
const { tableArn } = require("./table.cjs");

/** Of whom strangers may call, also the items each action is for: nothing of a parcel or an audit is in their reach. */
const order = "order#*";
const refund = "refund#*";
const brake = "brake#give-back";
const noticeBudget = "budget#notice#0";
const orderBudget = "budget#order#*";
/** Read at a cold start; there is no such item. */
const prime = "prime";

const grants = {
  confirm: {
    items: {
      GetItem: [order, noticeBudget, prime],
      PutItem: [noticeBudget],
      UpdateItem: [order, orderBudget],
    },
  },
  notice: {
    items: {
      GetItem: [order, refund, brake, noticeBudget, prime],
      PutItem: [refund, brake, noticeBudget],
      UpdateItem: [order, orderBudget],
    },
  },
  // Moves no money, so it never asks the brake; that a refund in flight has happened it may find and write down.
  complete: {
    items: {
      GetItem: [order, refund, noticeBudget, prime],
      PutItem: [refund, noticeBudget],
      UpdateItem: [order, orderBudget],
    },
  },
  orders: {
    table: ["GetItem", "PutItem", "UpdateItem", "BatchGetItem"],
    indexes: ["day", "due", "review", "doubt"],
  },
  refund: { table: ["GetItem", "PutItem", "UpdateItem"] },
  receipt: { table: ["GetItem", "PutItem", "UpdateItem"] },
  billing: { table: ["GetItem", "PutItem", "UpdateItem"] },
  delivery: { table: ["GetItem", "PutItem"] },
  reconcile: {
    table: ["GetItem", "PutItem", "UpdateItem", "BatchGetItem"],
    indexes: ["due", "doubt"],
  },
  audit: { table: ["GetItem", "PutItem", "UpdateItem", "BatchGetItem"], indexes: ["day"] },
  // What it could not deliver it leaves in its queue, and it never sees the table.
  deliver: { queue: "DeliverDeadLetterQueue" },
};

const allow = (Action, Resource, Condition) => ({
  Effect: "Allow",
  Action,
  Resource,
  ...(Condition && { Condition }),
});

/** ForAllValues holds for a call that names no key at all, too; each action here names one. */
const forItems = (kinds) => ({ "ForAllValues:StringLike": { "dynamodb:LeadingKeys": kinds } });

const tableActions = (names) => names.map((name) => `dynamodb:${name}`);

function statements(deployment, name) {
  const { items = {}, table, indexes = [], queue } = grants[name];
  const parameter = (secret) => arn("ssm", `parameter${deployment.secretsPath}${secret}`);
  return [
    ...Object.entries(items).map(([action, kinds]) =>
      allow(tableActions([action]), tableArn(deployment), forItems(kinds)),
    ),
    ...(table ? [allow(tableActions(table), tableArn(deployment))] : []),
    ...(indexes.length > 0
      ? [
          allow(
            tableActions(["Query"]),
            indexes.map((index) => tableArn(deployment, index)),
          ),
        ]
      : []),
    allow(["ssm:GetParameters"], secretsOf[name].flatMap(parametersOf).map(parameter)),
    ...dataKeys(deployment, name),
    ...(failingFunctions.includes(name) ? [allow(["sqs:SendMessage"], queueArn)] : []),
    ...(queue ? [allow(["sqs:SendMessage"], { "Fn::GetAtt": [queue, "Arn"] })] : []),
    allow(["logs:CreateLogStream", "logs:PutLogEvents"], logStreamsArn(deployment, name)),
  ];
}

/** A new key stands beside the old one before it is used, so each may do both. */
const dataKeys = (deployment, name) =>
  secretsOf[name].includes("PAY_DATA_KEY") && deployment.dataKeys.length > 0
    ? [allow(["kms:GenerateDataKey", "kms:Decrypt"], deployment.dataKeys)]
    : [];

const role = (deployment, name) => ({
  Type: "AWS::IAM::Role",
  Properties: {
    AssumeRolePolicyDocument: {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
      ],
    },
    Policies: [
      {
        PolicyName: name,
        PolicyDocument: { Version: "2012-10-17", Statement: statements(deployment, name) },
      },
    ],
    Tags: tagList(deployment),
  },
});

module.exports = (osls) => {
  const deployment = read(osls);
  return Object.fromEntries(
    functionsOf(deployment).map((name) => [`${logicalName(name)}Role`, role(deployment, name)]),
  );
};
