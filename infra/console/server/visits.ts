// A request as the visit that pages and actions know.
import type { FastifyRequest } from "fastify";
import type { Fields } from "../pages/actions/action.ts";
import type { Visit } from "../pages/page.ts";
import { wordsOf } from "./send-view.ts";
import type { Setting } from "./setting.ts";

/** A name given twice counts for nothing. */
export const textsOf = (values: unknown): Fields =>
  Object.fromEntries(
    Object.entries((values ?? {}) as Readonly<Record<string, unknown>>).flatMap(([name, value]) =>
      typeof value === "string" ? [[name, value]] : [],
    ),
  );

export async function visitOf(request: FastifyRequest, setting: Setting): Promise<Visit> {
  const { backend, local, ports } = setting;
  return {
    params: textsOf(request.params),
    query: textsOf(request.query),
    words: wordsOf(request, setting),
    backend,
    local,
    nowMs: local === null ? ports.nowMs() : await local.simulator.nowMs(),
  };
}
