// `npm run console` as the operator's shell runs it: where it goes, and how the key reaches it.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { consoleKey, startFakeApi, Visitor } from "../support/console.ts";

const main = join(import.meta.dirname, "../../infra/console/main.ts");
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [main, ...args], {
    env: { PATH, ...environment },
    stdio: "pipe",
  });
  started.push(child);
  let told = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      told += chunk;
    });
  return { child, told: () => told };
}

it("takes the key from its environment, and prints an address that lets in, and no key", async () => {
  const api = await startFakeApi();
  api.answer = () => ({ status: 200, body: { orders: [], cursor: null } });
  const { child, told } = run(["--url", api.url, "--lang", "en"], { CONSOLE_KEY: consoleKey });
  while (!/enter\?code=\S+\n/.test(told())) await once(child.stdout, "data");
  const [address = ""] = /http:\S+/.exec(told().slice(told().indexOf("Open this"))) ?? [];
  const visitor = new Visitor(address);
  expect((await visitor.get(new URL(address).pathname + new URL(address).search)).status).toBe(303);
  expect((await visitor.get("/orders")).text).toContain("No orders were created on");
  expect(told()).not.toContain(consoleKey);
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  await api.close();
});

it.each<[string, readonly string[], RegExp]>([
  [
    "a key that others could read",
    ["--url", "https://pay.test", "--key", consoleKey],
    /Unknown option '--key'/,
  ],
  ["a network that could", ["--url", "http://pay.test"], /--url wants https/],
  ["no address", [], /--url wants the address/],
  ["a port that is none", ["--url", "https://pay.test", "--port", "x"], /--port wants/],
  ["a language it does not speak", ["--url", "https://pay.test", "--lang", "fr"], /--lang wants/],
])("refuses %s", async (_, args, why) => {
  const { child, told } = run(args, { CONSOLE_KEY: consoleKey });
  expect(await once(child, "close")).toEqual([2, null]);
  expect(told()).toMatch(why);
  expect(told()).not.toContain(consoleKey);
});

it("ends where nobody can type a key, and takes none from elsewhere", async () => {
  const { child, told } = run(["--url", "https://pay.test"]);
  child.stdin.end(`${consoleKey}\n`);
  expect(await once(child, "close")).toEqual([1, null]);
  expect(told()).toContain("No key was given.");
});
