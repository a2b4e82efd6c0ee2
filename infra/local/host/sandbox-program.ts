// The sandbox thread's code as one script. Built once per process: letting every thread strip the types of
// its own copy would double the time a sandbox needs to start (50 ms against 23).
import { join } from "node:path";
import { build } from "esbuild";

let program: Promise<string> | undefined;

/** CommonJS source for `new Worker(source, { eval: true })`. */
export function loadSandboxProgram(): Promise<string> {
  program ??= buildProgram();
  return program;
}

async function buildProgram(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "sandbox.ts")],
    absWorkingDir: import.meta.dirname,
    bundle: true,
    write: false,
    format: "cjs",
    platform: "node",
    target: "node24",
    logLevel: "error",
  });
  const text = outputFiles[0]?.text;
  if (text === undefined) throw new Error("the sandbox program produced no output");
  return text;
}
