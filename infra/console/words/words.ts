// Which language is spoken.
import { en } from "./en.ts";
import { ko, type Words } from "./ko.ts";

export type { Words };

export const languages = { ko, en } as const;
export type Language = keyof typeof languages;

export const isLanguage = (text: unknown): text is Language => text === "ko" || text === "en";

/** A word for one of PortOne's or ours; the word itself where there is none. */
export const wordFor = (words: Readonly<Record<string, string>>, code: string): string =>
  Object.hasOwn(words, code) ? (words[code] ?? code) : code;
