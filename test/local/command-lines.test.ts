// The other command lines: each says how it is called, and names in one line what it cannot follow.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const projectDir = join(import.meta.dirname, "../..");

function run(program: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: projectDir,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const programs = [
  ["npm run simulator", "test/simulator/main.ts"],
  ["npm run soak", "test/soak/main.ts"],
  ["npm run build", "infra/build/bundle.ts"],
  ["npm run deploy", "infra/build/deploy.ts"],
  ["npm run remove", "infra/build/remove.ts"],
  ["npm run merchant-key", "infra/build/merchant-key.ts"],
  ["npm run client", "infra/build/client.ts"],
  ["npm run client-types", "infra/build/client-types.ts"],
  ["npm run bench", "test/bench/main.ts"],
  ["npx node test/bench/simulator-load.ts", "test/bench/simulator-load.ts"],
  ["npm run console", "infra/console/main.ts"],
  ["npm run screenshots", "test/browser/screenshots/main.ts"],
] as const;

it.each(programs)("%s says how it is called", (command, program) => {
  const { status, stdout, stderr } = run(program, "--help");
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(new RegExp(`^usage: ${command}.*\\n$`));
});

it.each(programs)("%s refuses what it does not know", (command, program) => {
  const { status, stdout, stderr } = run(program, "--onec");
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(new RegExp(`^.*'--onec'.*; usage: ${command}.*\\n$`));
});

it("every npm script installs what it needs, in a fresh clone too", () => {
  const { scripts } = JSON.parse(readFileSync(join(projectDir, "package.json"), "utf8")) as {
    readonly scripts: Readonly<Record<string, string>>;
  };
  const names = Object.keys(scripts).filter((name) => !name.startsWith("pre"));
  expect(names.length).toBeGreaterThan(9);
  for (const name of names) expect(scripts[`pre${name}`], name).toBe("node infra/build/deps.mjs");
});

it.each([
  ["test/simulator/main.ts", ["--seed", "1.5"], "--seed wants a whole number, not '1.5'"],
  ["test/simulator/main.ts", ["--port", "70000"], "--port wants a whole number up to 65535, not '70000'"],
  ["test/simulator/main.ts", ["--clock", "어제"], "--clock wants an ISO time, not '어제'"],
])("%s %j: %s", (program, args, message) => {
  const { status, stdout, stderr } = run(program, ...args);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(/^[^\n]*\n$/);
  expect(stderr).toContain(`${message}; usage: `);
});
