// PortOne's, the card company's and the bank's own words. However long or broken they come, they are never a reason to
// fail, and they take no more room in an item than is meant for them.
import * as z from "zod/mini";
import { isFit, tidy } from "../domain/text.ts";

/** A sentence, such as why a card was declined: a hundred Korean characters. */
export const sentenceBytes = 300;
/** A name, such as a bank's or an account holder's: twenty Korean characters. */
export const nameBytes = 60;
/** A number or a code. */
export const codeBytes = 40;
const longestAddress = 300;

export const requiredWords = (mostBytes: number) =>
  z.string().check(z.overwrite((text) => tidy(text, mostBytes)));

export const words = (mostBytes: number) => z.nullish(requiredWords(mostBytes));

/** Half an address leads nowhere, so that one too long or broken is left out. */
export const address = z.nullish(
  z.string().check(z.overwrite((url) => (url.length <= longestAddress && isFit(url) ? url : ""))),
);
