// Tables that become cards on a narrow screen. Their roles are written out, because a table laid out as blocks is none
// for a screen reader.
import { html, type Markup, type Part } from "../../html.ts";

export interface Column {
  readonly label: string;
  readonly isNumber?: true;
}

export interface Row {
  readonly id: string;
  /** One a column; the first one names the row. */
  readonly cells: readonly Part[];
}

export function table(caption: string, columns: readonly Column[], rows: readonly Row[]): Markup {
  const classOf = (index: number) => (columns[index]?.isNumber ? "number" : undefined);
  return html`<div class="table-frame">
    <table role="table">
      <caption class="unseen">${caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          ${columns.map(
            ({ label }, index) =>
              html`<th role="columnheader" scope="col" class=${classOf(index)}>${label}</th>`,
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        ${rows.map(
          ({ id, cells }) => html`<tr role="row" id=${id}>
            ${cells.map((cell, index) =>
              index === 0
                ? html`<th role="rowheader" scope="row">${cell}</th>`
                : html`<td role="cell" class=${classOf(index)} data-label=${columns[index]?.label}>
                    ${cell}
                  </td>`,
            )}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
