// Runs once before all tests: builds and packages what is deployed, and starts one embedded DynamoDB (in
// memory) whose address test files get by inject("dynamodbUrl"); each file makes its own table in it.
// TABLE_ENGINE=dynalite has them run on the engine of other machines.

import type { TestProject } from "vitest/node";
import { packageIfNeeded } from "../infra/build/package-if-needed.ts";
import { startEmbeddedDynamoDb } from "../infra/local/processes/embedded-dynamodb.ts";
import { forgetRecordedCalls } from "./support/recorded-calls.ts";
import { forgetSeenCodes } from "./support/seen-codes.ts";
import { engineOfTests } from "./support/table-engine.ts";

declare module "vitest" {
  export interface ProvidedContext {
    dynamodbUrl: string;
  }
}

export default async function setup(project: TestProject) {
  packageIfNeeded(() => console.error("building and packaging the functions"));
  forgetRecordedCalls();
  forgetSeenCodes();
  const given = process.env["PAY_DYNAMODB_ENDPOINT"];
  const embedded = given ? null : await startEmbeddedDynamoDb(engineOfTests(), null);
  project.provide("dynamodbUrl", given ?? embedded?.url ?? "");
  return async () => {
    await embedded?.close();
  };
}
