// What only a deployment can know to be wrong: lib/config.ts sees one function's settings, not the stage that
// was asked for, the deployer's shell, or the limits in serverless.yml. Pure; each rule gives its lines.
import { settingDefaults } from "../../../lib/config.ts";
import { parametersOf, secretNames } from "../../../lib/secrets.ts";
import type { Stage } from "./deployment.ts";

type Variables = Readonly<Record<string, string>>;

export interface DeploymentFacts {
  readonly stage: Stage;
  readonly secretsPath: string;
  /** What the deployer has set himself. */
  readonly shell: Readonly<Record<string, string | undefined>>;
  /** What every function will find in its environment. */
  readonly settings: Variables;
  readonly confirmTimeoutMs: number;
}

type Rule = (facts: DeploymentFacts) => readonly string[];

/** One line for each problem, with the setting's name in front. */
export const findDeploymentProblems = (facts: DeploymentFacts): readonly string[] =>
  rules.flatMap((rule) => rule(facts));

const set = (variables: Readonly<Record<string, string | undefined>>, name: string): string | null =>
  variables[name]?.trim() || null;

const otherStage: Rule = ({ stage, shell }) => {
  const given = set(shell, "PAY_STAGE");
  return given === null || given === stage ? [] : [`PAY_STAGE: is ${given}, but --stage says ${stage}`];
};

const secretsElsewhere: Rule = ({ secretsPath, shell }) => {
  const given = set(shell, "PAY_SECRETS");
  return given === null || given === `ssm:${secretsPath}`
    ? []
    : [`PAY_SECRETS: a deployment reads them from ssm:${secretsPath}, not from ${given}`];
};

/** Read by the deployment itself, not by a function. */
const ofTheDeployment = ["PAY_STAGE", "PAY_SECRETS", "PAY_TABLE_NAME"];

const secretParameters = secretNames.flatMap(parametersOf);

/** A setting that no function would get is a mistyped one, or one that somebody relies on in vain. */
const unusedSettings: Rule = ({ secretsPath, shell, settings }) =>
  Object.keys(shell)
    .filter((name) => name.startsWith("PAY_") && set(shell, name) !== null)
    .filter((name) => !ofTheDeployment.includes(name) && !endpointName.test(name))
    .flatMap((name) => {
      if (secretParameters.includes(name))
        return [`${name}: is read from ${secretsPath}${name}; take it out of the environment`];
      if (name === "PAY_TABLE")
        return ["PAY_TABLE: is for the laptop; PAY_TABLE_NAME names a table to use instead of making one"];
      return name in settings ? [] : [`${name}: unknown setting`];
    });

const endpointName = /^(PAY_DYNAMODB_ENDPOINT|AWS_ENDPOINT_URL(_\w+)?)$/;

const otherEndpoint: Rule = ({ stage, shell }) =>
  Object.keys(shell)
    .filter((name) => endpointName.test(name) && set(shell, name) !== null)
    .filter((name) => stage === "prod" || name === "PAY_DYNAMODB_ENDPOINT")
    .map((name) =>
      stage === "prod"
        ? `${name}: prod speaks with AWS itself`
        : `${name}: no deployed function gets it; take it out of the environment`,
    );

const lateAnswer: Rule = ({ settings, confirmTimeoutMs }) => {
  const deadlineMs = Number(
    set(settings, "PAY_CONFIRM_DEADLINE_MS") ?? settingDefaults.PAY_CONFIRM_DEADLINE_MS,
  );
  return deadlineMs < confirmTimeoutMs
    ? []
    : [
        `PAY_CONFIRM_DEADLINE_MS: must be below ${confirmTimeoutMs}, when Lambda ends the function unanswered`,
      ];
};

const rules: readonly Rule[] = [otherStage, secretsElsewhere, unusedSettings, otherEndpoint, lateAnswer];
