// The items as pictures, drawn in the page: nothing is loaded from anywhere.
import { html, type Markup } from "../../html.ts";

const drawings: Readonly<Record<string, Markup>> = {
  sneakers: html`<g>
    <ellipse cx="120" cy="146" rx="92" ry="7" class="shade" />
    <path class="sole" d="M26 124h182c5 0 8 4 7 9l-1 5c-1 4-4 6-8 6H34c-6 0-10-4-10-9z" />
    <path
      class="cloth"
      d="M28 124V80c0-5 5-8 10-6 14 6 30 5 40-6l10-11c3-3 8-4 12-1l41 30c8 6 17 9 27 11l24 5c12 3 20 11 20 22z"
    />
    <path class="toe" d="M171 96c-9 5-15 14-16 28h57c0-11-8-19-20-22z" />
    <path class="line" d="M98 66 84 82M112 75 98 92M126 85l-13 17M140 95l-12 17" />
    <path class="line" d="M28 96c18 8 42 4 54-12" />
    <path class="stripe" d="M26 132h188" />
  </g>`,
  apples: html`<g>
    <ellipse cx="120" cy="147" rx="90" ry="7" class="shade" />
    <path class="apple" d="M86 74c-10-9-34-9-42 12-7 20 4 56 26 58 6 1 10-2 16-2s10 3 16 2c22-2 33-38 26-58-8-21-32-21-42-12z" />
    <path class="apple light" d="M158 66c-9-8-30-8-38 11-7 19 4 65 24 67 6 1 9-2 14-2s8 3 14 2c20-2 31-48 24-67-8-19-29-19-38-11z" />
    <path class="line" d="M86 74c0-10 2-17 8-24M158 66c0-10-1-17-6-24" />
    <path class="leaf" d="M93 55c6-13 20-17 31-14-3 12-16 19-31 14zM153 47c-4-12-15-17-26-15 2 11 12 18 26 15z" />
  </g>`,
  coffee: html`<g>
    <ellipse cx="120" cy="147" rx="70" ry="7" class="shade" />
    <path class="bag" d="M74 46h92l8 88c1 6-3 10-9 10H75c-6 0-10-4-9-10z" />
    <path class="fold" d="M72 28h96l-2 18H74z" />
    <rect class="label" x="86" y="70" width="68" height="52" rx="6" />
    <path class="bean" d="M120 80c10 0 16 7 16 16s-6 16-16 16-16-7-16-16 6-16 16-16z" />
    <path class="crease" d="M120 81c-6 5 6 11 0 15s6 10 0 15" />
  </g>`,
};

/** Decoration: the name stands beside it. */
export const drawingOf = (id: string): Markup => html`<svg
  class=${`drawing ${id}`}
  viewBox="0 0 240 160"
  aria-hidden="true"
  focusable="false"
>
  ${drawings[id]}
</svg>`;
