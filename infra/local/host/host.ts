// The function host: the deployed routes and functions on one local port, behind API Gateway's answers and
// limits, with Lambda's Invoke path and the levers under /_local. It runs the built bundles and pretends
// nothing about them.
import { randomUUID } from "node:crypto";
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { decodePath, toHttpEvent } from "./api-gateway-event.ts";
import { gatewayAnswer, type HttpAnswer, internalServerError, toHttpAnswer } from "./api-gateway-result.ts";
import type { CallAccess } from "./call-access.ts";
import { CallRecord } from "./call-record.ts";
import { deliverName, functionsWith } from "./events/deliver-function.ts";
import { LocalEvents } from "./events/local-events.ts";
import { answerInvoke, invokePath } from "./invoke-api.ts";
import { answerLocalControl, type LocalControl } from "./local-control.ts";
import { LocalFaults } from "./local-faults.ts";
import { createNextDue } from "./next-due.ts";
import { type OutgoingProxy, startOutgoingProxy } from "./outgoing-proxy.ts";
import { answerReference } from "./reference-page.ts";
import { matchRoute } from "./route-table.ts";
import { functionNameOf } from "./sandbox-id.ts";
import { SandboxPool } from "./sandbox-pool.ts";
import { loadSandboxProgram } from "./sandbox-program.ts";
import type { LambdaFunction, Template } from "./template.ts";
import { VirtualClock } from "./virtual-clock.ts";

export interface HostOptions {
  readonly template: Template;
  /** Holds one folder per function, with what its zip holds. */
  readonly codeDir: string;
  /** PAY_* laid over the template's, for every function. */
  readonly environment: Readonly<Record<string, string>>;
  readonly dynamodbUrl: string;
  readonly portoneUrl: string;
  /** Asked by functions whose PAY_SECRETS is a path. */
  readonly parameterStoreUrl?: string;
  /** Where the simulator's levers are, so that its clock moves together with the functions'. */
  readonly simulatorControlUrl?: string;
  /** 0 takes any free one. */
  readonly port: number;
  readonly host: string;
  /** Gets each line a function writes. */
  readonly log: (line: string) => void;
  /** Told of each call that a function makes to AWS. */
  readonly onAccess?: (access: CallAccess) => void;
}

