// One HTTP POST to the shop, as PortOne makes it: own connection, redirects not followed, a limit for
// connecting and one for the answer. Never throws; no answer is a result.
import http from "node:http";
import https from "node:https";
import type { SimulatorClock } from "./clock.ts";

export interface Outgoing {
  readonly url: string;
  readonly contentType: string;
  readonly body: string;
  readonly connectMs: number;
  /** From the moment the connection stands. */
  readonly answerMs: number;
}

export interface OutgoingResult {
  /** Null when nothing (whole) came back; `error` then says why. */
  readonly status: number | null;
  readonly body: string;
  readonly error: string | null;
  readonly ms: number;
}

const longestBody = 65_536;

export function postOut(out: Outgoing, clock: SimulatorClock): Promise<OutgoingResult> {
  const startedMs = performance.now();
  // A page may pass anything as an address; PortOne could not call that either.
  if (!/^https?:/i.test(out.url) || !URL.canParse(out.url))
    return Promise.resolve({ status: null, body: "", error: "invalid address", ms: 0 });
  return clock.track(
    new Promise((resolve) => {
      // The limits run on the simulator's clock: moving it past them ends the wait.
      let callOff = clock.at(clock.nowMs() + out.connectMs, () => give({ error: "connect timeout" }));
      const give = (result: Partial<OutgoingResult>) => {
        callOff();
        request.destroy();
        const ms = Math.round(performance.now() - startedMs);
        resolve({ status: null, body: "", error: null, ...result, ms });
      };
      const bytes = Buffer.from(out.body, "utf8");
      const client = out.url.startsWith("https:") ? https : http;
      const request = client.request(out.url, {
        method: "POST",
        agent: false,
        headers: {
          "content-type": out.contentType,
          "content-length": String(bytes.length),
          "user-agent": "PortOne-simulator",
        },
      });
      request.on("error", (error) => give({ error: error.message || error.name }));
      request.on("socket", (socket) => {
        socket.once("connect", () => {
          callOff();
          callOff = clock.at(clock.nowMs() + out.answerMs, () => give({ error: "read timeout" }));
        });
      });
      request.on("response", (response) => {
        const status = response.statusCode ?? null;
        const chunks: Buffer[] = [];
        let length = 0;
        response.on("data", (chunk: Buffer) => {
          length += chunk.length;
          if (length <= longestBody) chunks.push(chunk);
        });
        response.on("error", (error) => give({ error: error.message || error.name }));
        response.on("end", () => give({ status, body: Buffer.concat(chunks).toString("utf8") }));
      });
      request.end(bytes);
    }),
  );
}
