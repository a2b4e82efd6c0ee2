// A shop's own server that takes events: it believes what the library of Standard Webhooks accepts, and nothing else.
import http, { type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

export const eventsKey = `whsec_${Buffer.from("events-key-of-32-bytes-012345678").toString("base64")}`;

export interface EventDetail {
  readonly schema: number;
  readonly event_id: string;
  readonly merchant_uid: string;
  readonly imp_uid: string | null;
  readonly state: string;
  readonly previous: string;
  readonly amount: number;
  readonly cancel_amount: number;
  readonly remaining: number;
  readonly currency: string;
  readonly occurred_at: string;
  readonly late: boolean;
  readonly review_reason: string | null;
}

export interface Told {
  readonly type: string;
  readonly timestamp: string;
  readonly data: EventDetail;
}

export interface EventsShop {
  readonly url: string;
  /** What was accepted, each as often as it came. */
  readonly told: readonly Told[];
  /** Why something was not. */
  readonly refused: readonly string[];
  /** The statuses it answers with first; after that it has taken it. */
  readonly moods: number[];
  close(): Promise<void>;
}

/** The clock of functions and simulator may be anywhere, so that the verifier is told the time of the signature. */
export async function startEventsShop({ isRough = false } = {}): Promise<EventsShop> {
  const verifier = new Webhook(eventsKey);
  const turnedAway = new Set<string>();
  /** In a rough shop every third version of an order finds it down at first. */
  const isDown = (id: string): boolean => {
    if (!isRough || turnedAway.has(id) || Number(id.split("#").at(-1)) % 3 !== 0) return false;
    turnedAway.add(id);
    return true;
  };
  const told: Told[] = [];
  const refused: string[] = [];
  const moods: number[] = [];
  const take = async (request: IncomingMessage): Promise<number> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString("utf8");
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    const mood = moods.shift();
    if (mood !== undefined) return mood;
    if (isDown(headers["webhook-id"] ?? "")) return 503;
    try {
      const event = atTime(Number(headers["webhook-timestamp"]) * 1_000, () =>
        verifier.verify(text, headers),
      ) as Told;
      if (event.data.event_id !== headers["webhook-id"]) throw new Error("the id is another event's");
      told.push(event);
      return 204;
    } catch (error) {
      refused.push(`${error instanceof Error ? error.message : error}: ${text}`);
      return 401;
    }
  };
  const server = http.createServer((request, response) => {
    take(request).then(
      (status) => response.writeHead(status).end(),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/events`,
    told,
    refused,
    moods,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function atTime<Result>(atMs: number, work: () => Result): Result {
  const { now } = Date;
  Date.now = () => atMs;
  try {
    return work();
  } finally {
    Date.now = now;
  }
}
