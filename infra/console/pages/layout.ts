// What stands around every page.
import { html, type Markup, type Part } from "../html.ts";
import type { Words } from "../words/words.ts";
import { menu } from "./menu.ts";
import type { View } from "./page.ts";

export interface Surroundings {
  readonly words: Words;
  /** Where the API is, for people; null for whoever has not come in. */
  readonly place: string | null;
  readonly isLocal: boolean;
  /** How much waits for a person; null where nobody knows. */
  readonly waits: number | null;
  /** Of this page, to come back to. */
  readonly path: string;
  /** What an action before this page came to. */
  readonly note: string | null;
  /** Changes with what the page shows; null where the page stays as it is. */
  readonly version: string | null;
}

/** `main` is rendered markup, so that its version can be told before the page is made. */
export function layout(view: View, main: string, surroundings: Surroundings): Markup {
  const { words, place, note, version } = surroundings;
  return html`<html lang=${words.language}>
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${view.title} · ${words.brand}</title>
      <link rel="stylesheet" href="/assets/style.css" />
      <link rel="icon" href="/assets/icon.svg" />
      <script src="/assets/live.js" defer></script>
    </head>
    <body>
      <a class="skip" href="#main">${words.skip}</a>
      <header class="top">
        <a class="brand" href="/orders">${words.brand}</a>
        ${place !== null && navigation(view, surroundings)}
        <div class="side">
          ${place !== null && html`<span class="place" title=${place}>${place}</span>`}
          ${place !== null && languageSwitch(surroundings)}
        </div>
      </header>
      <div role="status">${note !== null && html`<p class="note">${note}</p>`}</div>
      <main
        id="main"
        tabindex="-1"
        data-version=${version}
        dangerouslySetInnerHTML=${{ __html: main }}
      ></main>
      ${version !== null && liveLine(words)}
    </body>
  </html>`;
}

const navigation = ({ place: here }: View, { words, isLocal, waits }: Surroundings): Markup =>
  html`<nav class="menu" aria-label=${words.menu}>
    <ul>
      ${menu
        .filter((entry) => isLocal || !entry.isLocal)
        .map(
          ({ place, path, label }): Part =>
            html`<li>
              <a href=${path} aria-current=${place === here ? "page" : undefined}
                >${label(words)}${place === "queue" && html`${" "}<span id="waits" class="count">${waitsText(waits)}</span>`}</a
              >
            </li>`,
        )}
    </ul>
  </nav>`;

/** Empty where nothing waits: a count of nothing only takes the eye. */
export const waitsText = (waits: number | null): string => (waits ? String(waits) : "");

const languageSwitch = ({ words, path }: Surroundings): Markup =>
  html`<form method="post" action="/language">
    <input type="hidden" name="language" value=${words.language === "ko" ? "en" : "ko"} />
    <input type="hidden" name="back" value=${path} />
    <button class="plain" lang=${words.language === "ko" ? "en" : "ko"}>${words.otherLanguage}</button>
  </form>`;

/** Shown by the script, which alone knows whether it is so. */
const liveLine = (words: Words): Markup =>
  html`<p id="live" class="live" role="status" hidden data-live=${words.isLive} data-stale=${words.isStale}></p>`;
