// Lifting the brake, so that give-backs go on.
import type { Brake } from "../../api/told.ts";
import { html } from "../../html.ts";
import type { Words } from "../../words/words.ts";
import { confirmPage, refusedPage, type Site } from "../actions/action-pages.ts";
import type { View } from "../page.ts";

export const liftPath = "/queue/lift-brake";

export const liftSite = (words: Words): Site => ({
  title: words.brake.lift,
  fullTitle: words.brake.lift,
  path: liftPath,
  back: "/queue",
  toBack: words.queue.title,
  crumb: html`<a href="/queue">${words.queue.title}</a>`,
  of: null,
  place: "queue",
});

export function liftPage(brake: Brake, words: Words): View {
  const site = liftSite(words);
  if (!brake.on) return refusedPage(site, words.brake.isOff, words);
  const { sentence, note, button } = words.brake;
  const question = { sentence: sentence(brake.waiting), more: [note], button, fields: {} };
  return confirmPage(site, question, words);
}
