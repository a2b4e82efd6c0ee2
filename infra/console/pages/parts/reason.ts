// Reasons in words: a review's, and those the history notes.
import { reviewReasonTexts } from "../../../build/review-reason-texts.ts";
import type { ReviewReason } from "../../api/told.ts";
import { html, type Markup } from "../../html.ts";
import { type Words, wordFor } from "../../words/words.ts";

const textsOf: Readonly<
  Record<ReviewReason, Readonly<Record<"why" | "remedy", Readonly<Record<"ko" | "en", string>>>>>
> = reviewReasonTexts;

const languageOf = ({ language }: Words): "ko" | "en" => (language === "en" ? "en" : "ko");

const isReviewReason = (code: string): code is ReviewReason => Object.hasOwn(textsOf, code);

/** As plain text: what stands in code in the documents is told without its marks. */
export const reasonText = (reason: ReviewReason, words: Words): string =>
  textsOf[reason].why[languageOf(words)].replaceAll("`", "");

/** What stands in code there stands in code here. */
export function remedyOf(reason: ReviewReason, words: Words): Markup {
  const parts = textsOf[reason].remedy[languageOf(words)].split("`");
  return html`<span>${parts.map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}</span>`;
}

/** A code, a code with what it is about behind a colon, or what an operator wrote. */
export function notedReason(reason: string, words: Words): string {
  const [code = "", ...about] = reason.split(":");
  const told = isReviewReason(code) ? reasonText(code, words) : wordFor(words.reasons, code);
  if (told === code) return reason;
  return about.length === 0 ? told : `${told} (${about.join(":")})`;
}
