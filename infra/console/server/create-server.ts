// The console's one HTTP server.
import formbody from "@fastify/formbody";
import fastify, { type FastifyError, type FastifyInstance } from "fastify";
import { failureOf, failurePage } from "../pages/failure.ts";
import { guardAccess } from "./access.ts";
import { Notes } from "./notes.ts";
import { sendView, wordsOf } from "./send-view.ts";
import { serveActions } from "./serve-actions.ts";
import { serveAssets } from "./serve-assets.ts";
import { serveBrake } from "./serve-brake.ts";
import { serveLanguage } from "./serve-language.ts";
import { serveLevers } from "./serve-levers.ts";
import { servePages } from "./serve-pages.ts";
import type { Setting } from "./setting.ts";

const largestBodyBytes = 65_536;
const noteBytes = 12;

export async function createServer(setting: Setting): Promise<FastifyInstance> {
  // Open pages must not keep the server from closing.
  const app = fastify({ forceCloseConnections: true, bodyLimit: largestBodyBytes });
  app.removeAllContentTypeParsers();
  await app.register(formbody);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const words = wordsOf(request, setting);
    const isCallers = (error.statusCode ?? 500) < 500;
    const view = isCallers
      ? failurePage("notFound", error.statusCode ?? 400, words)
      : (failureOf(error, words) ?? broken(error));
    return sendView(request, reply, { view }, setting);

    function broken({ name, message }: Error) {
      setting.log(`console: ${name}: ${message}`);
      return failurePage("broken", 500, words);
    }
  });
  app.setNotFoundHandler((request, reply) =>
    sendView(request, reply, { view: failurePage("notFound", 404, wordsOf(request, setting)) }, setting),
  );
  guardAccess(app, setting);
  const notes = new Notes(() => setting.ports.randomBytes(noteBytes).toString("base64url"));
  serveAssets(app);
  serveLanguage(app);
  servePages(app, setting, notes);
  serveActions(app, setting, notes);
  serveBrake(app, setting, notes);
  if (setting.local !== null) serveLevers(app, setting.local, setting, notes);
  return app;
}
