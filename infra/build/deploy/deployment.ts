// Which deployment is meant, from the command line, and what everything of it is called: by the same rules that
// serverless.yml's files follow.
import { createRequire } from "node:module";
import { parseOptions, UsageError } from "../command-line.ts";

export type Stage = "dev" | "prod";

export interface Target {
  readonly stage: Stage;
  /** Several shops may share an account and a region; null is the one without a name. */
  readonly shop: string | null;
  readonly region: string;
}

export interface DeployOptions extends Target {
  readonly confirmConcurrency: number | null;
  readonly contributorInsights: "on" | "off" | null;
}

export interface Names {
  readonly service: string;
  /** Of the stack and of the stage's own table. */
  readonly stack: string;
  readonly secretsPath: string;
  /** By the name that `keptLogGroups` has for each. */
  readonly logGroups: Readonly<Record<string, string>>;
}

interface PackagedNames {
  readonly service: string;
  readonly name: string;
  readonly secretsPath: string;
}

const packaging = createRequire(import.meta.url)("../../aws/deployment.cjs") as {
  read(osls: {
    readonly options: { readonly stage: string; readonly param: readonly string[] };
  }): PackagedNames;
  logGroupNames(names: PackagedNames): Readonly<Record<string, string>>;
};

const target = "--stage dev|prod [--shop NAME] [--region R]";
export const deployUsage = `usage: npm run deploy -- ${target} [--confirm-concurrency N] [--contributor-insights on|off]`;
export const removeUsage = `usage: npm run remove -- ${target}`;

const targetOptions = {
  stage: { type: "string" },
  shop: { type: "string" },
  region: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** Null when only help is asked for; throws a UsageError that names the first option it cannot follow. */
export function parseDeployOptions(args: readonly string[]): DeployOptions | null {
  const values = parseOptions(args, {
    ...targetOptions,
    "confirm-concurrency": { type: "string" },
    "contributor-insights": { type: "string" },
  } as const);
  if (values.help) return null;
  const concurrency = values["confirm-concurrency"];
  if (concurrency !== undefined && !/^\d{1,5}$/.test(concurrency))
    throw new UsageError(`--confirm-concurrency wants a whole number, 0 for none, not '${concurrency}'`);
  const insights = values["contributor-insights"];
  if (insights !== undefined && insights !== "on" && insights !== "off")
    throw new UsageError(`--contributor-insights wants on or off, not '${insights}'`);
  return {
    ...readTarget(values),
    confirmConcurrency: concurrency === undefined ? null : Number(concurrency),
    contributorInsights: insights ?? null,
  };
}

/** Null when only help is asked for; throws a UsageError that names the first option it cannot follow. */
export function parseRemoveOptions(args: readonly string[]): Target | null {
  const values = parseOptions(args, targetOptions);
  return values.help ? null : readTarget(values);
}

interface TargetValues {
  readonly stage?: string | undefined;
  readonly shop?: string | undefined;
  readonly region?: string | undefined;
}

function readTarget({ stage, shop, region = "ap-northeast-2" }: TargetValues): Target {
  if (stage !== "dev" && stage !== "prod")
    throw new UsageError(`--stage wants dev or prod${stage === undefined ? "" : `, not '${stage}'`}`);
  if (shop !== undefined && !/^[a-z][a-z0-9-]{0,19}$/.test(shop))
    throw new UsageError(`--shop wants up to 20 of a-z, 0-9 and -, beginning with a letter, not '${shop}'`);
  if (!/^[a-z]{2}(-[a-z]+)+-\d$/.test(region))
    throw new UsageError(`--region wants one like ap-northeast-2, not '${region}'`);
  return { stage, shop: shop ?? null, region };
}

export function namesOf({ stage, shop }: Target): Names {
  const names = packaging.read({ options: { stage, param: shop === null ? [] : [`shop=${shop}`] } });
  const { service, name: stack, secretsPath } = names;
  return { service, stack, secretsPath, logGroups: packaging.logGroupNames(names) };
}

/** What osls is told to mean the same deployment. */
export const targetArguments = ({ stage, shop, region }: Target): readonly string[] => [
  ...["--stage", stage, "--region", region],
  ...(shop === null ? [] : ["--param", `shop=${shop}`]),
];
