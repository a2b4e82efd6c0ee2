// Markup as tagged templates: no build step, and every value put into them is text, never markup.
import htm from "htm";
import { h, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";

export type Markup = VNode;
/** What may stand between two tags; `false` and null are nothing. */
export type Part = Markup | string | number | false | null | readonly Part[];

/** One root element each. */
export const html = htm.bind(h) as (strings: TemplateStringsArray, ...values: unknown[]) => Markup;

export const renderPart = (part: Markup): string => renderToString(part);

export const renderPage = (page: Markup): string => `<!doctype html>${renderPart(page)}`;
