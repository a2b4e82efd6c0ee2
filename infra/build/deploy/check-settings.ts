// The product's own reading of its settings and secrets, run on what is about to be packaged.
import { ConfigError, loadConfig } from "../../../lib/config.ts";
import { readSecrets, secretsFor } from "../../../lib/secrets.ts";
import type { Stage } from "./deployment.ts";

type Variables = Readonly<Record<string, string>>;

/** One line for each problem. */
export function checkSettings(settings: Variables): readonly string[] {
  try {
    loadConfig(settings);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

/** One line for each problem, with the parameter below `path` that the secret must stand in. */
export function checkSecrets(
  stage: Stage,
  path: string,
  secrets: Variables,
  deliversEvents = false,
): readonly string[] {
  const problems: string[] = [];
  const textOf = (name: string) => secrets[name]?.trim() || null;
  readSecrets(textOf, secretsFor(deliversEvents), stage, (name, why) =>
    problems.push(`${path}${name}: ${why}`),
  );
  return problems;
}
