// The simulator in a process of its own, so that a load does not share its thread.
import { fork } from "node:child_process";
import { once } from "node:events";

export interface SimulatorProcess {
  readonly url: string;
  readonly impKey: string;
  readonly impSecret: string;
  readonly end: () => Promise<void>;
}

/** Resolves once it says READY; rejects when it ends before. */
export async function startSimulatorProcess(): Promise<SimulatorProcess> {
  const main = new URL("../simulator/main.ts", import.meta.url);
  const child = fork(main, ["--port", "0", "--seed", "7"], { silent: true });
  child.stderr?.pipe(process.stderr);
  const line = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      text += chunk.toString("utf8");
      if (text.includes("\n")) resolve(text);
    });
    child.once("exit", (code) => reject(new Error(`the simulator ended with ${code}`)));
  });
  const ready = JSON.parse(line.slice("READY ".length)) as {
    readonly url: string;
    readonly imp_key: string;
    readonly imp_secret: string;
  };
  const end = async () => {
    const gone = once(child, "exit");
    // It ends with the process that forked it.
    child.disconnect();
    await gone;
  };
  return { url: ready.url, impKey: ready.imp_key, impSecret: ready.imp_secret, end };
}
