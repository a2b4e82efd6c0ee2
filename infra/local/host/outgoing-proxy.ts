// Every outgoing call of the functions passes here on its way to the table or to PortOne: counted, charged,
// and hit by faults. Which sandbox calls is told by its access key (table) or by its base path (PortOne).
import http, { type IncomingMessage, type ServerResponse } from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { type CallAccess, readAccess } from "./call-access.ts";
import type { CallRecord } from "./call-record.ts";
import type { FaultName, LocalFaults } from "./local-faults.ts";
import { type OutgoingCall, templateOf } from "./outgoing-call.ts";
import { functionNameOf } from "./sandbox-id.ts";
import type { Sandbox } from "./sandbox-pool.ts";
import { askTable, chargeTable, imageAfter, type TableImage } from "./table-call.ts";

export interface OutgoingProxyOptions {
  readonly dynamodbUrl: string;
  readonly portoneUrl: string;
  /** Where functions whose secrets are no settings read them. */
  readonly parameterStoreUrl?: string;
  readonly record: CallRecord;
  readonly faults: LocalFaults;
  readonly findSandbox: (sandboxId: string) => Sandbox | undefined;
  /** Takes a line for whoever runs the host. */
  readonly log: (line: string) => void;
  /** Told of each call to AWS before it is made. */
  readonly onAccess?: (access: CallAccess) => void;
  /** Told of each item with an event in it that a write left in the table, whoever hears the answer. */
  readonly onEvent?: (image: TableImage) => void;
}

export interface OutgoingProxy {
  /** Of the table and of the parameter store. */
  readonly awsUrl: string;
  readonly portoneUrlFor: (sandboxId: string) => string;
  close(): Promise<void>;
}

const portonePrefix = /^\/portone\/([^/]+)(\/.*)$/;

