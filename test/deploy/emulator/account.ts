// What a test does in the emulator's account, and how it calls the commands that deploy there.
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { localRegion } from "../../../infra/local/host/template.ts";

type Variables = Readonly<Record<string, string>>;

export const projectTemplate = ".serverless/cloudformation-template-update-stack.json";

const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const clientOf = (endpoint: string) => ({ endpoint, region: localRegion, credentials });

/** What a deployer's shell holds; nothing of this machine's own settings and credentials. */
const shellOf = (emulatorUrl: string, settings: Variables): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(PAY_|AWS_|npm_|VITEST|NODE_)/.test(name)),
  ),
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  AWS_CONFIG_FILE: "/dev/null",
  AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
  AWS_ENDPOINT_URL: emulatorUrl,
  ...settings,
});

export interface Ran {
  readonly status: number | null;
  readonly output: string;
}

/** `npm run deploy -- --stage dev`, or another of the commands, in a copy of the project. */
export async function runCommand(
  dir: string,
  emulatorUrl: string,
  args: readonly string[],
  settings: Variables = {},
): Promise<Ran> {
  const child = spawn("npm", ["run", "-s", ...args], {
    cwd: dir,
    env: shellOf(emulatorUrl, settings),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  const [status] = (await once(child, "close")) as [number | null];
  return { status, output };
}

export async function putSecrets(emulatorUrl: string, path: string, secrets: Variables): Promise<void> {
  const client = new SSMClient(clientOf(emulatorUrl));
  for (const [name, Value] of Object.entries(secrets))
    await client.send(
      new PutParameterCommand({ Name: `${path}${name}`, Type: "SecureString", Value, Overwrite: true }),
    );
  client.destroy();
}

/** Stands for a restore: another table with every item, and nothing but its name to find it by. */
export async function copyTable(emulatorUrl: string, from: string, to: string): Promise<number> {
  const client = new DynamoDBClient(clientOf(emulatorUrl));
  const { Table } = await client.send(new DescribeTableCommand({ TableName: from }));
  await client.send(
    new CreateTableCommand({
      TableName: to,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: Table?.AttributeDefinitions,
      KeySchema: Table?.KeySchema,
      GlobalSecondaryIndexes: Table?.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema, Projection }) => ({
        IndexName,
        KeySchema,
        Projection,
      })),
    }),
  );
  let copied = 0;
  for await (const { Items = [] } of paginateScan({ client }, { TableName: from }))
    for (const Item of Items) {
      await client.send(new PutItemCommand({ TableName: to, Item }));
      copied += 1;
    }
  client.destroy();
  return copied;
}
