// What is shown where a lever could not be pulled.
import { html } from "../../html.ts";
import type { Words } from "../../words/words.ts";
import type { View } from "../page.ts";

/** `message` is the simulator's own, in English. */
export function refusedLever(message: string, back: string, words: Words): View {
  const { levers: told } = words;
  const main = html`<div class="stack narrow">
    <h1>${told.refused}</h1>
    <div class="box bad" role="alert">
      <p><strong>${told.saidWhy}</strong></p>
      <p lang="en">${message}</p>
    </div>
    <p class="actions"><a class="button" href=${back}>${words.back}</a></p>
  </div>`;
  return { title: told.refused, main, place: "levers", status: 409 };
}