export interface Host {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

const mostSandboxesPerFunction = 16;
const largestBodyBytes = 10 * 1024 * 1024;
const largestEventBytes = 6 * 1024 * 1024;
const largestHeadBytes = 10_240;
const gatewayLimitMs = 30_000;

export async function startHost(options: HostOptions): Promise<Host> {
  const pools = new Map<string, SandboxPool>();
  const findPool = (functionName: string) => pools.get(functionName);
  const findSandbox = (sandboxId: string) => findPool(functionNameOf(sandboxId))?.find(sandboxId);
  const record = new CallRecord();
  const faults = new LocalFaults();
  const clock = new VirtualClock();
  const nextDue = createNextDue(options.dynamodbUrl, options.environment["PAY_TABLE"] ?? "");
  const isClocked = (name: string) => options.template.routes.every((route) => route.functionName !== name);
  const functions = functionsWith(options.template, options.environment);
  const { pipe } = options.template;
  const events =
    pipe === undefined
      ? null
      : new LocalEvents({ pipe, nowMs: () => clock.nowMs(), findPool: () => findPool(deliverName) });
  const proxy = await startOutgoingProxy({
    ...options,
    record,
    faults,
    findSandbox,
    onEvent: (image) => events?.take(image),
  });
  const control: LocalControl = {
    record,
    faults,
    clock,
    simulatorControlUrl: options.simulatorControlUrl ?? null,
    nextDueAtMs: nextDue.atMs,
    run: (name) => (isClocked(name) ? (findPool(name)?.invoke("{}") ?? null) : null),
    events,
  };
  const server = http.createServer({ maxHeaderSize: largestHeadBytes * 4 }, (request, response) => {
    void answerRequest(request, { options, functions, pools, control, clock }).then((answer) =>
      write(response, answer),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${options.host}:${port}`;
  const program = await loadSandboxProgram();
  for (const definition of functions)
    pools.set(definition.name, createPool(definition, { options, proxy, program, clock, url }));
  return {
    url,
    port,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all([...pools.values()].map((pool) => pool.close()));
      await proxy.close();
      nextDue.close();
    },
  };
}

interface PoolParts {
  readonly options: HostOptions;
  readonly proxy: OutgoingProxy;
  readonly program: string;
  readonly clock: VirtualClock;
  readonly url: string;
}

function createPool(
  definition: LambdaFunction,
  { options, proxy, program, clock, url }: PoolParts,
): SandboxPool {
  return new SandboxPool({
    definition,
    program,
    modulePath: moduleOf(definition, options.codeDir),
    sharedOffsetMs: clock.sharedOffsetMs,
    mostSandboxes: mostSandboxesPerFunction,
    settingsFor: (sandboxId) => ({
      ...definition.environment,
      PAY_PUBLIC_URL: url,
      ...options.environment,
      PAY_DYNAMODB_ENDPOINT: proxy.awsUrl,
      ...(options.parameterStoreUrl && { AWS_ENDPOINT_URL_SSM: proxy.awsUrl }),
      PAY_PORTONE_URL: proxy.portoneUrlFor(sandboxId),
    }),
    onLine: options.log,
  });
}

/** `dist/<name>/index.handler` means `index.mjs` there: the zips hold no other form of it. */
const moduleOf = ({ name, handler, handlerName }: LambdaFunction, codeDir: string): string =>
  join(codeDir, name, `${handler.slice(0, -handlerName.length - 1)}.mjs`);

interface Parts {
  readonly options: HostOptions;
  readonly functions: readonly LambdaFunction[];
  readonly pools: ReadonlyMap<string, SandboxPool>;
  readonly control: LocalControl;
  readonly clock: VirtualClock;
}

async function answerRequest(request: IncomingMessage, parts: Parts): Promise<HttpAnswer> {
  const target = request.url ?? "/";
  const method = request.method ?? "GET";
  const headBytes = request.rawHeaders.reduce(
    (sum, text) => sum + Buffer.byteLength(text) + 2,
    method.length + target.length + 12,
  );
  if (headBytes > largestHeadBytes) return gatewayAnswer(431, "Request Header Fields Too Large");
  const body = await readBody(request);
  if (body === null) return gatewayAnswer(413, "Request Entity Too Large");
  if (target.startsWith("/_local/")) return answerLocalControl(method, target, body, parts.control);
  const invoked = invokePath.exec(target);
  if (invoked) {
    const named = decodeURIComponent(invoked[1] ?? "");
    const definition = parts.functions.find(
      ({ name, deployedName, arn }) => name === named || deployedName === named || arn === named,
    );
    const pool = definition && parts.pools.get(definition.name);
    return answerInvoke(request.headers, body, named, pool);
  }
  return answerRoute(request, method, target, body, parts);
}

async function answerRoute(
  request: IncomingMessage,
  method: string,
  target: string,
  body: Buffer,
  { options, pools, clock }: Parts,
): Promise<HttpAnswer> {
  const path = decodePath(target);
  if (path === null) return gatewayAnswer(404, "Not Found");
  const match = matchRoute(options.template.routes, method, path);
  const pool = match && pools.get(match.route.functionName);
  // A deployed route of the same address comes first.
  if (!match || !pool)
    return (
      (await answerReference(method, path, request.headers.host ?? "")) ?? gatewayAnswer(404, "Not Found")
    );
  const requestId = randomUUID();
  const received = {
    method,
    target,
    rawHeaders: request.rawHeaders,
    body,
    sourceIp: request.socket.remoteAddress ?? "",
  };
  const event = JSON.stringify(toHttpEvent(received, match, { requestId, nowMs: clock.nowMs() }));
  if (Buffer.byteLength(event) > largestEventBytes) return gatewayAnswer(413, "Request Entity Too Large");
  let limit: NodeJS.Timeout | undefined;
  const tooLate = new Promise<"too_late">((resolve) => {
    limit = setTimeout(() => resolve("too_late"), gatewayLimitMs);
  });
  const invocation = await Promise.race([pool.invoke(event, requestId), tooLate]);
  clearTimeout(limit);
  if (invocation === "too_late") return gatewayAnswer(503, "Service Unavailable");
  return invocation.outcome === "succeeded" ? toHttpAnswer(invocation.payload) : internalServerError;
}

/** Null when it is larger than API Gateway takes; the rest is read and dropped, so that the answer arrives. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes <= largestBodyBytes) chunks.push(chunk as Buffer);
  }
  return bytes > largestBodyBytes ? null : Buffer.concat(chunks);
}

function write(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  // What no function was asked about has a number all the same, so that whoever reports it can name it.
  const named = { "x-request-id": randomUUID(), ...headers, "content-length": body.length };
  response.writeHead(status, named as http.OutgoingHttpHeaders);
  response.end(body);
}
