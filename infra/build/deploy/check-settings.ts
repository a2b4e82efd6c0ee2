// The product's own reading of its settings and secrets, run on what is about to be packaged.
import { ConfigError, loadConfig } from "../../../lib/config.ts";
import { parametersOf, readSecrets, secretsOf } from "../../../lib/secrets.ts";
import type { Stage } from "./deployment.ts";

type Variables = Readonly<Record<string, string>>;

/** Every one that some function reads. */
const neededSecrets = [...new Set(Object.values(secretsOf).flat())];
export const secretParameters: readonly string[] = neededSecrets.flatMap(parametersOf);

/** One line for each problem. An endpoint in the deployer's shell would be where he deploys to. */
export function checkSettings(settings: Variables, shell: NodeJS.ProcessEnv): readonly string[] {
  const endpoints = Object.entries(shell).filter(([name]) => name.startsWith("AWS_ENDPOINT_URL"));
  try {
    loadConfig({ ...settings, ...Object.fromEntries(endpoints) });
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

/** One line for each problem, with the parameter that the secret stands in. */
export function checkSecrets(secrets: Variables, stage: Stage, path: string): readonly string[] {
  const problems: string[] = [];
  readSecrets(
    (name) => secrets[name]?.trim() || null,
    neededSecrets,
    stage,
    (name, why) => problems.push(`${path}${name}: ${why}`),
  );
  return problems;
}
