// The simulator's one HTTP server: PortOne's API, the pages and the control doors, and how each of them
// says that something is wrong.
import formbody from "@fastify/formbody";
import fastify, { type FastifyError, type FastifyInstance } from "fastify";
import { serveApi } from "./api/api-server.ts";
import { failure } from "./api/endpoint.ts";
import { ControlError } from "./control/control-error.ts";
import { serveLeverControl } from "./control/lever-control.ts";
import { serveLookControl } from "./control/look-control.ts";
import { servePaymentControl } from "./control/payment-control.ts";
import { serveReportControl } from "./control/report-control.ts";
import { serveWindowControl } from "./control/window-control.ts";
import { servePages } from "./page/page-server.ts";
import type { Simulator } from "./simulator.ts";

const largestBodyBytes = 1_048_576;

export async function createHttpServer(simulator: Simulator): Promise<FastifyInstance> {
  // Calls left hanging on purpose must not keep the server from closing.
  const app = fastify({ forceCloseConnections: true, bodyLimit: largestBodyBytes });
  readBodies(app);
  await app.register(formbody);
  app.setErrorHandler((error: FastifyError | ControlError, request, reply) => {
    const status = error instanceof ControlError ? error.status : (error.statusCode ?? 500);
    // A defect of the simulator itself must not pass for an answer of PortOne's.
    if (status >= 500) console.error("simulator defect", error);
    const body = isApi(request.url) ? failure(status, error.message).body : { error: error.message };
    return reply.code(status).send(body);
  });
  app.setNotFoundHandler((request, reply) => {
    const message = "요청하신 경로를 찾을 수 없습니다.";
    const body = isApi(request.url) ? failure(404, message).body : { error: "no such path" };
    return reply.code(404).send(body);
  });
  serveApi(app, simulator);
  servePages(app, simulator);
  serveWindowControl(app, simulator);
  servePaymentControl(app, simulator);
  serveLeverControl(app, simulator);
  serveReportControl(app, simulator);
  serveLookControl(app, simulator);
  return app;
}

const isApi = (url: string): boolean => !url.startsWith("/_control") && !url.startsWith("/window");

/** JSON with or without a body, since clients send the type on empty posts too; other types are ignored. */
function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("application/json", { parseAs: "string" }, (_request, body, done) => {
    if (body === "") return done(null, undefined);
    try {
      done(null, JSON.parse(String(body)));
    } catch {
      // The parser's own message names a byte position in text the caller already has.
      done(new ControlError(400, "the body is not JSON"));
    }
  });
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, _body, done) => done(null, undefined));
}
