// What the host and a sandbox's thread say to each other. Events and results cross as JSON text, as they do
// between Lambda and its runtime: nothing that JSON cannot carry gets through.

export interface SandboxData {
  readonly modulePath: string;
  readonly handlerName: string;
  readonly sharedOffsetMs: SharedArrayBuffer;
}

/** The error object Lambda answers with. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** The parts of Lambda's context that differ between functions and calls. */
export interface InvocationContext {
  readonly functionName: string;
  readonly memoryLimitInMB: string;
  readonly invokedFunctionArn: string;
  readonly awsRequestId: string;
  readonly timeoutMs: number;
}

export interface InvokeMessage {
  readonly event: string;
  readonly context: InvocationContext;
}

export type SandboxMessage =
  | { readonly type: "ready" }
  | { readonly type: "init_failed"; readonly error: FunctionError }
  | { readonly type: "succeeded"; readonly payload: string }
  | { readonly type: "failed"; readonly error: FunctionError }
  | { readonly type: "output"; readonly text: string };
