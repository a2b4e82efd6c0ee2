// What is packaged for a stage is of that stage, whatever the deployer's shell says.
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";

const projectDir = join(import.meta.dirname, "../..");
// A copy: packaging clears the folder whose template the other tests read.
const folder = mkdtempSync(join(tmpdir(), "package-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Template {
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        readonly Properties: { readonly Environment?: { readonly Variables: Record<string, unknown> } };
      }
    >
  >;
}

it("PAY_STAGE=dev in the environment does not make a prod table take test payments", {
  timeout: 60_000,
}, () => {
  for (const name of ["serverless.yml", "package.json", "infra/aws", "lib", "dist"])
    cpSync(join(projectDir, name), join(folder, name), { recursive: true });
  symlinkSync(join(projectDir, "node_modules"), join(folder, "node_modules"));
  const { status, stderr } = spawnSync("node_modules/.bin/osls", ["package", "--stage", "prod"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, PAY_STAGE: "dev" },
  });
  expect(status, stderr).toBe(0);
  const text = readFileSync(join(folder, ".serverless/cloudformation-template-update-stack.json"), "utf8");
  const functions = Object.values((JSON.parse(text) as Template).Resources).filter(
    ({ Type }) => Type === "AWS::Lambda::Function",
  );
  const stages = functions.map(({ Properties }) => Properties.Environment?.Variables["PAY_STAGE"]);
  expect(stages).toEqual(Array.from({ length: 10 }, () => "prod"));
});
