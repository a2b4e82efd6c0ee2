// The parts of a form, each with its label, its hint and what is wrong with it tied together for a screen reader.
import { html, type Markup } from "../../html.ts";
import type { FieldError, FieldName } from "../order-form.ts";

export interface TextField {
  readonly name: FieldName;
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  /** Anything else an input may carry. */
  readonly attributes: Readonly<Record<string, string>>;
}

type Errors = readonly FieldError[];

const errorOf = (name: FieldName, errors: Errors): string | null =>
  errors.find(({ field }) => field === name)?.text ?? null;

/** What a field is described by; absent where there is nothing to say. */
export function described(name: FieldName, errors: Errors, hasHint = false) {
  const error = errorOf(name, errors);
  const ids = [...(hasHint ? [`${name}-hint`] : []), ...(error ? [`${name}-error`] : [])];
  return {
    ...(ids.length > 0 && { "aria-describedby": ids.join(" ") }),
    ...(error && { "aria-invalid": "true" }),
  };
}

export const errorText = (name: FieldName, errors: Errors): Markup | null => {
  const error = errorOf(name, errors);
  return error === null ? null : html`<p class="error" id=${`${name}-error`}>${error}</p>`;
};

export const textField = ({ name, label, value, hint, attributes }: TextField, errors: Errors): Markup =>
  html`<div class="field">
    <label for=${name}>${label}</label>
    ${hint && html`<p class="hint" id=${`${name}-hint`}>${hint}</p>`}
    <input
      id=${name}
      name=${name}
      value=${value}
      ...${attributes}
      ...${described(name, errors, hint !== undefined)}
    />
    ${errorText(name, errors)}
  </div>`;

export interface Choice {
  readonly value: string;
  readonly label: string;
}

interface SelectField {
  readonly name: FieldName;
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice[];
}

export const selectField = ({ name, label, value, choices }: SelectField, errors: Errors): Markup =>
  html`<div class="field">
    <label for=${name}>${label}</label>
    <select id=${name} name=${name} ...${described(name, errors)}>
      ${choices.map(
        (choice) =>
          html`<option value=${choice.value} selected=${choice.value === value}>${choice.label}</option>`,
      )}
    </select>
    ${errorText(name, errors)}
  </div>`;

/** Everything that is wrong, at the top, each a way to its field. */
export const errorSummary = (errors: Errors, forEngineer: string | null): Markup | null =>
  errors.length === 0
    ? null
    : html`<div class="summary" role="alert" tabindex="-1" id="summary">
        <h2>주문서를 확인해 주세요</h2>
        <ul>
          ${errors.map(
            ({ field, text }) =>
              html`<li>${field === null ? text : html`<a href=${`#${field}`}>${text}</a>`}</li>`,
          )}
        </ul>
        ${
          forEngineer &&
          html`<details>
            <summary>개발자에게</summary>
            <p class="code">${forEngineer}</p>
          </details>`
        }
      </div>`;
