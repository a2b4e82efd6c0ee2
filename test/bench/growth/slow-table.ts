// A DynamoDB that answers a little later, byte for byte the one behind it.

import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

export interface SlowTable {
  readonly url: string;
  close(): void;
}

/** Each request reaches the table so much later. */
export async function startSlowTable(tableUrl: string, delayMs: number): Promise<SlowTable> {
  const { hostname, port } = new URL(tableUrl);
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    const table = connect(Number(port), hostname);
    for (const end of [socket, table]) {
      open.add(end);
      end.setNoDelay(true);
      end.on("error", () => {});
      end.on("close", () => {
        open.delete(end);
        socket.destroy();
        table.destroy();
      });
    }
    // Timers of one length fire in the order in which they were set, so that no bytes overtake others.
    socket.on("data", (bytes) => setTimeout(() => table.write(bytes), delayMs));
    table.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      for (const end of open) end.destroy();
    },
  };
}
