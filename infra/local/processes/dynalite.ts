// The embedded DynamoDB of every other machine: JavaScript over LevelDB. It knows no streams, transactions or expiry
// and does not send a loser's item along; like dynoxide it outlives a killed parent, so its pid is recorded.
import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { withoutSettings } from "../host/environment.ts";

/** Starts it on `port`, keeping its tables in `folder`, or in memory without one. */
export const spawnDynalite = (port: number, folder: string | null): ChildProcess =>
  spawn(
    process.execPath,
    [
      createRequire(import.meta.url).resolve("dynalite/cli.js"),
      ...["--host", "127.0.0.1", "--port", String(port)],
      // A table is there when its creation was answered, as dynoxide has it; the default waits half a second.
      ...["--createTableMs", "0"],
      ...(folder === null ? [] : ["--path", folder]),
    ],
    { stdio: ["ignore", "ignore", "inherit"], env: withoutSettings(process.env) },
  );
