// PortOne's, the card company's and the bank's own words. However long, broken or of whatever type they come, they are
// never a reason to fail, and they take no more room in an item than is meant for them.
import { isFit, tidy } from "../domain/text.ts";

/** A sentence, such as why a card was declined: a hundred Korean characters. */
export const sentenceBytes = 300;
/** A name, such as a bank's or an account holder's: twenty Korean characters. */
export const nameBytes = 60;
/** A number or a code. */
export const codeBytes = 40;
const longestAddress = 300;

export const wordsIn = (value: unknown, mostBytes: number): string | null =>
  typeof value === "string" ? tidy(value, mostBytes) : null;

/** Half an address leads nowhere, so that one too long or broken is left out. */
export const addressIn = (value: unknown): string | null =>
  typeof value === "string" && value !== "" && value.length <= longestAddress && isFit(value) ? value : null;
