// States as badges: a word and a sign, so that colour is never all there is.
import { html, type Markup } from "../../html.ts";

export type Tone = "good" | "waiting" | "bad" | "quiet" | "attention";

/** `id` is there where a change is to be told. */
export const badge = (tone: Tone, word: string, id?: string): Markup =>
  html`<span id=${id} class="badge ${tone}">${word}</span>`;

const orderTones: Readonly<Record<string, Tone>> = {
  paid: "good",
  issued: "good",
  succeeded: "good",
  registered: "good",
  approved: "waiting",
  awaiting_deposit: "waiting",
  ready: "waiting",
  pending: "waiting",
  scheduled: "waiting",
  failed: "bad",
  refused: "bad",
  partially_refunded: "attention",
};

export const toneOf = (state: string): Tone => orderTones[state] ?? "quiet";
