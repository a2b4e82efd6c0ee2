// Runs inside a worker thread: one function's execution environment, as Lambda's Node 24 runtime gives it.
// Loads the bundle once, then runs one invocation after another. It must not import anything of the product
// and must not know who calls.
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type {
  FunctionError,
  InvocationContext,
  InvokeMessage,
  SandboxData,
  SandboxMessage,
} from "./sandbox-messages.ts";
import { installVirtualDate } from "./virtual-date.ts";

type Handler = (event: unknown, context: unknown) => unknown;

if (!parentPort) throw new Error("sandbox.ts runs as a worker thread");
const host = parentPort;
const { modulePath, handlerName, sharedOffsetMs } = workerData as SandboxData;
const send = (message: SandboxMessage) => host.postMessage(message);

installVirtualDate(sharedOffsetMs);
// Output takes the same way as results, so that an invocation's lines are all there before its answer.
for (const stream of [process.stdout, process.stderr])
  stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    send({ type: "output", text: typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8") });
    const done = rest.find((argument) => typeof argument === "function");
    if (done) process.nextTick(done);
    return true;
  };

loadHandler().then(
  (handler) => {
    host.on("message", (message: InvokeMessage) => {
      invoke(handler, message).then(send, (error: unknown) =>
        send({ type: "failed", error: describe(error) }),
      );
    });
    send({ type: "ready" });
  },
  (error: unknown) => send({ type: "init_failed", error: describe(error) }),
);

async function loadHandler(): Promise<Handler> {
  const loaded: Record<string, unknown> = await import(pathToFileURL(modulePath).href);
  const handler = loaded[handlerName];
  if (typeof handler !== "function")
    throw named("Runtime.HandlerNotFound", `${handlerName} is not a function`);
  // Node 24 on Lambda knows no callbacks; a handler that waits for one would never answer.
  if (handler.length > 2) throw named("Runtime.CallbackHandlerDeprecated", "handlers must return a promise");
  return (event, context) => handler(event, context);
}

async function invoke(handler: Handler, { event, context }: InvokeMessage): Promise<SandboxMessage> {
  const result = handler(JSON.parse(event), contextOf(context));
  // What is returned without a promise is not waited for, and Lambda answers null.
  const value = result instanceof Promise || isThenable(result) ? await result : null;
  try {
    return { type: "succeeded", payload: JSON.stringify(value) ?? "null" };
  } catch (error) {
    throw named(
      "Runtime.MarshalError",
      `the result is not JSON: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function contextOf({ timeoutMs, ...context }: InvocationContext) {
  const startedAtMs = performance.now();
  return {
    ...context,
    functionVersion: "$LATEST",
    logGroupName: `/aws/lambda/${context.functionName}`,
    logStreamName: process.env["AWS_LAMBDA_LOG_STREAM_NAME"],
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(startedAtMs + timeoutMs - performance.now())),
  };
}

const isThenable = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";

function describe(error: unknown): FunctionError {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") };
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
