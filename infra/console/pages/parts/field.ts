// Fields of forms, each with its label and its hint.
import { html, type Markup } from "../../html.ts";

export interface FieldOptions {
  readonly hint?: string;
  readonly value?: string | undefined;
  readonly isRequired?: boolean;
  readonly isNumber?: boolean;
}

export function textField(
  name: string,
  label: string,
  { hint, value, isRequired = false, isNumber = false }: FieldOptions = {},
): Markup {
  return html`<div class="field">
    <label for=${name}>${label}</label>
    <input
      id=${name}
      name=${name}
      value=${value ?? ""}
      required=${isRequired}
      inputmode=${isNumber ? "decimal" : undefined}
      class=${isNumber ? "number" : undefined}
      autocomplete="off"
      aria-describedby=${hint ? `${name}-hint` : undefined}
    />
    ${hint && html`<p class="aside" id=${`${name}-hint`}>${hint}</p>`}
  </div>`;
}

export const choiceField = (
  name: string,
  label: string,
  choices: Readonly<Record<string, string>>,
  chosen?: string,
): Markup =>
  html`<div class="field">
    <label for=${name}>${label}</label>
    <select id=${name} name=${name}>
      ${Object.entries(choices).map(
        ([value, text]) => html`<option value=${value} selected=${value === chosen}>${text}</option>`,
      )}
    </select>
  </div>`;
