// Fields of forms, each with its label and its hint.
import { html, type Markup } from "../../html.ts";

export interface FieldOptions {
  readonly hint?: string;
  readonly value?: string | undefined;
  readonly isRequired?: boolean;
  readonly isNumber?: boolean;
  /** Where another form of the page has a field of the same name. */
  readonly id?: string;
}

export function textField(
  name: string,
  label: string,
  { hint, value, isRequired = false, isNumber = false, id = name }: FieldOptions = {},
): Markup {
  return html`<div class="field">
    <label for=${id}>${label}</label>
    <input
      id=${id}
      name=${name}
      value=${value ?? ""}
      required=${isRequired}
      inputmode=${isNumber ? "decimal" : undefined}
      class=${isNumber ? "number" : undefined}
      autocomplete="off"
      aria-describedby=${hint ? `${id}-hint` : undefined}
    />
    ${hint && html`<p class="aside" id=${`${id}-hint`}>${hint}</p>`}
  </div>`;
}

export interface ChoiceOptions {
  readonly chosen?: string | undefined;
  readonly id?: string;
}

export const choiceField = (
  name: string,
  label: string,
  choices: Readonly<Record<string, string>>,
  { chosen, id = name }: ChoiceOptions = {},
): Markup =>
  html`<div class="field">
    <label for=${id}>${label}</label>
    <select id=${id} name=${name}>
      ${Object.entries(choices).map(
        ([value, text]) => html`<option value=${value} selected=${value === chosen}>${text}</option>`,
      )}
    </select>
  </div>`;
