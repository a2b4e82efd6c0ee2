// The environment that functions will get, as serverless.yml writes it, before anything is packaged. What only a
// deployed stack knows has a stand-in.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isSecretName } from "./deployment-rules.ts";

export interface EnvironmentParts {
  readonly service: string;
  readonly stage: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const projectDir = join(import.meta.dirname, "../../..");
const stackFile = join(projectDir, "serverless.yml");

/** Stands for the API's own address, which exists only after the first deployment. */
const apiUrl = "https://api.execute-api.amazonaws.com";

export function functionEnvironment({
  service,
  stage,
  environment,
}: EnvironmentParts): Record<string, string> {
  const lines = [...readFileSync(stackFile, "utf8").matchAll(/^ {4}(PAY_\w+): (.+)$/gm)];
  return Object.fromEntries(
    lines
      .filter(([, name = ""]) => name !== "PAY_STAGE" && name !== "PAY_TABLE" && !isSecretName(name))
      .map(([, name = "", value = ""]): [string, string] => [
        name,
        environment[name] || (/'(.*)'\}$/.exec(value)?.[1] ?? apiUrl),
      ])
      .concat([
        ["PAY_STAGE", stage],
        ["PAY_TABLE", environment["PAY_TABLE_NAME"] || `${service}-${stage}`],
        ["PAY_SECRETS", `ssm:/${service}/${stage}/`],
      ]),
  );
}

/** When Lambda ends confirm, whatever it is doing. */
export function readConfirmTimeoutMs(): number {
  const text = readFileSync(stackFile, "utf8");
  const seconds = /^ {2}confirm:\n(?: {4}.*\n)*? {4}timeout: (\d+)$/m.exec(text)?.[1];
  if (seconds === undefined) throw new Error("serverless.yml gives confirm no timeout");
  return Number(seconds) * 1000;
}
