// The package as somebody else has it: packed, put into a folder of its own with its dependencies beside it, started
// by its bin, and used from a test of ESM, of CommonJS (as Jest loads it) and of TypeScript.
import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { requestPay } from "../testing/simulator-client.ts";

const packageDir = join(import.meta.dirname, "..");
const projectDir = join(packageDir, "../..");
const name = "portone-ksnet-simulator";

interface Manifest {
  readonly version: string;
  readonly private: boolean;
  readonly license: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

const readJson = <Json>(path: string) => JSON.parse(readFileSync(path, "utf8")) as Json;

let dir: string;
let files: readonly string[];
const installed = () => join(dir, "node_modules", name);

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), "설치-"));
  const said = execFileSync("npm", ["pack", "--json", "--silent", "--pack-destination", dir], {
    cwd: packageDir,
    encoding: "utf8",
  });
  const [packed] = JSON.parse(said.slice(said.indexOf("[\n"))) as [
    { readonly filename: string; readonly files: readonly { readonly path: string }[] },
  ];
  files = packed.files.map(({ path }) => path).sort();
  mkdirSync(installed(), { recursive: true });
  execFileSync("tar", ["-xzf", join(dir, packed.filename), "--strip-components=1", "-C", installed()]);
  const { dependencies, bin } = readJson<Manifest>(join(installed(), "package.json"));
  // What npm would fetch is on this machine already.
  for (const dependency of Object.keys(dependencies)) {
    mkdirSync(join(dir, "node_modules", dirname(dependency)), { recursive: true });
    symlinkSync(join(projectDir, "node_modules", dependency), join(dir, "node_modules", dependency));
  }
  mkdirSync(join(dir, "node_modules/.bin"));
  for (const [command, path] of Object.entries(bin)) {
    execFileSync("chmod", ["+x", join(installed(), path)]);
    symlinkSync(join(installed(), path), join(dir, "node_modules/.bin", command));
  }
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it("holds what it needs and nothing else", () => {
  const recipes = files.filter((path) => path.startsWith("recipes/"));
  expect(recipes).toContain("recipes/pay-and-refund.http");
  expect(recipes).toContain("recipes/seed.json");
  expect(files.filter((path) => !path.startsWith("recipes/"))).toEqual([
    "README.ko.md",
    "README.md",
    "dist/LICENSE",
    "dist/create-simulator.cjs",
    "dist/create-simulator.d.cts",
    "dist/iamport.js",
    "dist/main.cjs",
    "dist/window-page.css",
    "dist/window-page.js",
    "package.json",
  ]);
});

it("is for nobody's registry, and wants what the project has", () => {
  const own = readJson<Manifest>(join(packageDir, "package.json"));
  const project = readJson<Manifest & { readonly devDependencies: Readonly<Record<string, string>> }>(
    join(projectDir, "package.json"),
  );
  expect([own.private, own.license, own.version]).toEqual([true, project.license, project.version]);
  expect({ ...project.dependencies, ...project.devDependencies }).toMatchObject(own.dependencies);
  const required = [
    ...readFileSync(join(installed(), "dist/main.cjs"), "utf8").matchAll(/require\("([^"]+)"\)/g),
  ];
  const packages = required.flatMap(([, path = ""]) => (path.startsWith("node:") ? [] : [path]));
  expect([...new Set(packages)].sort()).toEqual(Object.keys(own.dependencies));
});

it("starts by its bin, with the seed file it comes with", async () => {
  const seedFile = join(installed(), "recipes/seed.json");
  const bin = join(dir, "node_modules/.bin", name);
  const child = spawn(bin, ["--seed", "7", "--seed-file", seedFile], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  const [line] = (await child.stdout.setEncoding("utf8").take(1).toArray()) as [string];
  expect(line).toMatch(/^READY \{"url":"http:\/\/127\.0\.0\.1:\d+","imp_key":"1765188497156413",/);
  const { url } = JSON.parse(line.slice("READY ".length)) as { url: string };
  const state = (await (await fetch(`${url}/_control/state`)).json()) as { payments: readonly unknown[] };
  expect(state.payments).toHaveLength(3);
  // What it reads from beside itself.
  for (const script of ["/v1/iamport.js", "/window-page.js"])
    expect((await fetch(`${url}${script}`)).headers.get("content-type")).toContain("text/javascript");
});

it("says how it is called by its own name", () => {
  const bin = join(dir, "node_modules/.bin", name);
  const said = execFileSync(bin, ["--help"], { encoding: "utf8" });
  expect(said).toMatch(/^usage: portone-ksnet-simulator \[--port N\] .*\[--seed-file FILE\]\n$/);
});

const story = (payment: object) => `
  const simulator = await createSimulator({ seed: 7, seedFile: { orders: [
    { merchant_uid: "ord-before", amount: 30000, status: "paid" } ] } });
  await simulator.control.pay(${JSON.stringify(payment)});
  const { payments } = await simulator.control.state();
  console.log(JSON.stringify([simulator.impKey, payments.map((each) => each.status)]));
  await simulator.close();`;

it.each([
  ["test.mjs", `import { createSimulator } from "${name}";${story(requestPay())}`],
  ["test.cjs", `const { createSimulator } = require("${name}");\n(async () => {${story(requestPay())}})();`],
])("serves %s in its own process", (file, text) => {
  writeFileSync(join(dir, file), text);
  const said = execFileSync(process.execPath, [file], { cwd: dir, encoding: "utf8" });
  expect(JSON.parse(said)).toEqual(["1765188497156413", ["paid", "paid"]]);
});

it("comes with types that stand by themselves", () => {
  const check = (text: string): string => {
    writeFileSync(join(dir, "test.mts"), text);
    const options = ["--ignoreConfig", "--noEmit", "--strict", "--module", "nodenext", "--types", "node"];
    const typeRoots = ["--typeRoots", join(projectDir, "node_modules/@types")];
    const tsc = join(projectDir, "node_modules/.bin/tsc");
    try {
      return execFileSync(tsc, [...options, ...typeRoots, "test.mts"], { cwd: dir, encoding: "utf8" });
    } catch (error) {
      return (error as { stdout: string }).stdout;
    }
  };
  const start = `import { createSimulator, type SeedRecords } from "${name}";\n`;
  const records =
    'const seedFile: SeedRecords = { orders: [{ merchant_uid: "a", amount: 1, status: "paid" }] };\n';
  const use = "const { url, control } = await createSimulator({ seedFile });\n";
  expect(
    check(`${start}${records}${use}const text: string = url;\nawait control.advance(1);\nvoid text;`),
  ).toBe("");
  expect(check(`${start}${records}${use}const wrong: number = url;\nvoid [wrong, control];`)).toContain(
    "TS2322",
  );
});
