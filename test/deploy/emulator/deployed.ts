// The functions as the emulator has them: their zips fetched back from it, their environment as it was deployed,
// behind the local host's gateway and against the emulator's table.
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudFormationClient, DescribeStackResourceCommand } from "@aws-sdk/client-cloudformation";
import { unpackZip } from "../../../infra/build/unpack.ts";
import { startHost } from "../../../infra/local/host/host.ts";
import { type LambdaFunction, localRegion, readTemplate } from "../../../infra/local/host/template.ts";
import { projectTemplate } from "./account.ts";
import { credentialFor, type Emulator } from "./emulator.ts";

interface Configuration {
  readonly CodeSha256: string;
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}

export interface Deployed {
  readonly gatewayUrl: string;
  /** Of confirm, which is everybody's. */
  readonly environment: Readonly<Record<string, string>>;
  readonly logLines: readonly string[];
  close(): Promise<void>;
}

export interface DeployedOptions {
  readonly emulator: Emulator;
  /** The copy of the project it was deployed from: routes are told by what it packaged. */
  readonly dir: string;
  readonly stack: string;
  readonly portoneUrl: string;
}

export async function startDeployed(options: DeployedOptions): Promise<Deployed> {
  const { emulator, dir, stack, portoneUrl } = options;
  const packaged = readTemplate(join(dir, projectTemplate));
  const bucket = await findBucket(emulator.url, stack);
  const codeDir = mkdtempSync(join(tmpdir(), "deployed-"));
  const functions = await Promise.all(
    packaged.functions.map((definition) => fetchFunction(emulator.url, bucket, definition, codeDir)),
  );
  const logLines: string[] = [];
  const host = await startHost({
    template: { ...packaged, functions },
    codeDir,
    environment: {},
    dynamodbUrl: emulator.url,
    // Their secrets, too, are those of the emulator's account.
    parameterStoreUrl: emulator.url,
    portoneUrl,
    port: 0,
    host: "127.0.0.1",
    log: (line) => logLines.push(line),
  });
  return {
    gatewayUrl: host.url,
    environment: functions.find(({ name }) => name === "confirm")?.environment ?? {},
    logLines,
    close: async () => {
      await host.close();
      rmSync(codeDir, { recursive: true, force: true });
    },
  };
}

async function findBucket(endpoint: string, stack: string): Promise<string> {
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new CloudFormationClient({ endpoint, region: localRegion, credentials });
  const { StackResourceDetail } = await client.send(
    new DescribeStackResourceCommand({ StackName: stack, LogicalResourceId: "ServerlessDeploymentBucket" }),
  );
  client.destroy();
  return StackResourceDetail?.PhysicalResourceId ?? "";
}

/** Unpacks its zip, which is the one that Lambda says it runs, and gives its definition as deployed. */
async function fetchFunction(
  emulatorUrl: string,
  bucket: string,
  definition: LambdaFunction,
  codeDir: string,
): Promise<LambdaFunction> {
  const path = `/2015-03-31/functions/${definition.deployedName}`;
  const asked = await fetch(`${emulatorUrl}${path}`, { headers: credentialFor("lambda") });
  if (!asked.ok) throw new Error(`${definition.deployedName} is not deployed: ${await asked.text()}`);
  const { Configuration, Code } = (await asked.json()) as {
    readonly Configuration: Configuration;
    readonly Code: { readonly Location: string };
  };
  const key = new URL(Code.Location).pathname;
  const stored = await fetch(`${emulatorUrl}/${bucket}${key}`, { headers: credentialFor("s3") });
  const zip = new Uint8Array(await stored.arrayBuffer());
  const hash = createHash("sha256").update(zip).digest("base64");
  if (hash !== Configuration.CodeSha256) throw new Error(`${definition.deployedName} runs another zip`);
  unpackZip(zip, join(codeDir, definition.name));
  return { ...definition, environment: Configuration.Environment.Variables };
}
