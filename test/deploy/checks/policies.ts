// What no policy may say: `*`, a word IAM does not know, or every item of the table to whom strangers may call.
import type { Finding } from "./finding.ts";
import {
  resourcesOf,
  type Statement,
  shortNameOf,
  statementsOf,
  type Template,
  targetOf,
} from "./template.ts";

/** Every action that a role of ours may need. */
const knownActions: ReadonlySet<string> = new Set([
  ...["GetItem", "PutItem", "UpdateItem", "BatchGetItem", "Query"].map((name) => `dynamodb:${name}`),
  ...["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"].map((name) => `dynamodb:${name}`),
  "events:PutEvents",
  "sqs:SendMessage",
  "ssm:GetParameters",
  "kms:GenerateDataKey",
  "kms:Decrypt",
  "logs:CreateLogStream",
  "logs:PutLogEvents",
  "sts:AssumeRole",
  "sqs:SendMessage",
  "sns:Publish",
]);

/** The one form of `*` that is allowed: a log group's own streams. */
const ownStreams = /^arn:[^*]+:logs:[^*]+:log-group:[^*:]+:\*$/;

const isWild = (text: string): boolean => text.includes("*") && !ownStreams.test(text);

const allowing = (template: Template): readonly Statement[] =>
  statementsOf(template).filter(({ effect }) => effect !== "Deny");

export const findWildcards = (template: Template): readonly Finding[] =>
  allowing(template).flatMap(({ logicalId, actions, resources, text }) => {
    const wild = [...actions, ...resources].filter(isWild);
    const inverted = ["NotAction", "NotResource", "NotPrincipal"].filter((name) => name in text);
    const anybody = JSON.stringify(text["Principal"] ?? null).includes('"*"') ? ["Principal *"] : [];
    return [...wild, ...inverted, ...anybody].map((what) => ({ check: "wildcard", where: logicalId, what }));
  });

export const findUnknownActions = (template: Template): readonly Finding[] =>
  allowing(template).flatMap(({ logicalId, actions }) =>
    actions
      .filter((action) => !isWild(action) && !knownActions.has(action))
      .map((what) => ({ check: "unknown_action", where: logicalId, what })),
  );

const publicFunctions: ReadonlySet<string> = new Set(["confirm", "notice", "complete"]);

/** Functions that anybody on the internet can call, and whose role reaches every item. */
export function findUnboundedRoles(template: Template): readonly Finding[] {
  const exposed = resourcesOf(template, "AWS::Lambda::Function")
    .filter((lambda) => publicFunctions.has(shortNameOf(lambda)))
    .map(({ Properties }) => targetOf(Properties["Role"]));
  return allowing(template)
    .filter(({ logicalId, actions }) => exposed.includes(logicalId) && /dynamodb:/.test(actions.join()))
    .filter(({ text }) => !JSON.stringify(text["Condition"] ?? {}).includes("dynamodb:LeadingKeys"))
    .map(({ logicalId, actions }) => ({
      check: "items_unbounded",
      where: logicalId,
      what: actions.join(),
    }));
}
