// Where the key may be sent: over TLS, or to this machine itself.

/** The address is none the key may go to; the message says why. */
export class BackendUrlError extends Error {
  override readonly name = "BackendUrlError";
}

const loopback = ["127.0.0.1", "localhost", "[::1]"];

export const isLoopback = (url: string): boolean =>
  URL.canParse(url) && loopback.includes(new URL(url).hostname);

/** The origin alone. Throws a BackendUrlError. */
export function readBackendUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new BackendUrlError("--url wants the address of the API, as https://pay.shop.example");
  if (url.username !== "" || url.password !== "")
    throw new BackendUrlError("--url wants no name and no password in the address");
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "")
    throw new BackendUrlError("--url wants the address alone, without a path");
  if (url.protocol === "http:" && !isLoopback(url.href))
    throw new BackendUrlError("--url wants https: the key must not cross the network in the clear");
  return url.origin;
}
