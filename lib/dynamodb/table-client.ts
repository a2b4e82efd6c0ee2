// The one DynamoDB client of a function, with limits that throw: the SDK has no request timeout of its
// own and otherwise only warns. Whatever is not a failed condition is "the table did not answer".

import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { StorageUnavailableError } from "../ports/table.ts";

const connectLimitMs = 300;
export const requestLimitMs = 800;
/** The SDK repeats what is safe to repeat: every write here carries a condition. */
export const attempts = 2;

export const createTableClient = (endpoint: string | null): DynamoDBClient =>
  new DynamoDBClient({
    ...(endpoint === null ? {} : { endpoint }),
    maxAttempts: attempts,
    requestHandler: {
      connectionTimeout: connectLimitMs,
      requestTimeout: requestLimitMs,
      throwOnRequestTimeout: true,
    },
  });

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
