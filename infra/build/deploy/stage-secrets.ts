// A stage's secrets, read with the deployer's own credentials: a deployment whose functions could not log in
// at PortOne is refused before it is made.
import { GetParametersCommand, type Parameter, SSMClient } from "@aws-sdk/client-ssm";
import { parametersOf, secretNames } from "../../../lib/secrets.ts";

export interface StageSecrets {
  /** By the setting's name; null when they could not be read at all. */
  readonly values: Readonly<Record<string, string>> | null;
  readonly problems: readonly string[];
}

/** As many as SSM tells in one call. */
const mostPerCall = 10;

const parameters = secretNames.flatMap(parametersOf);

/** Never rejects: whatever keeps the secrets from being read is one of the deployment's problems. */
export async function readStageSecrets(region: string, path: string): Promise<StageSecrets> {
  const client = new SSMClient({ region });
  try {
    const read: Parameter[] = [];
    for (let from = 0; from < parameters.length; from += mostPerCall) {
      const names = parameters.slice(from, from + mostPerCall).map((name) => `${path}${name}`);
      const { Parameters = [] } = await client.send(
        new GetParametersCommand({ Names: names, WithDecryption: true }),
      );
      read.push(...Parameters);
    }
    return { values: valuesOf(read, path), problems: read.flatMap(findClear) };
  } catch (error) {
    return { values: null, problems: [`the secrets under ${path} cannot be read: ${why(error)}`] };
  } finally {
    client.destroy();
  }
}

const valuesOf = (read: readonly Parameter[], path: string): Readonly<Record<string, string>> =>
  Object.fromEntries(read.map(({ Name = "", Value = "" }) => [Name.slice(path.length), Value] as const));

const findClear = ({ Name = "", Type }: Parameter): readonly string[] =>
  Type === "SecureString"
    ? []
    : [`${Name} is a ${Type}: anybody who may list it reads it; make it a SecureString`];

/** AWS's own words, which name the missing permission; never a value. */
const why = (error: unknown): string => (error instanceof Error ? error.message : String(error));
