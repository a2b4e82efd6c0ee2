// The environment that functions will get, by the same words as serverless.yml, before anything is packaged. What only a
// deployed stack knows has a stand-in.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Names } from "./deployment.ts";

type Variables = Readonly<Record<string, string | undefined>>;
type Deployed = { readonly stage: string; readonly tableName: string; readonly secretsPath: string };
type Unknown = { readonly table: string; readonly publicUrl: string };

/** osls reads CommonJS only. */
const packaging = createRequire(import.meta.url)("../../aws/environment.cjs") as {
  readonly functionEnvironment: (
    deployed: Deployed,
    environment: Variables,
    unknown: Unknown,
  ) => Record<string, string>;
};

const stackFile = join(import.meta.dirname, "../../../serverless.yml");

/** Stands for the API's own address, which exists only after the first deployment. */
const publicUrl = "https://api.execute-api.amazonaws.com";

export const functionEnvironment = (
  stage: string,
  { stack, secretsPath }: Names,
  environment: Variables,
): Record<string, string> =>
  packaging.functionEnvironment(
    { stage, secretsPath, tableName: environment["PAY_TABLE_NAME"]?.trim() ?? "" },
    environment,
    { table: stack, publicUrl },
  );

/** When Lambda ends confirm, whatever it is doing. */
export function readConfirmTimeoutMs(): number {
  const text = readFileSync(stackFile, "utf8");
  const seconds = /^ {2}confirm:\n(?: {4}.*\n)*? {4}timeout: (\d+)$/m.exec(text)?.[1];
  if (seconds === undefined) throw new Error("serverless.yml gives confirm no timeout");
  return Number(seconds) * 1000;
}
