// The built functions in the local host, the simulator, and a table of their own in a running DynamoDB. Real
// sockets between all of them.
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { codeDir } from "../../infra/build/package-if-needed.ts";
import { localEnvironment } from "../../infra/local/host/environment.ts";
import { type HostOptions, startHost } from "../../infra/local/host/host.ts";
import { createTable, readTable } from "../../infra/local/host/tables.ts";
import { readTemplate } from "../../infra/local/host/template.ts";
import { readOrCreateKeys } from "../../infra/local/processes/local-keys.ts";
import { secretNames } from "../../lib/secrets.ts";
import { startSimulator } from "../simulator/start-simulator.ts";
import type { ParameterStore } from "./parameter-store.ts";

export interface LocalStackOptions {
  /** Laid over the local PAY_* defaults. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The secrets are put there, and the functions read them. */
  readonly parameterStore?: ParameterStore;
  readonly seed?: number;
  readonly onAccess?: HostOptions["onAccess"];
}

export interface LocalStack {
  readonly gatewayUrl: string;
  readonly simulatorUrl: string;
  readonly merchantKey: string;
  /** What opens doors, by its name: none of it may be told. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly table: string;
  readonly dynamodbUrl: string;
  /** Every line the functions have written so far. */
  readonly logLines: () => readonly string[];
  /** Fails when anything that was sent to PortOne, or came from it, was not as its OpenAPI document says. */
  readonly close: () => Promise<void>;
}

const projectDir = join(import.meta.dirname, "../..");
export const templatePath = join(projectDir, ".serverless/cloudformation-template-update-stack.json");

export async function startStackOn(
  dynamodbUrl: string,
  { environment = {}, parameterStore, seed = 7, onAccess }: LocalStackOptions = {},
): Promise<LocalStack> {
  const simulator = await startSimulator({ seed });
  const settings = (await (await fetch(`${simulator.url}/_control/settings`)).json()) as {
    readonly mid: string;
    readonly channel_key: string;
  };
  const table = `orders-${randomBytes(6).toString("hex")}`;
  await createTable(dynamodbUrl, { ...readTable(templatePath), TableName: table });
  const keys = readOrCreateKeys(null);
  const { mid, channel_key: channelKey } = settings;
  const local = {
    ...localEnvironment({ ...simulator, mid, channelKey }, keys, table),
    PAY_RESULT_URL: "https://shop.example/result",
    ...environment,
  };
  const lines: string[] = [];
  const host = await startHost({
    template: readTemplate(templatePath),
    codeDir,
    environment: parameterStore ? storeSecrets(local, parameterStore) : local,
    ...(parameterStore && { parameterStoreUrl: parameterStore.url }),
    dynamodbUrl,
    portoneUrl: simulator.url,
    simulatorControlUrl: `${simulator.url}/_control`,
    port: 0,
    host: "127.0.0.1",
    log: (line) => lines.push(line),
    ...(onAccess && { onAccess }),
  });
  return {
    gatewayUrl: host.url,
    simulatorUrl: simulator.url,
    merchantKey: keys.merchantKey,
    secrets: new Map([
      [keys.merchantKey, "the merchant key"],
      [keys.urlKey, "the key of the URLs"],
      [keys.dataKey, "the key of the accounts"],
      [simulator.impKey, "imp_key"],
      [simulator.impSecret, "imp_secret"],
    ]),
    table,
    dynamodbUrl,
    logLines: () => lines,
    close: async () => {
      await host.close();
      const { violations } = (await (await fetch(`${simulator.url}/_control/violations`)).json()) as {
        readonly violations: readonly unknown[];
      };
      await simulator.close();
      if (violations.length > 0)
        throw new Error(`against the OpenAPI document: ${JSON.stringify(violations)}`);
    },
  };
}

export const secretsPath = "/portone-ksnet/dev/";

/** The settings without the secrets, which are put where a deployed function finds them. */
function storeSecrets(
  settings: Readonly<Record<string, string>>,
  { parameters }: ParameterStore,
): Readonly<Record<string, string>> {
  const isSecret = ([name]: readonly [string, string]) => secretNames.some((known) => known === name);
  const entries = Object.entries(settings);
  for (const [name, text] of entries.filter(isSecret)) parameters.set(`${secretsPath}${name}`, text);
  const others = Object.fromEntries(entries.filter((entry) => !isSecret(entry)));
  return { ...others, PAY_SECRETS: `ssm:${secretsPath}` };
}
