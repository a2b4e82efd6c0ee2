// Times as people in Korea read them.
import { html, type Markup } from "../../html.ts";

const kstOffsetMs = 9 * 3_600_000;
const dayMs = 86_400_000;

/** `2026-08-05 12:00:00`. */
export const kstText = (atMs: number): string =>
  new Date(atMs + kstOffsetMs).toISOString().slice(0, 19).replace("T", " ");

/** `2026-08-05`. */
export const kstDay = (atMs: number): string => kstText(atMs).slice(0, 10);

export const dayBeside = (day: string, days: 1 | -1): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`));

export const time = (at: string): Markup => html`<time datetime=${at}>${kstText(Date.parse(at))}</time>`;
