// What an alarm must have: somebody it wakes, the section of the runbook that says what to do, and a word about what no
// data means. And whatever the clock asks for must have a place where its failures wait.
import type { Finding } from "./finding.ts";
import { arnText, resourcesOf, statementsOf, type Template, targetOf } from "./template.ts";

/** One in each language, of the same section. */
const runbookForm = / docs\/runbook\.ko\.md#([a-z0-9-]+) docs\/runbook\.md#([a-z0-9-]+)$/;

export function findDeafAlarms(template: Template): readonly Finding[] {
  const topics = resourcesOf(template, "AWS::SNS::Topic").map(({ logicalId }) => logicalId);
  return resourcesOf(template, "AWS::CloudWatch::Alarm").flatMap(({ logicalId, Properties }) => {
    const actions = [Properties["AlarmActions"] ?? []].flat().map(targetOf);
    const [, korean, english] = runbookForm.exec(String(Properties["AlarmDescription"])) ?? [];
    const isWaking = actions.length > 0 && actions.every((id) => id !== null && topics.includes(id));
    const isDecided = ["breaching", "notBreaching"].includes(String(Properties["TreatMissingData"]));
    return [
      ...(isWaking ? [] : [{ check: "alarm_wakes_nobody", what: "its action is no topic of ours" }]),
      ...(korean && korean === english ? [] : [{ check: "alarm_without_runbook", what: "its description" }]),
      ...(isDecided ? [] : [{ check: "alarm_missing_data", what: "what no data means is left open" }]),
    ].map((finding) => ({ ...finding, where: logicalId }));
  });
}

/** A clock waits for no answer: what failed is told to nobody unless it goes somewhere, which the role must allow. */
export function findUnheardFailures(template: Template): readonly Finding[] {
  const queues = resourcesOf(template, "AWS::SQS::Queue").map(({ logicalId }) => logicalId);
  const configs = resourcesOf(template, "AWS::Lambda::EventInvokeConfig");
  const asked = resourcesOf(template, "AWS::Events::Rule").flatMap(({ Properties }) =>
    [Properties["Targets"] ?? []].flat().map((target) => targetOf((target as { Arn?: unknown }).Arn)),
  );
  return [...new Set(asked)].flatMap((logicalId) => {
    const lambda = resourcesOf(template, "AWS::Lambda::Function").find(
      (each) => each.logicalId === logicalId,
    );
    if (!lambda) return [];
    const config = configs.find(({ Properties }) => targetOf(Properties["FunctionName"]) === logicalId);
    const { DestinationConfig: destinations } = (config?.Properties ?? {}) as {
      readonly DestinationConfig?: { readonly OnFailure?: { readonly Destination?: unknown } };
    };
    const queue = targetOf(destinations?.OnFailure?.Destination);
    const isKept = queue !== null && queues.includes(queue);
    const isAllowed = statementsOf(template).some(
      ({ logicalId: role, actions, resources }) =>
        role === targetOf(lambda.Properties["Role"]) &&
        actions.includes("sqs:SendMessage") &&
        resources.includes(arnText(destinations?.OnFailure?.Destination)),
    );
    if (isKept && isAllowed) return [];
    const what = isKept ? "its role may not send there" : "no queue takes what failed";
    return [{ check: "failure_unheard", where: lambda.logicalId, what }];
  });
}
