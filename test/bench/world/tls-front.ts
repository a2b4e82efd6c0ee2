// TLS before something that speaks plain HTTP, as AWS and PortOne do; it counts the connections made to it.
import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { createServer } from "node:tls";
import type { Certificate } from "./certificate.ts";

export interface TlsFront {
  readonly url: string;
  /** Since somebody set it to 0. */
  connections: number;
  close(): void;
}

export async function startTlsFront(plainUrl: string, certificate: Certificate): Promise<TlsFront> {
  const { hostname, port } = new URL(plainUrl);
  const open = new Set<Socket>();
  const server = createServer({ ...certificate, noDelay: true }, (socket) => {
    front.connections += 1;
    const plain = connect({ host: hostname, port: Number(port), noDelay: true });
    for (const end of [socket, plain]) {
      open.add(end);
      end.on("error", () => {});
      end.on("close", () => {
        open.delete(end);
        socket.destroy();
        plain.destroy();
      });
    }
    socket.pipe(plain).pipe(socket);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const front: TlsFront = {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    connections: 0,
    close: () => {
      server.close();
      for (const end of open) end.destroy();
    },
  };
  return front;
}
