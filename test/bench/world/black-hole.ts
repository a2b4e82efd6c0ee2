// Somebody who takes every connection and never says a word.
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";

export interface BlackHole {
  readonly url: string;
  /** Whoever came until now. */
  readonly taken: () => number;
  close(): void;
}

export async function openBlackHole(): Promise<BlackHole> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on("error", () => {});
    socket.resume();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    taken: () => open.size,
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
