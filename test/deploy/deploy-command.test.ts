// `npm run deploy` and `npm run remove` as somebody calls them who has no credentials, or has forgotten something:
// everything is named, and nothing was built.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const projectDir = join(import.meta.dirname, "../..");
// A copy: whether something was built is seen from the folders it would be in.
const folder = mkdtempSync(join(tmpdir(), "deploy-"));
beforeAll(() => {
  for (const name of ["serverless.yml", "package.json", "tsconfig.json", "infra", "functions", "lib"])
    cpSync(join(projectDir, name), join(folder, name), { recursive: true });
  symlinkSync(join(projectDir, "node_modules"), join(folder, "node_modules"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|PAY)_/.test(name));
  return spawnSync(process.execPath, [`infra/build/${program}.ts`, ...args], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...Object.fromEntries(inherited),
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/dev/null",
      AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
      ...environment,
    },
  });
}

const expectNothingBuilt = () => {
  for (const name of ["dist", ".serverless"]) expect(existsSync(join(folder, name)), name).toBe(false);
};

it("prod with nothing set names all that is missing and builds nothing", { timeout: 30_000 }, () => {
  const { status, stdout, stderr } = run("deploy", ["--stage", "prod"]);
  expect([status, stdout]).toEqual([1, ""]);
  for (const name of ["PAY_MID", "PAY_RESULT_URL", "PAY_IMP_CODE"])
    expect(stderr).toContain(`- ${name}: required\n`);
  expect(stderr).toContain("- PAY_CHANNEL_KEY or PAY_PG: one of them is required\n");
  expect(stderr).toMatch(/^- the secrets under \/portone-ksnet\/prod\/ cannot be read: .*credentials/m);
  expect(stderr).toMatch(/^Nothing was deployed\. 5 /);
  expectNothingBuilt();
});

it("what is wrong is named together with what is missing", { timeout: 30_000 }, () => {
  const { status, stderr } = run("deploy", ["--stage", "prod", "--shop", "hong"], {
    PAY_STAGE: "dev",
    PAY_SANDBOX: "accept",
    PAY_RESULT_URL: "http://shop.example/result",
    PAY_CONFIRM_TOKEN: "optional",
    PAY_CONFIRM_DEADLINE_MS: "6000",
    PAY_SECRETS: "env",
    PAY_MERCHANT_KEYS: "[]",
    PAY_RESULT_ULR: "https://shop.example/result",
    AWS_ENDPOINT_URL_DYNAMODB: "http://127.0.0.1:9",
  });
  expect(status).toBe(1);
  for (const problem of [
    "PAY_MID: required",
    "PAY_SANDBOX: accept is not allowed with PAY_STAGE prod",
    "PAY_STAGE: is dev, but --stage says prod",
    "PAY_RESULT_URL: http is not allowed with PAY_STAGE prod",
    "PAY_CONFIRM_TOKEN: optional is not allowed with PAY_STAGE prod",
    "PAY_CONFIRM_DEADLINE_MS: must be below 5000",
    "PAY_SECRETS: a deployment reads them from ssm:/portone-ksnet-hong/prod/, not from env",
    "PAY_MERCHANT_KEYS: is read from /portone-ksnet-hong/prod/PAY_MERCHANT_KEYS",
    "PAY_RESULT_ULR: unknown setting",
    "AWS_ENDPOINT_URL_DYNAMODB: prod speaks with AWS itself",
    "the secrets under /portone-ksnet-hong/prod/ cannot be read",
  ])
    expect(stderr).toContain(`- ${problem}`);
  expectNothingBuilt();
});

it.each([
  ["deploy", [], "--stage wants dev or prod; usage: npm run deploy -- "],
  ["remove", [], "--stage wants dev or prod; usage: npm run remove -- "],
  ["remove", ["--stage", "dev", "--force"], "--force'; usage: npm run remove -- "],
])("%s %j is refused", (program, args, message) => {
  const { status, stdout, stderr } = run(program, args);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
  expect(stderr).toMatch(/^[^\n]*\n$/);
  expectNothingBuilt();
});

it("a secret's value is told nobody", { timeout: 30_000 }, () => {
  const { stdout, stderr } = run("deploy", ["--stage", "dev"], { PAY_PORTONE_SECRET: "비밀-4711" });
  expect(stdout + stderr).toContain("- PAY_PORTONE_SECRET: is read from");
  expect(stdout + stderr).not.toContain("4711");
});
