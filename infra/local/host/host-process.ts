// The function host as a process of its own: told what to run over IPC, gone when its parent is. It then
// also ends the embedded DynamoDB, which does not notice a parent's death by itself.
import { createWriteStream } from "node:fs";
import { type HostOptions, startHost } from "./host.ts";
import { readTemplate } from "./template.ts";

export interface HostProcessOptions extends Omit<HostOptions, "template" | "log" | "onAccess"> {
  readonly templatePath: string;
  /** Where the functions' lines go; null is stderr. */
  readonly logFile: string | null;
  readonly dynamodbPid: number | null;
}

export type HostProcessMessage =
  | { readonly type: "ready"; readonly url: string; readonly port: number }
  | { readonly type: "failed"; readonly why: string };

process.once("message", (message: HostProcessOptions) => {
  run(message).catch((error: unknown) => {
    tell({ type: "failed", why: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  });
});
// Ctrl-C reaches the whole group; the parent decides when this process ends.
process.on("SIGINT", () => {});

const tell = (message: HostProcessMessage) => process.send?.(message);

async function run({ templatePath, logFile, dynamodbPid, ...options }: HostProcessOptions): Promise<void> {
  process.on("disconnect", () => {
    if (dynamodbPid !== null) endProcess(dynamodbPid);
    process.exit(0);
  });
  const output = logFile === null ? process.stderr : createWriteStream(logFile, { flags: "a" });
  const host = await startHost({
    ...options,
    template: readTemplate(templatePath),
    log: (line) => output.write(`${line}\n`),
  });
  tell({ type: "ready", url: host.url, port: host.port });
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGTERM");
  } catch {
    // It has ended already, which is what was wanted.
  }
}
