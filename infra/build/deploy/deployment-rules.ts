// What only a deployment can know to be wrong: lib/config.ts sees one function's settings, not the stage that
// was asked for, the deployer's shell, or the limits in serverless.yml. Pure; each rule gives its lines.
import { createHash } from "node:crypto";
import type { Stage } from "./deployment.ts";

type Variables = Readonly<Record<string, string>>;

export interface DeploymentFacts {
  readonly stage: Stage;
  readonly secretsPath: string;
  /** What the deployer has set himself. */
  readonly shell: Readonly<Record<string, string | undefined>>;
  /** What every function will find in its environment. */
  readonly settings: Variables;
  /** Null when nobody may read them. */
  readonly secrets: Variables | null;
  readonly confirmTimeoutMs: number;
}

type Rule = (facts: DeploymentFacts) => readonly string[];

/** One line for each problem, with the setting's name in front. */
export const findDeploymentProblems = (facts: DeploymentFacts): readonly string[] =>
  rules.flatMap((rule) => rule(facts));

const set = (variables: Readonly<Record<string, string | undefined>>, name: string): string | null =>
  variables[name]?.trim() || null;

const list = (text: string | null): readonly string[] =>
  (text ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");

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

/** A secret's name, whether or not there is one of that name. */
export const isSecretName = (name: string): boolean =>
  /^PAY_(PORTONE_KEY|PORTONE_SECRET|URL_KEYS|MERCHANT_KEYS(_[2-6])?|DATA_KEY|EVENTS_KEY)$/.test(name);

/** A setting that no function would get is a mistyped one, or one that somebody relies on in vain. */
const unusedSettings: Rule = ({ secretsPath, shell, settings }) =>
  Object.keys(shell)
    .filter((name) => name.startsWith("PAY_") && set(shell, name) !== null)
    .filter((name) => !ofTheDeployment.includes(name) && !endpointName.test(name))
    .flatMap((name) => {
      if (isSecretName(name))
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

const inClear: Rule = ({ stage, settings }) => {
  if (stage !== "prod") return [];
  const urls = ["PAY_PUBLIC_URL", "PAY_RESULT_URL", "PAY_PORTONE_URL", "PAY_SDK_URL"].flatMap((name) =>
    isHttp(set(settings, name) ?? "") ? [`${name}: prod wants https`] : [],
  );
  const origins = list(set(settings, "PAY_ALLOWED_ORIGINS"))
    .filter(isHttp)
    .map((origin) => `PAY_ALLOWED_ORIGINS: prod wants https, not ${origin}`);
  return [...urls, ...origins];
};

const isHttp = (url: string): boolean => /^http:/i.test(url);

const openConfirm: Rule = ({ stage, settings }) =>
  stage === "prod" && set(settings, "PAY_CONFIRM_TOKEN") === "optional"
    ? ["PAY_CONFIRM_TOKEN: prod wants required; without it anybody may ask whether an order can be paid"]
    : [];

const lateAnswer: Rule = ({ settings, confirmTimeoutMs }) => {
  const deadlineMs = Number(set(settings, "PAY_CONFIRM_DEADLINE_MS"));
  return deadlineMs < confirmTimeoutMs
    ? []
    : [
        `PAY_CONFIRM_DEADLINE_MS: must be below ${confirmTimeoutMs}, when Lambda ends the function unanswered`,
      ];
};

const fewestDifferentBytes = 8;

const weakKeys: Rule = ({ secrets }) =>
  list(set(secrets ?? {}, "PAY_URL_KEYS"))
    .map((key) => Buffer.from(key, "base64"))
    .flatMap((key, index) =>
      key.length > 0 && isWeak(key)
        ? [`PAY_URL_KEYS: key ${index + 1} is not random; make one with: openssl rand -base64 32`]
        : [],
    );

/** All zeros, a repeated word, or bytes that count up: nothing a random source gives. */
function isWeak(key: Buffer): boolean {
  const steps = [...key.subarray(1)].map((byte, index) => (byte - (key[index] ?? 0) + 256) % 256);
  return new Set(key).size < fewestDifferentBytes || new Set(steps).size < 2;
}

interface NamedHash {
  readonly name: string;
  readonly sha256: string;
}

const sameKey: Rule = ({ secrets }) => {
  const keys = Object.entries(secrets ?? {})
    .filter(([name]) => name.startsWith("PAY_MERCHANT_KEYS"))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, text]) => readHashes(text));
  return keys.flatMap((key, index) => {
    const first = keys.slice(0, index).find(({ sha256 }) => sha256 === key.sha256);
    return first ? [`PAY_MERCHANT_KEYS: ${first.name} and ${key.name} are the same key`] : [];
  });
};

const emptyKey: Rule = ({ secrets }) =>
  Object.entries(secrets ?? {})
    .filter(([name]) => name.startsWith("PAY_MERCHANT_KEYS"))
    .flatMap(([, text]) => readHashes(text))
    .filter(({ sha256 }) => sha256 === hashOfNothing)
    .map(({ name }) => `PAY_MERCHANT_KEYS: ${name} is the hash of an empty key`);

const hashOfNothing = createHash("sha256").digest("hex");

/** Whatever is no entry at all is lib/config.ts's to name. */
function readHashes(text: string): readonly NamedHash[] {
  try {
    const entries: unknown = JSON.parse(text || "[]");
    return (Array.isArray(entries) ? entries : []).flatMap((entry: Partial<NamedHash> | null) =>
      typeof entry?.sha256 === "string" && typeof entry.name === "string"
        ? [{ name: entry.name, sha256: entry.sha256.toLowerCase() }]
        : [],
    );
  } catch {
    return [];
  }
}

const rules: readonly Rule[] = [
  otherStage,
  secretsElsewhere,
  unusedSettings,
  otherEndpoint,
  inClear,
  openConfirm,
  lateAnswer,
  weakKeys,
  sameKey,
  emptyKey,
];
