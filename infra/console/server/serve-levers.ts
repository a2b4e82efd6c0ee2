// Serves the levers of a run on this laptop. Each is pulled at once; the page it was pulled on says what came of it.
import type { FastifyInstance } from "fastify";
import { LeverRefusedError } from "../api/ask-local.ts";
import { UnlistedDoorError } from "../api/listed-doors.ts";
import { failurePage } from "../pages/failure.ts";
import { findLever } from "../pages/levers/levers.ts";
import { refusedLever } from "../pages/levers/refused-lever.ts";
import type { Local } from "../pages/page.ts";
import type { Notes } from "./notes.ts";
import { isOwnPath } from "./own-path.ts";
import { sendView, wordsOf } from "./send-view.ts";
import type { Setting } from "./setting.ts";
import { textsOf } from "./visits.ts";

export function serveLevers(app: FastifyInstance, local: Local, setting: Setting, notes: Notes): void {
  app.post("/levers/:lever", async (request, reply) => {
    const words = wordsOf(request, setting);
    const lever = findLever(textsOf(request.params)["lever"] ?? "");
    if (lever === undefined)
      return sendView(request, reply, { view: failurePage("notFound", 404, words) }, setting);
    const { back: given = "", ...fields } = textsOf(request.body);
    const back = isOwnPath(given) ? given : "/levers";
    try {
      const done = await lever.pull({ ...local, fields, words: words.levers });
      return reply.redirect(withNote(back, notes.keep(done)), 303);
    } catch (error) {
      // A window or payment so named cannot be.
      const isUnlisted = error instanceof UnlistedDoorError;
      if (!isUnlisted && !(error instanceof LeverRefusedError)) throw error;
      return sendView(request, reply, { view: refusedLever(error.message, back, words) }, setting);
    }
  });
}

function withNote(back: string, note: string): string {
  const url = new URL(back, "http://own");
  url.searchParams.set("note", note);
  return url.pathname + url.search;
}
