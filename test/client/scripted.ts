// A server that says what it is told to, and a clock that the pauses between sends move.
import { type ClientPorts, createClient, type Limits } from "../../lib/client/index.ts";

export interface ScriptedAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `lost`: the connection breaks; `torn`: in the middle of the body; `silent`: nothing comes; `held`: nor does time pass. */
export type Step = ScriptedAnswer | "lost" | "torn" | "silent" | "held";

export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly key: string | null;
  readonly authorization: string | null;
  readonly body: string;
}

const sendMs = 35_000;

const torn = () =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"refund_id":"rf_'));
      controller.error(new TypeError("terminated"));
    },
  });

export function scripted(steps: readonly Step[], limits: Partial<Limits> = {}) {
  const sent: SentRequest[] = [];
  const pausesMs: number[] = [];
  let nowMs = Date.parse("2026-08-05T03:00:00Z");
  let silentSend = 0;
  const ports: ClientPorts = {
    nowMs: () => nowMs,
    fetch: async (request) => {
      const step = steps[sent.length] ?? steps.at(-1);
      const { pathname, search } = new URL(request.url);
      const { method, headers } = request;
      const [key, authorization] = [headers.get("idempotency-key"), headers.get("authorization")];
      sent.push({ method, path: pathname + search, key, authorization, body: await request.text() });
      if (step === "silent") silentSend = sent.length;
      if (step === undefined || step === "lost") throw new TypeError("fetch failed");
      if (step === "silent" || step === "held") return new Promise(() => undefined);
      if (step === "torn") return new Response(torn(), { status: 200 });
      const { status, body, headers: told } = step;
      return new Response(typeof body === "string" ? body : JSON.stringify(body), {
        status,
        ...(told && { headers: told }),
      });
    },
    pause: async (ms, signal) => {
      const send = sent.length + 1;
      // The limit of a send, which only silence reaches.
      while (ms === sendMs && silentSend !== send) {
        signal.throwIfAborted();
        await new Promise((resolve) => setImmediate(resolve));
      }
      signal.throwIfAborted();
      nowMs += ms;
      if (ms !== sendMs) pausesMs.push(ms);
    },
  };
  const client = createClient({ url: "http://pay.test", key: "merchant-key", ports, sendMs, ...limits });
  return { client, sent, pausesMs };
}
