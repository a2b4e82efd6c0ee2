// Text as people see it: what can be shown and stored at all, whether there is anything to see, and where it may be cut.

/** Halves of surrogate pairs, control characters, and the marks of bytes that were no text. */
const unfit = /[\p{Cc}\p{Cs}\u2028\u2029\ufffd\ufffe\uffff]/u;
const lineMarks = /[\t\n\r\u2028\u2029]/g;

export const isFit = (text: string): boolean => !unfit.test(text);

/** Fit as well as in lines, as a note may be. */
export const isFitInLines = (text: string): boolean => isFit(text.replaceAll(lineMarks, " "));

/** What is drawn; fillers, joiners and the blank of Braille are letters and symbols only by name. */
const drawn = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;

/** There is something to see. */
export const isVisible = (text: string): boolean => drawn.test(text);

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** The beginning of a text, in so many bytes of UTF-8, cut where a person sees no character cut. */
export function cutToBytes(text: string, mostBytes: number): string {
  if (bytesOf(text) <= mostBytes) return text;
  let bytes = 0;
  for (const { segment, index } of new Intl.Segmenter().segment(text)) {
    bytes += bytesOf(segment);
    if (bytes > mostBytes) return text.slice(0, index);
  }
  return text;
}

/** Somebody else's text made fit for one line of so many bytes. */
export function tidy(text: string, mostBytes: number): string {
  const line = text.toWellFormed().replaceAll(/[\p{Cc}\u2028\u2029]+/gu, " ");
  return cutToBytes(line.trimStart(), mostBytes).trimEnd();
}
