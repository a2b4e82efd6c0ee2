// What each function's role grants, held against what the functions did: neither may say more than the other.
import { isObject } from "../../infra/local/host/intrinsics.ts";
import type { RecordedCall } from "../support/recorded-calls.ts";
import {
  resourcesOf,
  type Statement,
  shortNameOf,
  statementsOf,
  type Template,
  targetOf,
} from "./checks/template.ts";

/** One thing a role grants; without a kind, for every item. */
type Grant = RecordedCall;

/**
 * One line a difference, in words that name function and action; empty when the roles are exact. Only `services` are
 * looked at: a log's lines are written by Lambda and not by the function's code.
 */
export function findGrantDifferences(
  template: Template,
  calls: readonly RecordedCall[],
  services: readonly string[],
): readonly string[] {
  const isLookedAt = ({ action }: { readonly action: string }): boolean =>
    services.includes(action.split(":")[0] ?? "");
  const grants = grantsIn(template).filter(isLookedAt);
  const made = calls.filter(isLookedAt);
  const missing = made.filter((call) => !grants.some((grant) => covers(grant, call)));
  const unused = grants.filter((grant) => !made.some((call) => covers(grant, call)));
  return [
    ...missing.map((call) => `missing: ${call.functionName} calls ${describeCall(call)}`),
    ...unused.map((grant) => `unused: ${grant.functionName} is granted ${describeCall(grant)}`),
  ].sort();
}

const describeCall = ({ action, resource, kind }: RecordedCall): string =>
  `${action} on ${resource}${kind === null ? "" : ` (${kind})`}`;

/** A kind is granted by its own pattern only: one that takes in more than what is asked for is not exact. */
const covers = (grant: Grant, call: RecordedCall): boolean =>
  grant.functionName === call.functionName &&
  grant.action === call.action &&
  grant.resource === call.resource &&
  (grant.kind === null || grant.kind === call.kind);

export function grantsIn(template: Template): readonly Grant[] {
  const statements = statementsOf(template).filter(({ effect }) => effect === "Allow");
  return resourcesOf(template, "AWS::Lambda::Function").flatMap((lambda) => {
    const role = targetOf(lambda.Properties["Role"]);
    return statements
      .filter(({ logicalId }) => logicalId === role)
      .flatMap((statement) => grantsOf(shortNameOf(lambda), statement));
  });
}

const grantsOf = (functionName: string, { actions, resources, text }: Statement): readonly Grant[] =>
  actions.flatMap((action) =>
    resources.flatMap((resource) =>
      kindsOf(text["Condition"]).map((kind) => ({
        functionName,
        action,
        resource: resourceWords(resource),
        kind,
      })),
    ),
  );

function kindsOf(condition: unknown): readonly (string | null)[] {
  if (condition === undefined) return [null];
  const test = isObject(condition) ? condition["ForAllValues:StringLike"] : undefined;
  const keys = isObject(test) ? test["dynamodb:LeadingKeys"] : undefined;
  if (!Array.isArray(keys)) throw new Error(`no such condition is known: ${JSON.stringify(condition)}`);
  return keys.map(String);
}

/** As the local host tells it: without the account, and without the table's name. */
function resourceWords(arn: string): string {
  const words =
    arn
      .replace(/^\$\{Table\.Arn\}/, "table/own")
      .split(":")
      .at(-1) ?? "";
  const [, indexName] = /^table\/[^/]+\/index\/(.+)$/.exec(words) ?? [];
  if (indexName !== undefined) return `index/${indexName}`;
  return words.startsWith("table/") ? "table" : words;
}
