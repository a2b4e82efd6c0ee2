// The one DynamoDB client of a function, with limits that throw: the SDK has no request timeout of its
// own and otherwise only warns. Whatever is not a failed condition is "the table did not answer".

import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { StorageUnavailableError } from "../ports/table.ts";
import { SignerHash } from "./signer-hash.ts";

const connectLimitMs = 300;
export const requestLimitMs = 800;
/** The SDK repeats what is safe to repeat: every write here carries a condition. */
export const attempts = 2;

/** Settings the SDK would otherwise look for in files that no function has. */
const settled = {
  defaultsMode: "legacy",
  retryMode: "standard",
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  accountIdEndpointMode: "disabled",
  userAgentAppId: "",
} as const;

/** Steps of every call that only tell AWS who calls, or write to a log nobody asked for. */
const unneededSteps = ["getUserAgentMiddleware", "loggerMiddleware", "recursionDetectionMiddleware"];

/** `region` is read from the environment where it is not given. */
export function createTableClient(endpoint: string | null, region?: string): DynamoDBClient {
  const client = new DynamoDBClient({
    ...settled,
    authSchemePreference: ["sigv4"],
    ...(endpoint === null ? {} : { endpoint }),
    ...(region ? { region } : {}),
    maxAttempts: attempts,
    cacheMiddleware: true,
    sha256: SignerHash,
    requestHandler: {
      connectionTimeout: connectLimitMs,
      requestTimeout: requestLimitMs,
      throwOnRequestTimeout: true,
    },
  });
  for (const step of unneededSteps) client.middlewareStack.remove(step);
  return client;
}

/** Nothing rather than an empty object: the SDK keeps a command's steps only for calls without options. */
export const abortBy = (signal: AbortSignal | undefined) => signal && { abortSignal: signal };

/** A wrong call or missing permission is our deployment's fault and stays what it is. */
const ourOwnFaults = new Set([
  "ValidationException",
  // What cannot be written as text at all: the table answered, and nothing was done.
  "SerializationException",
  "AccessDeniedException",
  "ResourceNotFoundException",
]);

/** Runs one call; turns throttling, time-outs, aborts and lost connections into StorageUnavailableError. */
export async function callTable<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === "ConditionalCheckFailedException" || ourOwnFaults.has(error.name)) throw error;
    throw new StorageUnavailableError(`${error.name}: ${error.message}`, { cause: error });
  }
}
