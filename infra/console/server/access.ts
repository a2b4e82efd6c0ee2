// Who is let in: requests to this machine's own name, from the console's own pages, with the cookie that the one-time
// code was exchanged for.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type FailureName, failurePage } from "../pages/failure.ts";
import { isOwnHost, isOwnOrigin } from "./caller.ts";
import { readCookies, sessionCookie, writeSession } from "./cookies.ts";
import { safeHeaders } from "./headers.ts";
import { sendView, wordsOf } from "./send-view.ts";
import { Sessions } from "./sessions.ts";
import type { Setting } from "./setting.ts";

const entrance = "/enter";
/** They tell nothing, and the page that turns somebody away needs them. */
const isOpenToAll = (path: string): boolean => path === entrance || path.startsWith("/assets/");

export function guardAccess(app: FastifyInstance, setting: Setting): void {
  const sessions = new Sessions(setting.ports);
  const turnAway = (request: FastifyRequest, reply: FastifyReply, name: FailureName, status: number) => {
    const view = failurePage(name, status, wordsOf(request, setting));
    return sendView(request, reply, { view, isInside: false }, setting);
  };
  app.addHook("onRequest", async (request, reply) => {
    reply.headers(safeHeaders);
    const port = request.socket.localPort ?? 0;
    const { method, headers } = request;
    if (!isOwnHost(headers.host, port)) return turnAway(request, reply, "wrongHost", 421);
    if (!isOwnOrigin(method, headers)) return turnAway(request, reply, "wrongOrigin", 403);
    const [path = ""] = request.url.split("?");
    const token = readCookies(headers.cookie)[sessionCookie(port)];
    if (!isOpenToAll(path) && !sessions.has(token)) return turnAway(request, reply, "noAccess", 401);
  });
  app.get(entrance, async (request, reply) => {
    const { code } = request.query as { readonly code?: unknown };
    const verdict = typeof code === "string" ? setting.codes.use(code) : "unknown";
    if (verdict !== "unknown") setting.printAddress();
    if (verdict !== "open") return turnAway(request, reply, "wrongCode", 403);
    const port = request.socket.localPort ?? 0;
    return reply.header("set-cookie", writeSession(port, sessions.begin())).redirect("/orders", 303);
  });
}