export async function startOutgoingProxy(options: OutgoingProxyOptions): Promise<OutgoingProxy> {
  const agents = {
    "http:": new http.Agent({ keepAlive: true }),
    "https:": new https.Agent({ keepAlive: true }),
  };
  const server = http.createServer((request, response) => {
    void passOn(request, response, options, agents);
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    awsUrl: url,
    portoneUrlFor: (sandboxId) => `${url}/portone/${sandboxId}`,
    close: async () => {
      for (const agent of Object.values(agents)) agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Agents = { readonly "http:": http.Agent; readonly "https:": https.Agent };

async function passOn(
  request: IncomingMessage,
  response: ServerResponse,
  options: OutgoingProxyOptions,
  agents: Agents,
): Promise<void> {
  const body = await readAll(request);
  const call = identify(request, options);
  if (call !== null && "unknownPath" in call) {
    refuseUnknown(call.unknownPath, response, options.log);
    return;
  }
  if (!body || !call) {
    response.destroy();
    return;
  }
  options.record.count(call);
  if (call.service !== "portone")
    options.onAccess?.(readAccess(call.functionName, String(request.headers["x-amz-target"] ?? ""), body));
  const fault = options.faults.hit(call);
  const sandbox = options.findSandbox(call.sandboxId);
  if (fault === "crash_before") {
    sandbox?.crash();
    response.destroy();
    return;
  }
  if (fault && answerInstead(fault, response)) return;
  const isTable = call.service === "dynamodb";
  const path = portonePrefix.exec(request.url ?? "")?.[2] ?? request.url ?? "/";
  const upstream = upstreamOf(call, options);
  const asked = isTable ? askTable(body) : { body, wasAsked: true, pk: null, written: null };
  const answer = await forward(`${upstream.replace(/\/$/, "")}${path}`, request, asked.body, agents);
  const image = answer && imageAfter(asked, answer);
  if (image) options.onEvent?.(image);
  if (fault === "crash_after") sandbox?.crash();
  if (fault === "crash_after" || fault === "dynamodb_answer_lost_after_effect" || answer === null) {
    response.destroy();
    return;
  }
  const told = isTable ? chargeTable(call, answer, asked, options.record) : answer.body;
  // A broken-off answer is passed on as one: the caller must see what the provider's fault made of it.
  const {
    "content-length": _,
    "transfer-encoding": __,
    "x-amz-crc32": ___,
    connection: ____,
    ...headers
  } = answer.headers;
  response.writeHead(answer.status, { ...headers, ...(answer.isWhole && { "content-length": told.length }) });
  if (answer.isWhole) response.end(told);
  else response.write(told, () => response.destroy());
}

const upstreamOf = ({ service }: OutgoingCall, options: OutgoingProxyOptions): string =>
  ({ dynamodb: options.dynamodbUrl, portone: options.portoneUrl, ssm: options.parameterStoreUrl ?? "" })[
    service
  ];

/** A path nobody listed would make faults and counts miss silently, so it is not passed on. */
function refuseUnknown(path: string, response: ServerResponse, log: (line: string) => void): void {
  const message = `PortOne's path ${path} is not in the list of infra/local/host/outgoing-call.ts`;
  const at = new Date().toISOString();
  log(
    JSON.stringify({ level: "error", at, function: "host", request_id: "", event: "unknown_path", message }),
  );
  response.writeHead(501, { "content-type": "application/json" });
  response.end(JSON.stringify({ message }));
}

/** Faults that keep the call from the table; false for those that come after it. */
function answerInstead(fault: FaultName, response: ServerResponse): boolean {
  switch (fault) {
    case "dynamodb_throttled":
      response.writeHead(400, { "content-type": "application/x-amz-json-1.0" });
      response.end(
        JSON.stringify({
          __type: "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
          message: "The level of configured provisioned throughput for the table was exceeded.",
        }),
      );
      return true;
    case "dynamodb_down":
      response.destroy();
      return true;
    case "dynamodb_no_answer":
      return true;
    default:
      return false;
  }
}

function identify(
  request: IncomingMessage,
  options: OutgoingProxyOptions,
): OutgoingCall | { readonly unknownPath: string } | null {
  const portone = portonePrefix.exec(request.url ?? "");
  const credential = /Credential=([^/]+)\//.exec(request.headers.authorization ?? "");
  const sandboxId = portone?.[1] ?? credential?.[1];
  if (sandboxId === undefined) return null;
  const sandbox = options.findSandbox(sandboxId);
  const target = String(request.headers["x-amz-target"] ?? "");
  const path = (portone?.[2] ?? "").split("?")[0] ?? "";
  const template = templateOf(path);
  if (portone && template === null) return { unknownPath: `${request.method} ${path}` };
  return {
    service: portone ? "portone" : target.startsWith("AmazonSSM.") ? "ssm" : "dynamodb",
    sandboxId,
    functionName: functionNameOf(sandboxId),
    name: portone ? `${request.method} ${template}` : (target.split(".")[1] ?? ""),
    isInit: sandbox !== undefined && !sandbox.hasServed,
  };
}

interface UpstreamAnswer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  readonly isWhole: boolean;
}

/** The upstream's answer as far as it came; null when none came at all. */
function forward(
  url: string,
  { method, headers }: IncomingMessage,
  body: Buffer,
  agents: Agents,
): Promise<UpstreamAnswer | null> {
  return new Promise((resolve) => {
    const isTls = url.startsWith("https:");
    // What AWS's calls sign is the address they were made to.
    const { host, connection: _, ...passed } = headers;
    const request = (isTls ? https : http).request(url, {
      method: method ?? "GET",
      agent: agents[isTls ? "https:" : "http:"],
      headers: { ...passed, ...("x-amz-target" in headers && { host }), "content-length": body.length },
    });
    request.on("error", () => resolve(null));
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      const answer = (isWhole: boolean) =>
        resolve({
          status: response.statusCode ?? 502,
          headers: response.headers,
          body: Buffer.concat(chunks),
          isWhole,
        });
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => answer(true));
      response.on("error", () => answer(false));
    });
    request.end(body);
  });
}

async function readAll(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch {
    // The caller hung up before it had said everything; nothing was passed on.
    return null;
  }
}
