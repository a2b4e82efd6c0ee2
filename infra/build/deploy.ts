// `npm run deploy`: checks every setting and secret, finds what already stands, builds, packages and deploys.
// Whatever is wrong is named before anything is built.
import { join } from "node:path";
import { bundleFunctions } from "./bundle-functions.ts";
import { readOrExit } from "./command-line.ts";
import { checkSecrets, checkSettings } from "./deploy/check-settings.ts";
import { describeDeployed } from "./deploy/deployed.ts";
import {
  type DeployOptions,
  deployUsage,
  type Names,
  namesOf,
  parseDeployOptions,
} from "./deploy/deployment.ts";
import { findDeploymentProblems } from "./deploy/deployment-rules.ts";
import { functionEnvironment, readConfirmTimeoutMs } from "./deploy/function-environment.ts";
import { runOsls } from "./deploy/osls.ts";
import { planDeployment } from "./deploy/plan.ts";
import { readStageSecrets } from "./deploy/stage-secrets.ts";
import { findStanding, openAccount } from "./deploy/standing.ts";

const projectDir = join(import.meta.dirname, "../..");

/** Ends the process, having named every one, when there are problems. */
function stopFor(problems: readonly string[]): void {
  if (problems.length === 0) return;
  console.error(`Nothing was deployed. ${problems.length} thing(s) are missing or wrong:`);
  for (const problem of problems) console.error(`- ${problem}`);
  process.exit(1);
}

interface Checked {
  readonly problems: readonly string[];
  readonly dataKeys: string | null;
}

async function check({ stage, region }: DeployOptions, names: Names): Promise<Checked> {
  const { secretsPath } = names;
  const settings = functionEnvironment(stage, names, process.env);
  const secrets = await readStageSecrets(region, secretsPath);
  const deliversEvents = settings["PAY_EVENTS_URL"] !== undefined;
  const problems = [
    ...checkSettings(settings),
    ...secrets.problems,
    ...(secrets.values === null ? [] : checkSecrets(stage, secretsPath, secrets.values, deliversEvents)),
    ...findDeploymentProblems({
      stage,
      secretsPath,
      shell: process.env,
      settings,
      confirmTimeoutMs: readConfirmTimeoutMs(),
    }),
  ];
  return { problems, dataKeys: secrets.values?.["PAY_DATA_KEY"] ?? null };
}

async function deploy(options: DeployOptions): Promise<void> {
  const names = namesOf(options);
  const { problems, dataKeys } = await check(options, names);
  stopFor(problems);
  const account = openAccount(options.region);
  const wantedTable = process.env["PAY_TABLE_NAME"]?.trim() || null;
  const standing = await findStanding(account, names.stack, wantedTable, names.logGroups).catch(
    (error: unknown) => {
      stopFor([
        `what stands in the account cannot be read: ${error instanceof Error ? error.message : error}`,
      ]);
      throw error;
    },
  );
  account.close();
  const plan = planDeployment(options, { stack: names.stack, wantedTable, dataKeys }, standing);
  stopFor(plan.problems);
  for (const note of plan.notes) console.log(note);
  await bundleFunctions({ entryDir: join(projectDir, "functions"), outDir: join(projectDir, "dist") });
  const exitCode = runOsls(["deploy", ...plan.oslsArguments], { ...process.env, ...plan.environment });
  if (exitCode !== 0) process.exit(exitCode);
  for (const line of await describeDeployed(options.region, names, process.env)) console.log(line);
}

await deploy(readOrExit(deployUsage, parseDeployOptions));
