// What flow tests run on: a stack in the embedded DynamoDB that global-setup started.
import { expect, inject } from "vitest";
import { RecordedCalls } from "./recorded-calls.ts";
import { type LocalStack, type LocalStackOptions, startStackOn } from "./stack.ts";

export type { LocalStack } from "./stack.ts";
export { templatePath } from "./stack.ts";

/** What its functions do in AWS is kept, to be held against what their roles grant when all tests have run. */
export async function startStack(options: LocalStackOptions = {}): Promise<LocalStack> {
  const calls = new RecordedCalls();
  const { testPath = "" } = expect.getState();
  const stack = await startStackOn(inject("dynamodbUrl"), {
    ...options,
    onAccess: (call) => calls.add(call),
  });
  return {
    ...stack,
    close: async () => {
      calls.keep(testPath);
      await stack.close();
    },
  };
}
