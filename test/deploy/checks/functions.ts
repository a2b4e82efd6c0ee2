// What a function must have: a handler that is packaged, no secret in its environment, an end before the gateway's,
// and a log group.
import { isObject } from "../../../infra/local/host/intrinsics.ts";
import { parametersOf, secretNames } from "../../../lib/secrets.ts";
import type { Deployment, Finding } from "./finding.ts";
import { type NamedResource, resourcesOf, shortNameOf, type Template, targetOf } from "./template.ts";

const functionsOf = (template: Template): readonly NamedResource[] =>
  resourcesOf(template, "AWS::Lambda::Function");

const secretParameters: ReadonlySet<string> = new Set(secretNames.flatMap(parametersOf));

export const findSecrets = (template: Template): readonly Finding[] =>
  functionsOf(template).flatMap(({ logicalId, Properties }) => {
    const environment = Properties["Environment"];
    const variables =
      isObject(environment) && isObject(environment["Variables"]) ? environment["Variables"] : {};
    return Object.entries(variables)
      .filter(([name, value]) => secretParameters.has(name) && value !== "")
      .map(([what]) => ({ check: "secret_in_environment", where: logicalId, what }));
  });

export const findMissingHandlers = (
  template: Template,
  { packaged }: Pick<Deployment, "packaged">,
): readonly Finding[] =>
  functionsOf(template).flatMap(({ logicalId, Properties }) => {
    const handler = String(Properties["Handler"]);
    const [, path = "", name = ""] = /^(.*)\.([^.]+)$/.exec(handler) ?? [];
    const text = packaged.get(`${path}.mjs`) ?? "";
    const isThere = new RegExp(`export (const|function) ${name}\\b`).test(text);
    return isThere ? [] : [{ check: "handler_missing", where: logicalId, what: handler }];
  });

const gatewayLimitMs = 30_000;
const longestFunctionS = 900;

/** Whoever waits at the gateway is told 503 at thirty seconds, while the function goes on. */
export function findLateAnswers(template: Template): readonly Finding[] {
  const integrations = resourcesOf(template, "AWS::ApiGatewayV2::Integration");
  const answering = integrations.map(({ Properties }) => targetOf(Properties["IntegrationUri"]));
  const late = functionsOf(template).filter(
    ({ logicalId, Properties }) =>
      answering.includes(logicalId) && !(Number(Properties["Timeout"]) * 1_000 < gatewayLimitMs),
  );
  const long = integrations.filter(
    ({ Properties }) => !(Number(Properties["TimeoutInMillis"]) <= gatewayLimitMs),
  );
  const endless = functionsOf(template).filter(
    ({ Properties }) => !(Number(Properties["Timeout"]) <= longestFunctionS),
  );
  return [
    ...[...late, ...long].map(({ logicalId }) => ({
      check: "answer_after_gateway",
      where: logicalId,
      what: `over ${gatewayLimitMs} ms`,
    })),
    ...endless.map(({ logicalId }) => ({
      check: "function_timeout",
      where: logicalId,
      what: `over ${longestFunctionS} s`,
    })),
  ];
}

/** Lambda makes a group that is missing by itself, for ever kept, unless the role forbids it, and then nothing is. */
export function findLogTroubles(
  template: Template,
  { keptLogGroups = [] }: Pick<Deployment, "keptLogGroups">,
): readonly Finding[] {
  const groups = resourcesOf(template, "AWS::Logs::LogGroup");
  const names = groups.map(({ Properties }) => Properties["LogGroupName"]);
  const alone = functionsOf(template).filter(
    (lambda) =>
      !keptLogGroups.includes(shortNameOf(lambda)) &&
      !names.includes(`/aws/lambda/${String(lambda.Properties["FunctionName"])}`),
  );
  const mortal = groups.filter(
    ({ DeletionPolicy, UpdateReplacePolicy }) =>
      DeletionPolicy !== "Retain" || UpdateReplacePolicy !== "Retain",
  );
  const finding =
    (check: string) =>
    ({ logicalId }: NamedResource): Finding => ({
      check,
      where: logicalId,
      what: "log group",
    });
  return [...alone.map(finding("function_without_log_group")), ...mortal.map(finding("log_group_not_kept"))];
}
