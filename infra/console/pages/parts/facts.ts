// Names and values one below the other; what is not known is left out.
import { html, type Markup, type Part } from "../../html.ts";

export type Fact = readonly [name: string, value: Part | undefined];

export function facts(list: readonly Fact[]): Markup {
  const known = list.filter(
    ([, value]) => value !== null && value !== undefined && value !== "" && value !== false,
  );
  return html`<dl class="facts">
    ${known.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}
  </dl>`;
}
