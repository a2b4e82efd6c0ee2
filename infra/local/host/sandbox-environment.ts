// Everything a function finds in its environment, and nothing of the environment this process has: neither
// a developer's AWS credentials nor his settings can reach a function.
import { devNull } from "node:os";
import { type LambdaFunction, localRegion } from "./template.ts";

/** `settings` are the function's own; the rest are the variables Lambda sets, with credentials worth nothing. */
export const sandboxEnvironment = (
  { deployedName, handler, memoryMb }: LambdaFunction,
  sandboxId: string,
  settings: Readonly<Record<string, string>>,
): Record<string, string> => ({
  ...settings,
  AWS_REGION: localRegion,
  AWS_DEFAULT_REGION: localRegion,
  AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
  AWS_LAMBDA_FUNCTION_NAME: deployedName,
  AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
  AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${deployedName}`,
  AWS_LAMBDA_LOG_STREAM_NAME: sandboxId,
  _HANDLER: handler,
  AWS_ACCESS_KEY_ID: sandboxId,
  AWS_SECRET_ACCESS_KEY: "local",
  AWS_SESSION_TOKEN: "local",
  // The SDK would look for ~/.aws on its own; Lambda has no such files, so here there are none either.
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
});
