// Markup as tagged templates: no build step, and every value put into them is text, never markup.
import htm from "htm";
import { h, type VNode } from "preact";
import { renderToString } from "preact-render-to-string";

export type Markup = VNode;

/** One root element each. */
export const html = htm.bind(h) as (strings: TemplateStringsArray, ...values: unknown[]) => Markup;

export const renderPage = (page: Markup): string => `<!doctype html>${renderToString(page)}`;
