// The host's side of one sandbox: starts the worker thread, hands it one invocation at a time, and ends it
// by force on a time-out or when a fault says so. A sandbox never comes back once it has ended.
import { Worker } from "node:worker_threads";
import { splitLines } from "../processes/line-splitter.ts";
import type {
  FunctionError,
  InvocationContext,
  InvokeMessage,
  SandboxData,
  SandboxMessage,
} from "./sandbox-messages.ts";

export type Invocation =
  | { readonly outcome: "succeeded"; readonly payload: string }
  | { readonly outcome: "failed"; readonly error: FunctionError };

export interface SandboxThreadOptions extends SandboxData {
  readonly program: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly onLine: (line: string) => void;
}

/** Lambda gives INIT ten seconds. */
const initLimitMs = 10_000;
/** The share of a function's memory that Node may fill with objects; the rest is code, stacks and buffers. */
const heapShare = 0.9;

export class SandboxThread {
  readonly #worker: Worker;
  #sync: ((invocation: Invocation) => void) | null = null;
  #requestId = "init";
  #isAlive = true;
  /** How the thread is said to have ended, if it ends before it answers. */
  #cause: FunctionError = { errorType: "Runtime.ExitError", errorMessage: "Error: Runtime exited" };

  constructor({ program, environment, memoryMb, onLine, ...data }: SandboxThreadOptions) {
    this.#worker = new Worker(program, {
      eval: true,
      workerData: data satisfies SandboxData,
      env: { ...environment },
      argv: [],
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: Math.floor(memoryMb * heapShare) },
    });
    const onOutput = splitLines(onLine);
    this.#worker.on("message", (message: SandboxMessage) => this.#receive(message, onOutput));
    // Only what Node itself prints (warnings) comes this way; nothing of a function reaches our own streams.
    for (const stream of [this.#worker.stdout, this.#worker.stderr])
      stream.setEncoding("utf8").on("data", splitLines(onLine));
    this.#worker.on("error", (error: Error & { code?: string }) => {
      this.#cause =
        error.code === "ERR_WORKER_OUT_OF_MEMORY"
          ? {
              errorType: "Runtime.OutOfMemory",
              errorMessage: "Error: Runtime exited with error: signal: killed",
            }
          : { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") };
    });
    this.#worker.on("exit", () => {
      this.#isAlive = false;
      this.#finish({ outcome: "failed", error: this.#cause });
    });
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Resolves with null when the function is loaded and primed, or with why it is not (it has ended then). */
  async start(): Promise<FunctionError | null> {
    const started = await this.#untilSynced(initLimitMs, () => ({
      errorType: "Sandbox.Timedout",
      errorMessage: `Init timed out after ${seconds(initLimitMs)} seconds`,
    }));
    if (started.outcome === "succeeded") return null;
    this.end();
    return started.error;
  }

  /** Runs one invocation to its end. Never rejects; a time-out or a crash ends the sandbox. */
  run(event: string, context: InvocationContext): Promise<Invocation> {
    this.#requestId = context.awsRequestId;
    const finished = this.#untilSynced(context.timeoutMs, () => ({
      errorType: "Sandbox.Timedout",
      errorMessage: `RequestId: ${this.#requestId} Error: Task timed out after ${seconds(context.timeoutMs)} seconds`,
    }));
    this.#worker.postMessage({ event, context } satisfies InvokeMessage);
    return finished;
  }

  /** Ends the thread at once; a running invocation fails as if its runtime had exited. */
  end(cause?: FunctionError): void {
    this.#isAlive = false;
    if (cause) this.#cause = cause;
    void this.#worker.terminate();
  }

  /** Resolves when the thread is gone. */
  async ended(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(message: SandboxMessage, onOutput: (chunk: string) => void): void {
    if (message.type === "output") onOutput(message.text);
    // An answer that was on its way when the sandbox was ended is an answer nobody got.
    else if (!this.#isAlive) return;
    else if (message.type === "ready") this.#finish({ outcome: "succeeded", payload: "null" });
    else if (message.type === "succeeded") this.#finish({ outcome: "succeeded", payload: message.payload });
    else this.#finish({ outcome: "failed", error: message.error });
  }

  #untilSynced(limitMs: number, onTimeout: () => FunctionError): Promise<Invocation> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.end(onTimeout()), limitMs);
      this.#sync = (invocation) => {
        clearTimeout(timer);
        resolve(invocation);
      };
    });
  }

  #finish(invocation: Invocation): void {
    const sync = this.#sync;
    this.#sync = null;
    sync?.(invocation);
  }
}

const seconds = (ms: number): string => (ms / 1000).toFixed(2);
