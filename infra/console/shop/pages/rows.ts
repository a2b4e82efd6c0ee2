// Names and values, one below the other.
import { html, type Markup } from "../../html.ts";

/** Left out where there is no value. */
export type Row = readonly [name: string, value: string | Markup | null];

export const rows = (all: readonly Row[]): Markup => html`<dl class="rows">
  ${all
    .filter(([, value]) => value !== null && value !== "")
    .map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
</dl>`;
