// The API behind the console, through the typed client. The key stays in here.
import { type Client, type ClientPorts, createClient, type Limits } from "../../../lib/client/index.ts";
import { checkDoor } from "./listed-doors.ts";

export interface Backend {
  /** For pages: somebody waits for them, and looks again by himself. */
  readonly reading: Client;
  /** For what changes something: worth waiting for its outcome. */
  readonly acting: Client;
}

export interface BackendOptions {
  /** From readBackendUrl. */
  readonly url: string;
  readonly key: string;
  readonly ports?: Partial<ClientPorts>;
  readonly limits?: Partial<Limits>;
}

const readingLimits: Limits = { sendMs: 10_000, totalMs: 3_000 };
const actingLimits: Limits = { sendMs: 32_000, totalMs: 10_000 };

export function createBackend({ url, key, ports = {}, limits = {} }: BackendOptions): Backend {
  const created = (usual: Limits): Client => {
    // A redirect is an answer, and one that does nothing: followed, it would take the key along.
    const fetchOnce = (request: Request) => fetch(request, { redirect: "manual" });
    const client = createClient({
      url,
      key,
      ports: { fetch: fetchOnce, ...ports },
      ...usual,
      ...limits,
    });
    client.doors.use({ onRequest: ({ request }) => checkDoor(request, url) });
    return client;
  };
  return { reading: created(readingLimits), acting: created(actingLimits) };
}
