// Finds a port nobody listens on. The caller binds it a moment later and must be able to fail at that.
import { createServer } from "node:net";
import { StartError } from "./start-error.ts";

const mostTries = 100;

/** `first` or the next free one after it; any free one for 0. */
export async function findFreePort(first: number): Promise<number> {
  for (let port = first; port < first + mostTries && port <= 65_535; port += 1) {
    const free = await probe(port);
    if (free !== null) return free;
  }
  throw new StartError("port_none", { first });
}

/** The port somebody asked for, or any free one for 0; a taken one is not silently another. */
export async function takePort(port: number): Promise<number> {
  const free = await probe(port);
  if (free === null) throw new StartError("port_taken", { port });
  return free;
}

const probe = (port: number) =>
  new Promise<number | null>((resolve) => {
    const server = createServer();
    // Taken, or not ours to bind: either way the next one is tried.
    server.once("error", () => resolve(null));
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      const bound = typeof address === "object" && address ? address.port : null;
      server.close(() => resolve(bound));
    });
  });
