// Serves each page under its path; asked for as a stream of events, the same path keeps the open page level.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { waitsText } from "../pages/layout.ts";
import type { Page } from "../pages/page.ts";
import { localPages, pages } from "../pages/pages.ts";
import { keepLevel } from "./live.ts";
import type { Notes } from "./notes.ts";
import { type Rendered, render, sendView } from "./send-view.ts";
import type { Setting } from "./setting.ts";
import { visitOf } from "./visits.ts";

export function servePages(app: FastifyInstance, setting: Setting, notes: Notes): void {
  app.get("/", async (_, reply) => reply.redirect("/orders", 303));
  for (const page of setting.local === null ? pages : [...pages, ...localPages])
    app.get(page.path, async (request, reply) => {
      if (page.isLive && request.headers.accept === "text/event-stream")
        return streamPage(page, request, reply, setting);
      const visit = await visitOf(request, setting);
      const shown = await page.show(visit);
      if ("redirect" in shown) return reply.redirect(shown.redirect, 303);
      const note = notes.read(visit.query["note"]);
      const waits = await setting.waits.count();
      return sendView(request, reply, { view: shown, isLive: page.isLive, note, waits }, setting);
    });
}

function streamPage(page: Page, request: FastifyRequest, reply: FastifyReply, setting: Setting): void {
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    "content-type": "text/event-stream",
  });
  raw.flushHeaders();
  keepLevel(raw, () => look(page, request, setting), setting.lookEveryMs);
}

/** Null where there is nothing to show; the page says that it may be old, and the next look may do better. */
async function look(page: Page, request: FastifyRequest, setting: Setting): Promise<Rendered | null> {
  try {
    const shown = await page.show(await visitOf(request, setting));
    const waits = waitsText(await setting.waits.count());
    return "redirect" in shown ? null : { ...render(shown), waits };
  } catch {
    return null;
  }
}
