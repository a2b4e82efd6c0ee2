// Where a function's secrets come from: a laptop's environment, or the parameters its role may read.
import { readParameters } from "./aws/parameters.ts";
import type { AwsAccess } from "./aws/signed-call.ts";
import { type Config, ConfigError, type Environment } from "./config.ts";
import type { Log } from "./log.ts";
import type { Clock, Pause } from "./ports/environment.ts";
import { fixedSecrets, type SecretKeeper, StoredSecrets } from "./secret-keeper.ts";
import { type FunctionName, parametersOf, readSecrets, secretsOf, type Wrong } from "./secrets.ts";

export interface Machine {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly pause: Pause;
  readonly log: Log;
}

/** The secrets this function needs, and no others. */
export function createSecrets(
  functionName: FunctionName,
  { secrets: source, stage }: Config,
  { environment, clock, pause, log }: Machine,
): SecretKeeper {
  if (source.from === "env") return fixedSecrets(source.secrets);
  const names = secretsOf[functionName];
  const access = awsAccess("SSM", environment);
  return new StoredSecrets({
    load: async () => {
      const texts = await readParameters(source.path, names.flatMap(parametersOf), access);
      const problems: string[] = [];
      const wrong: Wrong = (name, why) => problems.push(`${name}: ${why}`);
      const secrets = readSecrets((name) => texts.get(name)?.trim() || null, names, stage, wrong);
      if (problems.length > 0) throw new ConfigError(problems);
      return secrets;
    },
    clock,
    pause,
    random: Math.random,
    tell: (error) => log.error({ event: "secrets_unread", why: String(error) }),
  });
}

/** As the SDK reads it from a function's environment; another endpoint is for a laptop or an emulator. */
const awsAccess = (service: "SSM" | "KMS", environment: Environment): AwsAccess => ({
  region: environment["AWS_REGION"] ?? "",
  endpoint: environment[`AWS_ENDPOINT_URL_${service}`] || environment["AWS_ENDPOINT_URL"] || null,
  credentials: () => {
    const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "", AWS_SESSION_TOKEN } = environment;
    return {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
    };
  },
});
