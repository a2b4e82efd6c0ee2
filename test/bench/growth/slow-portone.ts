// A PortOne that answers every question as the simulator did when it was asked first, after its latency: the simulator
// checks each of its answers against PortOne's document, which costs more than what is measured.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface SlowPortOne {
  readonly url: string;
  latencyMs: number;
  /** Questions and logins since somebody emptied it. */
  asked: { readonly path: string; readonly atMs: number }[];
  close(): void;
}

const keptMs = 60_000;

export async function startSlowPortOne(simulatorUrl: string): Promise<SlowPortOne> {
  const kept = new Map<string, Promise<Answer>>();
  const server = createServer(async (request, response) => {
    const { method = "GET", url: path = "/" } = request;
    const body = await bodyOf(request);
    portone.asked.push({ path, atMs: performance.now() });
    if (method !== "GET") return answer(response, await forward(simulatorUrl, request, body));
    const known = kept.get(path) ?? forward(simulatorUrl, request, "");
    kept.set(path, known);
    const [first] = await Promise.all([known, new Promise((r) => setTimeout(r, portone.latencyMs))]);
    answer(response, first);
  });
  // Whoever waits while a table is filled keeps his connection.
  server.keepAliveTimeout = keptMs;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const portone: SlowPortOne = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    latencyMs: 0,
    asked: [],
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return portone;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  request.setEncoding("utf8");
  for await (const part of request) text += part;
  return text;
}

async function forward(
  simulatorUrl: string,
  { method = "GET", url = "/", headers }: IncomingMessage,
  body: string,
): Promise<Answer> {
  const asked = await fetch(`${simulatorUrl}${url}`, {
    method,
    headers: { "content-type": "application/json", authorization: headers.authorization ?? "" },
    ...(body !== "" && { body }),
  });
  return { status: asked.status, body: await asked.text() };
}

function answer(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
  });
  response.end(body);
}
