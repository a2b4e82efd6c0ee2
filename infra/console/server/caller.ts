// Whether a request comes from a page of the console's own. A name that was made to point at this machine (DNS
// rebinding) is another host; a page of somebody else's is another origin.

const names = ["127.0.0.1", "localhost"];

export function isOwnHost(host: string | undefined, port: number): boolean {
  return names.some((name) => host === `${name}:${port}`);
}

export interface CallerHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
}

/** A browser names the origin of whatever changes something; what names none is no page. */
export function isOwnOrigin(method: string, headers: CallerHeaders): boolean {
  const { origin, host } = headers;
  if (origin === undefined) return method === "GET" || method === "HEAD";
  return origin === `http://${host}`;
}
