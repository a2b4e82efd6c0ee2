// The product's own reading of its settings and secrets, run on what is about to be packaged.
import { ConfigError, loadConfig } from "../../../lib/config.ts";
import { readSecrets, secretNames } from "../../../lib/secrets.ts";
import type { Stage } from "./deployment.ts";

type Variables = Readonly<Record<string, string>>;

/** One line for each problem; `secrets` is null when they could not be read. */
export const checkSettings = (
  stage: Stage,
  settings: Variables,
  secrets: Variables | null,
): readonly string[] => [
  ...settingProblems(settings),
  ...(secrets === null ? [] : secretProblems(stage, secrets)),
];

function settingProblems(settings: Variables): readonly string[] {
  try {
    loadConfig(settings);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

function secretProblems(stage: Stage, secrets: Variables): readonly string[] {
  const problems: string[] = [];
  const textOf = (name: string) => secrets[name]?.trim() || null;
  readSecrets(textOf, secretNames, stage, (name, why) => problems.push(`${name}: ${why}`));
  return problems;
}
