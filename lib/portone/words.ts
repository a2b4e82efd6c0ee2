// PortOne's, the card company's and the bank's own words. However long, broken or of whatever type they come, they are
// never a reason to fail, and they take no more room in an item than is meant for them.
import { isFit, tidy } from "../domain/text.ts";

/** A sentence, such as why a card was declined: a hundred Korean characters. */
export const sentenceBytes = 300;
/** A name, such as a bank's or an account holder's: twenty Korean characters. */
export const nameBytes = 60;
/** A number or a code. */
export const codeBytes = 40;
/** Of a sales slip: the masked number in groups, and what PortOne bounds itself. */
export const maskBytes = 20;
export const approvalBytes = 20;
export const providerBytes = 16;
export const transactionBytes = 64;
const longestAddress = 300;
/** KSNET's and the easy pays' slips stand at shorter ones. */
export const longestSlipAddress = 160;

export const wordsIn = (value: unknown, mostBytes: number): string | null =>
  typeof value === "string" ? tidy(value, mostBytes) : null;

/** Half an address leads nowhere, so that one too long or broken is left out. */
export const addressIn = (value: unknown, longest = longestAddress): string | null =>
  typeof value === "string" && value !== "" && Buffer.byteLength(value) <= longest && isFit(value)
    ? value
    : null;
