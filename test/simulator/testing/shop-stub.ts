// A shop's confirm and notice doors for one test: it answers as told and keeps what it was sent.
import { createServer, type IncomingMessage } from "node:http";
import { onTestFinished } from "vitest";

export interface ShopRequest {
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
}

export interface ShopAnswer {
  readonly status: number;
  readonly body?: string;
  readonly location?: string;
}

export interface ShopStub {
  readonly url: string;
  readonly requests: ShopRequest[];
  /** Resolves when that many requests have come. */
  readonly received: (count: number) => Promise<ShopRequest[]>;
}

/** `answer` may return null to leave the caller waiting. */
export async function shopStub(
  answer: (request: ShopRequest) => ShopAnswer | null | Promise<ShopAnswer | null> = () => ({ status: 200 }),
): Promise<ShopStub> {
  const requests: ShopRequest[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer(async (incoming, outgoing) => {
    const request: ShopRequest = {
      path: incoming.url ?? "",
      contentType: incoming.headers["content-type"] ?? "",
      body: await readText(incoming),
    };
    requests.push(request);
    for (const wake of waiting.splice(0)) wake();
    const given = await answer(request);
    if (!given) return;
    const { status, body = "{}", location } = given;
    outgoing.writeHead(status, { "content-type": "application/json", ...(location && { location }) });
    outgoing.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const received = async (count: number) => {
    while (requests.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    return requests;
  };
  return { url: `http://127.0.0.1:${port}`, requests, received };
}

async function readText(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}
