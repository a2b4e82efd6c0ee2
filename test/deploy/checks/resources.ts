// What holds of all resources: tags name the deployment, what a Guard rule speaks of is
// there, and the table outlives the stack.
import { isObject } from "../../../infra/local/host/intrinsics.ts";
import type { Deployment, Finding } from "./finding.ts";
import { type NamedResource, resourcesOf, type Template } from "./template.ts";

const taggedTypes: ReadonlySet<string> = new Set([
  "AWS::ApiGatewayV2::Api",
  "AWS::ApiGatewayV2::Stage",
  "AWS::CloudWatch::Alarm",
  "AWS::DynamoDB::Table",
  "AWS::Events::EventBus",
  "AWS::Events::Rule",
  "AWS::IAM::Role",
  "AWS::Lambda::Function",
  "AWS::Logs::LogGroup",
  "AWS::Pipes::Pipe",
  "AWS::S3::Bucket",
  "AWS::SNS::Topic",
  "AWS::SQS::Queue",
]);
/** Types that take none. */
const untaggedTypes: ReadonlySet<string> = new Set([
  "AWS::ApiGatewayV2::Integration",
  "AWS::ApiGatewayV2::Route",
  "AWS::CloudWatch::Dashboard",
  "AWS::Lambda::EventInvokeConfig",
  "AWS::Lambda::Permission",
  "AWS::S3::BucketPolicy",
  "AWS::SNS::TopicPolicy",
  "AWS::SQS::QueuePolicy",
]);

export const findMissingTags = (template: Template, deployment: Deployment): readonly Finding[] =>
  Object.entries(template.Resources).flatMap(([where, { Type, Properties }]) => {
    if (untaggedTypes.has(Type)) return [];
    if (!taggedTypes.has(Type)) return [{ check: "tags", where, what: `does ${Type} take tags?` }];
    const tags = tagsIn(Properties["Tags"]);
    const { service, stage, shop } = deployment;
    const wrong = Object.entries({ service, stage, shop }).filter(([key, value]) => tags[key] !== value);
    return wrong.map(([key, value]) => ({ check: "tags", where, what: `${key} is not ${value}` }));
  });

const tagsIn = (tags: unknown): Readonly<Record<string, unknown>> =>
  Array.isArray(tags)
    ? Object.fromEntries(tags.map((tag: unknown) => (isObject(tag) ? [tag["Key"], tag["Value"]] : [])))
    : isObject(tags)
      ? tags
      : {};

/** A Guard rule's comparison holds for a property that is not there, so each that the rules name must be. */
export function findUnguarded(template: Template, guardRules: string): readonly Finding[] {
  const rules = [...guardRules.matchAll(/^rule (\w+) \{\s+(AWS::\S+) \{\s+Properties\.(\S+) /gm)];
  return rules.flatMap(([, rule = "", type = "", path = ""]) =>
    resourcesOf(template, type)
      .filter(({ Properties }) => at(Properties, path.split(".")) === undefined)
      .map(({ logicalId }) => ({ check: rule, where: logicalId, what: `${path} is not there` })),
  );
}

const at = (value: unknown, [name, ...rest]: readonly string[]): unknown =>
  name === undefined ? value : at(isObject(value) ? value[name] : undefined, rest);

/** Guard sees properties only, and these stand beside them. */
export function findMortalTables(template: Template): readonly Finding[] {
  const isMortal = ({ DeletionPolicy, UpdateReplacePolicy }: NamedResource): boolean =>
    DeletionPolicy !== "Retain" || UpdateReplacePolicy !== "Retain";
  return resourcesOf(template, "AWS::DynamoDB::Table")
    .filter(isMortal)
    .map(({ logicalId }) => ({ check: "table_not_kept", where: logicalId, what: "it goes with the stack" }));
}
