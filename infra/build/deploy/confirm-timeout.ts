// When Lambda ends confirm, whatever it is doing, as serverless.yml says.
import { readFileSync } from "node:fs";
import { join } from "node:path";

const stackFile = join(import.meta.dirname, "../../../serverless.yml");

export function readConfirmTimeoutMs(): number {
  const text = readFileSync(stackFile, "utf8");
  const seconds = /^ {2}confirm:\n(?: {4}.*\n)*? {4}timeout: (\d+)$/m.exec(text)?.[1];
  if (seconds === undefined) throw new Error("serverless.yml gives confirm no timeout");
  return Number(seconds) * 1000;
}
