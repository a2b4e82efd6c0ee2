// Choosing the language.
import type { FastifyInstance } from "fastify";
import { isLanguage } from "../words/words.ts";
import { writeLanguage } from "./cookies.ts";
import { isOwnPath } from "./own-path.ts";
import { textsOf } from "./visits.ts";

export function serveLanguage(app: FastifyInstance): void {
  app.post("/language", async (request, reply) => {
    const { language, back = "" } = textsOf(request.body);
    if (isLanguage(language)) reply.header("set-cookie", writeLanguage(language));
    return reply.redirect(isOwnPath(back) ? back : "/orders", 303);
  });
}
