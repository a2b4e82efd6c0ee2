// The cheapest HTTP client Node has: a few connections kept open, a call at a time on each. It keeps the load
// from costing more than what it measures.
import { Agent, request } from "node:http";

export class KeptConnections {
  readonly #agent: Agent;
  readonly #url: URL;

  constructor(url: string, connections: number) {
    this.#url = new URL(url);
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
  }

  /** The body of the answer, whatever its status. Rejects when none came. */
  send(method: string, path: string, body: object | null, token: string | null): Promise<string> {
    const { hostname, port } = this.#url;
    const text = body && JSON.stringify(body);
    const headers = {
      ...(token !== null && { authorization: token }),
      ...(text !== null && {
        "content-type": "application/json",
        "content-length": Buffer.byteLength(text),
      }),
    };
    return new Promise((resolve, reject) => {
      const sent = request({ agent: this.#agent, hostname, port, method, path, headers }, (answer) => {
        let received = "";
        answer.setEncoding("utf8");
        answer.on("data", (chunk: string) => {
          received += chunk;
        });
        answer.on("end", () => resolve(received));
        answer.on("error", reject);
      });
      sent.on("error", reject);
      sent.end(text ?? undefined);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
