// The folder of a run: one user at a time, and only processes that are known again are ever ended.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readOrCreateKeys } from "../../infra/local/processes/local-keys.ts";
import { endProcess, isAlive, markProcess } from "../../infra/local/processes/process-mark.ts";
import { openRunFolder } from "../../infra/local/processes/run-folder.ts";

let dir: string;
const children: ChildProcess[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "폴더-"));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(dir, { recursive: true, force: true });
});

/** A process that is there to be ended, once it has said that it is up. */
async function sleeper(script = ""): Promise<{ child: ChildProcess; pid: number }> {
  const child = spawn(process.execPath, ["-e", `${script}; setInterval(() => {}, 1000); console.log("up")`], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  children.push(child);
  await once(child.stdout, "data");
  return { child, pid: child.pid ?? 0 };
}

it("is refused while somebody has it and free again afterwards", async () => {
  const first = await openRunFolder(dir);
  await expect(openRunFolder(dir)).rejects.toThrow(`${dir} is in use by another run`);
  first.release();
  (await openRunFolder(dir)).release();
});

it("ends the processes a run remembered and did not end", async () => {
  const left = await sleeper();
  const first = await openRunFolder(dir);
  first.remember("dynamodb", left.pid);
  first.release();
  const ended = once(left.child, "exit");
  (await openRunFolder(dir)).release();
  expect(await ended).toEqual([null, "SIGTERM"]);
});

it("spares a stranger who got the number of a process that is gone", async () => {
  const stranger = await sleeper();
  const mark = markProcess("dynamodb", stranger.pid);
  const remembered = { ...mark, identity: "1 /old/program --port 8000" };
  writeFileSync(join(dir, "processes.json"), JSON.stringify([remembered]));
  (await openRunFolder(dir)).release();
  expect(mark && isAlive(mark)).toBe(true);
});

it("forces a process that does not listen", async () => {
  const deaf = await sleeper('process.on("SIGTERM", () => {})');
  const mark = markProcess("host", deaf.pid);
  const ended = once(deaf.child, "exit");
  expect(mark && (await endProcess(mark))).toBe(true);
  expect(await ended).toEqual([null, "SIGKILL"]);
});

it("does not know a process that is gone", async () => {
  const gone = await sleeper();
  gone.child.kill("SIGKILL");
  await once(gone.child, "exit");
  expect(markProcess("host", gone.pid)).toBeNull();
});

it("is no business of git and linters, wherever it lies", async () => {
  (await openRunFolder(dir)).release();
  expect(readFileSync(join(dir, ".gitignore"), "utf8")).toBe("*\n");
});

it("keeps random keys that only their owner can read", () => {
  const file = join(dir, "keys.json");
  const keys = readOrCreateKeys(file);
  expect(readOrCreateKeys(file)).toEqual(keys);
  expect(readOrCreateKeys(null)).not.toEqual(readOrCreateKeys(null));
  expect(keys.merchantKey).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(Buffer.from(keys.urlKey, "base64")).toHaveLength(32);
  if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
});

it("says so when the file for the keys holds none", () => {
  const file = join(dir, "keys.json");
  writeFileSync(file, "{}");
  expect(() => readOrCreateKeys(file)).toThrow(`${file} holds no keys`);
});
