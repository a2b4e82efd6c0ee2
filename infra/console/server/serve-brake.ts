// Serves the lifting of the brake: the confirmation, and the sending of it.
import type { FastifyInstance } from "fastify";
import { ProblemError, UnknownOutcomeError } from "../../../lib/client/index.ts";
import type { Brake } from "../api/told.ts";
import { refusedPage, unknownPage } from "../pages/actions/action-pages.ts";
import { liftPage, liftPath, liftSite } from "../pages/queue/lift-brake.ts";
import type { Notes } from "./notes.ts";
import { sendView, wordsOf } from "./send-view.ts";
import type { Setting } from "./setting.ts";

export function serveBrake(app: FastifyInstance, setting: Setting, notes: Notes): void {
  const { reading, acting } = setting.backend;
  app.get(liftPath, async (request, reply) => {
    const { data } = await reading.doors.GET("/give-back-brake");
    const view = liftPage(data as Brake, wordsOf(request, setting));
    return sendView(request, reply, { view }, setting);
  });
  app.post(liftPath, async (request, reply) => {
    const words = wordsOf(request, setting);
    try {
      const { data } = await acting.doors.POST("/give-back-brake", { body: { lifted: true } });
      const note = notes.keep(words.brake.done(data?.waiting ?? 0));
      return reply.redirect(`/queue?note=${note}`, 303);
    } catch (error) {
      if (error instanceof ProblemError)
        return sendView(request, reply, { view: refusedPage(liftSite(words), error, words) }, setting);
      if (!(error instanceof UnknownOutcomeError)) throw error;
      const view = unknownPage(liftSite(words), { fields: {}, error }, words);
      return sendView(request, reply, { view }, setting);
    }
  });
}
