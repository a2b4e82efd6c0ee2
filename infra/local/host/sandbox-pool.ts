// The sandboxes of one function: one per concurrent invocation, each with fresh module state, kept and used
// again while idle, like Lambda's execution environments. It must not know what an invocation is about.
import { randomUUID } from "node:crypto";
import { sandboxEnvironment } from "./sandbox-environment.ts";
import { sandboxIdOf } from "./sandbox-id.ts";
import type { FunctionError } from "./sandbox-messages.ts";
import { type Invocation, SandboxThread } from "./sandbox-thread.ts";
import type { LambdaFunction } from "./template.ts";

export interface SandboxPoolOptions {
  readonly definition: LambdaFunction;
  readonly program: string;
  readonly modulePath: string;
  readonly sharedOffsetMs: SharedArrayBuffer;
  /** Invocations beyond this many at a time wait for one to end; a laptop is no data centre. */
  readonly mostSandboxes: number;
  /** The settings of one sandbox; told its id, because outgoing calls are told apart by it. */
  readonly settingsFor: (sandboxId: string) => Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
}

export interface Sandbox {
  readonly id: string;
  readonly functionName: string;
  /** False until the first invocation is handed to it: what it calls before that is INIT's. */
  hasServed: boolean;
  /** Ends it at once, as when its runtime crashed. */
  crash(): void;
}

interface Member extends Sandbox {
  readonly thread: SandboxThread;
}

export class SandboxPool {
  readonly #options: SandboxPoolOptions;
  readonly #members = new Map<string, Member>();
  readonly #idle: Member[] = [];
  readonly #waiting: (() => void)[] = [];
  #places: number;
  #started = 0;

  constructor(options: SandboxPoolOptions) {
    this.#options = options;
    this.#places = options.mostSandboxes;
  }

  find(sandboxId: string): Sandbox | undefined {
    return this.#members.get(sandboxId);
  }

  /** Runs one invocation, starting a sandbox when none is idle. Never rejects. */
  async invoke(event: string, requestId: string = randomUUID()): Promise<Invocation> {
    await this.#takePlace();
    try {
      return await this.#runInSandbox(event, requestId);
    } finally {
      this.#freePlace();
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#members.values()].map(({ thread }) => thread.ended()));
  }

  async #runInSandbox(event: string, requestId: string): Promise<Invocation> {
    const member = this.#takeIdle() ?? (await this.#startMember());
    if ("errorType" in member) {
      this.#report("init_failed", requestId, member);
      return { outcome: "failed", error: member };
    }
    const { definition } = this.#options;
    member.hasServed = true;
    const invocation = await member.thread.run(event, {
      functionName: definition.deployedName,
      memoryLimitInMB: String(definition.memoryMb),
      invokedFunctionArn: definition.arn,
      awsRequestId: requestId,
      timeoutMs: definition.timeoutMs,
    });
    if (invocation.outcome === "failed") this.#report("invocation_failed", requestId, invocation.error);
    if (member.thread.isAlive) this.#idle.push(member);
    else this.#members.delete(member.id);
    return invocation;
  }

  #takeIdle(): Member | undefined {
    // Last in, first out: the warmest one, as Lambda does.
    for (let member = this.#idle.pop(); member; member = this.#idle.pop()) {
      if (member.thread.isAlive) return member;
      this.#members.delete(member.id);
    }
    return undefined;
  }

  async #startMember(): Promise<Member | FunctionError> {
    const { definition, settingsFor, program, modulePath, sharedOffsetMs, onLine } = this.#options;
    this.#started += 1;
    const id = sandboxIdOf(definition.name, this.#started);
    const thread = new SandboxThread({
      program,
      modulePath,
      handlerName: definition.handlerName,
      sharedOffsetMs,
      environment: sandboxEnvironment(definition, id, settingsFor(id)),
      memoryMb: definition.memoryMb,
      onLine,
    });
    const crash = () =>
      thread.end({
        errorType: "Runtime.ExitError",
        errorMessage: "Error: Runtime exited with error: exit status 1",
      });
    const member: Member = { id, functionName: definition.name, hasServed: false, crash, thread };
    this.#members.set(id, member);
    const failure = await thread.start();
    if (failure) this.#members.delete(id);
    return failure ?? member;
  }

  #takePlace(): Promise<void> {
    if (this.#places > 0) {
      this.#places -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #freePlace(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#places += 1;
  }

  #report(event: string, requestId: string, { errorType, errorMessage, trace }: FunctionError): void {
    const line = { level: "error", function: this.#options.definition.name, request_id: requestId, event };
    this.#options.onLine(
      JSON.stringify({ ...line, error_type: errorType, error_message: errorMessage, trace }),
    );
  }
}
