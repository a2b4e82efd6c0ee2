// What flow tests run on: a stack in the embedded DynamoDB that global-setup started.
import { inject } from "vitest";
import { type LocalStack, type LocalStackOptions, startStackOn } from "./stack.ts";

export type { LocalStack } from "./stack.ts";
export { templatePath } from "./stack.ts";

export const startStack = (options: LocalStackOptions = {}): Promise<LocalStack> =>
  startStackOn(inject("dynamodbUrl"), options);
