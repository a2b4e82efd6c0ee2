// Tests of what dynalite does not do: on it they are skipped, by name.
import { it } from "vitest";
import { engineOfTests } from "./table-engine.ts";

export function itBeyondDynalite(what: string): ReturnType<typeof it.skipIf> {
  const isSkipped = !process.env["PAY_DYNAMODB_ENDPOINT"] && engineOfTests() === "dynalite";
  if (isSkipped) console.log(`skipped on dynalite: ${what}`);
  return it.skipIf(isSkipped);
}
