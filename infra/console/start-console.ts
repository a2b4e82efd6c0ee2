// Starts the console on this machine, for whoever opens the address that is printed.
import { randomBytes } from "node:crypto";
import type { Limits } from "../../lib/client/index.ts";
import { createBackend } from "./api/backend.ts";
import { readBackendUrl } from "./api/backend-url.ts";
import { createHost } from "./api/host.ts";
import { createSimulator } from "./api/simulator.ts";
import { createServer } from "./server/create-server.ts";
import { type CodePorts, OneTimeCodes } from "./server/one-time-codes.ts";
import { Waits } from "./server/waits.ts";
import type { Language } from "./words/words.ts";

export interface ConsoleOptions {
  /** Of the API. https, unless it is on this machine. */
  readonly apiUrl: string;
  readonly key: string;
  /** Null for a deployed API. */
  readonly local: { readonly simulatorUrl: string } | null;
  /** 0 takes any free one. */
  readonly port: number;
  readonly language?: Language;
  /** Is told each new address, once the one before was used. */
  readonly print: (address: string) => void;
  readonly log: (line: string) => void;
  readonly ports?: CodePorts;
  readonly lookEveryMs?: number;
  /** Of each call of the API. */
  readonly limits?: Partial<Limits>;
}

export interface Console {
  /** With the one-time code. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

const localLookMs = 1_000;
const deployedLookMs = 5_000;
const realPorts: CodePorts = { nowMs: Date.now, randomBytes };

/** Throws a BackendUrlError for an address the key must not go to. */
export async function startConsole(options: ConsoleOptions): Promise<Console> {
  const { apiUrl, key, local, port, language = "ko", print, log, ports = realPorts } = options;
  const url = readBackendUrl(apiUrl);
  const codes = new OneTimeCodes(ports);
  const address = () => `${origin}/enter?code=${codes.make()}`;
  const backend = createBackend({ url, key, limits: options.limits ?? {} });
  const lookEveryMs = options.lookEveryMs ?? (local === null ? deployedLookMs : localLookMs);
  const app = await createServer({
    backend,
    local: local === null ? null : { simulator: createSimulator(local.simulatorUrl), host: createHost(url) },
    place: new URL(url).host,
    language,
    codes,
    waits: new Waits(backend, ports.nowMs, lookEveryMs),
    ports,
    lookEveryMs,
    printAddress: () => print(address()),
    log,
  });
  const origin = await app.listen({ host: "127.0.0.1", port });
  return { url: address(), close: () => app.close() };
}
