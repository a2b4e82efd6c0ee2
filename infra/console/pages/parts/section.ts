// A part of a page under its own heading.
import { html, type Markup, type Part } from "../../html.ts";

export const section = (id: string, title: string, content: Part): Markup =>
  html`<section id=${`${id}-panel`} class="panel" aria-labelledby=${id}>
    <h2 id=${id}>${title}</h2>
    ${content}
  </section>`;

export const nothing = (text: string): Markup => html`<p class="empty small">${text}</p>`;
