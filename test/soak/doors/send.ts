// Sends a request as it is: no URL is tidied and no header added that nobody asked for.
import http from "node:http";
import type { Exchange, WireRequest } from "./request.ts";

type Sent = Pick<Exchange, "status" | "headers" | "text" | "isFailed">;

const agent = new http.Agent({ keepAlive: true, maxSockets: 4 });

export function send(gatewayUrl: string, request: WireRequest): Promise<Sent> {
  return request.kind === "http" ? sendHttp(gatewayUrl, request) : invoke(gatewayUrl, request);
}

async function invoke(
  gatewayUrl: string,
  { functionName, event }: Extract<WireRequest, { kind: "direct" }>,
): Promise<Sent> {
  const target = `/2015-03-31/functions/${functionName}/invocations`;
  const body = Buffer.from(JSON.stringify(event), "utf8");
  const { headers, text } = await exchange(gatewayUrl, { method: "POST", target, headers: {}, body });
  const answer = JSON.parse(text) as { readonly status?: unknown } | null;
  const status = typeof answer?.status === "number" ? answer.status : 200;
  return { status, headers, text, isFailed: headers["x-amz-function-error"] !== undefined };
}

async function sendHttp(gatewayUrl: string, request: Extract<WireRequest, { kind: "http" }>): Promise<Sent> {
  const { method, target, body } = request;
  const headers: Record<string, string[]> = {};
  for (const [name, value] of request.headers) headers[name] = [...(headers[name] ?? []), value];
  const answer = await exchange(gatewayUrl, { method, target, headers, body });
  return { ...answer, isFailed: answer.status === 500 && answer.text.includes("Internal Server Error") };
}

interface Raw {
  readonly method: string;
  readonly target: string;
  readonly headers: http.OutgoingHttpHeaders;
  readonly body: Buffer | null;
}

function exchange(
  gatewayUrl: string,
  { method, target, headers, body }: Raw,
): Promise<Omit<Sent, "isFailed">> {
  const { hostname, port } = new URL(gatewayUrl);
  return new Promise((resolve, reject) => {
    const length = body === null ? {} : { "content-length": body.length };
    const request = http.request({
      agent,
      hostname,
      port,
      method,
      path: target,
      headers: { ...headers, ...length },
    });
    request.on("error", reject);
    request.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(
            Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
          ),
          text: Buffer.concat(chunks).toString("utf8"),
        }),
      );
    });
    request.end(body ?? undefined);
  });
}
