// The bench's certificate is one to OpenSSL and to a client that checks it.
import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer } from "node:tls";
import { expect, it } from "vitest";
import { makeCertificate } from "./certificate.ts";

const { key, cert } = makeCertificate(Date.now());

it("is for this machine, signed by its own key, and valid now", () => {
  const read = new X509Certificate(cert);
  expect([read.checkIP("127.0.0.1"), read.checkHost("localhost")]).toEqual(["127.0.0.1", "localhost"]);
  expect(read.verify(read.publicKey)).toBe(true);
  expect(Date.parse(read.validFrom)).toBeLessThan(Date.now());
  expect(Date.parse(read.validTo)).toBeGreaterThan(Date.now());
});

it("is taken by who trusts it, and by nobody else", async () => {
  const server = createServer({ key, cert }, (socket) => socket.end());
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  const trusting = connect({ host: "127.0.0.1", port, ca: cert });
  await once(trusting, "secureConnect");
  expect(trusting.authorized).toBe(true);
  trusting.destroy();
  const [error] = (await once(connect({ host: "127.0.0.1", port }), "error")) as [NodeJS.ErrnoException];
  expect(error.code).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
  server.close();
});
