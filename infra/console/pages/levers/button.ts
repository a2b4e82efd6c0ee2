// A lever's button: a form of its own, so that it works without scripts.
import { html, type Markup, type Part } from "../../html.ts";
import type { Fields } from "../actions/action.ts";

export interface ButtonOptions {
  /** The page to come back to. */
  readonly back: string;
  readonly fields?: Fields;
  /** What has to be filled in, before the button. */
  readonly inputs?: Part;
  readonly isPrimary?: boolean;
}

/** `id` tells it from the others on its page. */
export function leverButton(
  name: string,
  id: string,
  label: string,
  { back, fields = {}, inputs = null, isPrimary = false }: ButtonOptions,
): Markup {
  const hidden = Object.entries({ ...fields, back });
  return html`<form method="post" action="/levers/${name}" id=${`lever-${name}-${id}`} class="lever">
    ${hidden.map(([key, value]) => html`<input type="hidden" name=${key} value=${value} />`)} ${inputs}
    <button class=${isPrimary ? "primary" : undefined}>${label}</button>
  </form>`;
}
