// Puts an outcome on the wire, the broken kinds included. It decides nothing.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Outcome } from "./api-faults.ts";

const gatewayPage = "<html><head><title>Error</title></head><body><h1>nginx</h1></body></html>";

export function sendOutcome(outcome: Outcome, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  switch (outcome.kind) {
    case "answer":
      return reply.code(outcome.answer.status).send(outcome.answer.body);
    case "html":
      return reply.code(outcome.status).type("text/html; charset=utf-8").send(gatewayPage);
    case "silence":
      return reply.hijack();
    case "cut":
      request.raw.socket.destroy();
      return reply.hijack();
    case "half":
      sendHalf(JSON.stringify(outcome.answer.body), outcome.answer.status, reply);
      return reply.hijack();
  }
}

function sendHalf(body: string, status: number, reply: FastifyReply): void {
  const bytes = Buffer.from(body, "utf8");
  reply.raw.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": String(bytes.length),
  });
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  reply.raw.write(half, () => reply.raw.socket?.resetAndDestroy());
}
