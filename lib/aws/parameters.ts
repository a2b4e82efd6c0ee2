// Secrets as they stand in SSM's parameter store, read by name: a role can then name exactly those it may read.
import { type AwsAccess, signedCall } from "./signed-call.ts";

/** SSM takes no more at once. */
const namesPerCall = 10;

/**
 * The texts of these parameters, decrypted, by their name below the path (`/portone-ksnet/prod/`). One that does not
 * exist is left out. Throws as `signedCall` does.
 */
export async function readParameters(
  path: string,
  names: readonly string[],
  access: AwsAccess,
): Promise<ReadonlyMap<string, string>> {
  const parts = Array.from({ length: Math.ceil(names.length / namesPerCall) }, (_, index) =>
    names.slice(index * namesPerCall, (index + 1) * namesPerCall),
  );
  const read = await Promise.all(
    parts.map((part) =>
      signedCall(
        {
          service: "ssm",
          target: "AmazonSSM.GetParameters",
          body: { Names: part.map((name) => `${path}${name}`), WithDecryption: true },
        },
        access,
      ),
    ),
  );
  return new Map(read.flatMap(parametersIn).map(([name, text]) => [name.slice(path.length), text]));
}

function parametersIn(answer: unknown): readonly (readonly [string, string])[] {
  const { Parameters: found } = answer as { readonly Parameters?: readonly unknown[] };
  if (!Array.isArray(found)) throw new Error("ssm GetParameters: an answer without parameters");
  return found.map((parameter: { readonly Name?: unknown; readonly Value?: unknown }) => [
    String(parameter.Name),
    String(parameter.Value),
  ]);
}
