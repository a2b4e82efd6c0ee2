// What the browser may do with the shop's pages, told with every answer.
import type { FastifyInstance, FastifyReply } from "fastify";

const base = {
  "default-src": "'none'",
  "style-src": "'self'",
  "img-src": "'self'",
  "script-src": "'self'",
  "connect-src": "'self'",
  "form-action": "'self'",
  "base-uri": "'none'",
  "frame-ancestors": "'none'",
};

const policy = (more: Readonly<Record<string, string>> = {}): string =>
  Object.entries({ ...base, ...more })
    .map(([name, sources]) => `${name} ${sources}`)
    .join("; ");

export function guardAnswers(app: FastifyInstance): void {
  app.addHook("onRequest", async (request, reply) => {
    // Only the address we were started at: a page of somebody else whose host name now leads to this machine reads
    // nothing, and a buyer who came by `localhost` keeps one session.
    const address = app.server.address();
    const host = typeof address === "object" && address ? `${address.address}:${address.port}` : undefined;
    if (host !== undefined && request.headers.host !== host)
      return reply.redirect(`http://${host}${request.method === "GET" ? request.url : "/"}`, 303);
    reply.headers({
      "content-security-policy": policy(),
      "x-content-type-options": "nosniff",
      "referrer-policy": "same-origin",
      "cache-control": "no-store",
    });
  });
}

export interface WindowOrigins {
  readonly sdk: string;
  readonly backend: string;
}

/** The page with the window also runs PortOne's script, shows its frame, and talks to the backend. */
export function allowWindow(reply: FastifyReply, { sdk, backend }: WindowOrigins): void {
  const [theirs, ours] = [sdk, backend].map((address) => new URL(address).origin);
  reply.header(
    "content-security-policy",
    policy({
      "script-src": `'self' ${theirs}`,
      "frame-src": `${theirs}`,
      "connect-src": `'self' ${theirs} ${ours}`,
    }),
  );
}
