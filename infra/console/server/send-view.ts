// A view as an answer: in its visitor's language, within what stands around every page.
import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { renderPage, renderPart } from "../html.ts";
import { layout } from "../pages/layout.ts";
import type { View } from "../pages/page.ts";
import { isLanguage, languages, type Words } from "../words/words.ts";
import { languageCookie, readCookies } from "./cookies.ts";
import type { Setting } from "./setting.ts";

export function wordsOf({ headers }: FastifyRequest, { language }: Pick<Setting, "language">): Words {
  const chosen = readCookies(headers.cookie)[languageCookie];
  return languages[isLanguage(chosen) ? chosen : language];
}

export interface Rendered {
  readonly main: string;
  /** Differs where the markup does. */
  readonly version: string;
  /** What the menu says waits. */
  readonly waits?: string;
}

export function render(view: View): Rendered {
  const main = renderPart(view.main);
  return { main, version: createHash("sha256").update(main).digest("base64url").slice(0, 16) };
}

export interface Shown {
  readonly view: View;
  readonly isLive?: boolean;
  readonly note?: string | null;
  readonly waits?: number | null;
  /** Whoever has not come in is shown nothing of where the API is. */
  readonly isInside?: boolean;
}

export function sendView(request: FastifyRequest, reply: FastifyReply, shown: Shown, setting: Setting) {
  const { view, isLive = false, note = null, waits = null, isInside = true } = shown;
  const { main, version } = render(view);
  const page = layout(view, main, {
    words: wordsOf(request, setting),
    place: isInside ? setting.place : null,
    isLocal: setting.local !== null,
    waits: waits ?? setting.waits.last,
    path: request.method === "GET" ? request.url : "/orders",
    note,
    version: isLive ? version : null,
  });
  return reply
    .code(view.status ?? 200)
    .type("text/html; charset=utf-8")
    .send(renderPage(page));
}
