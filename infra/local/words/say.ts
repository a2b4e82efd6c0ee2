// Says something to the person at the terminal, in the language that was chosen.
import { type Language, languageOf } from "../../build/locale.mjs";
import { english, type WordKey } from "./english.ts";
import { korean } from "./korean.ts";

type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never;
type NamesOf<Key extends WordKey> = Names<(typeof english)[Key]>;
/** What a text wants to be told with; nothing where it has no place for it. */
export type FactsOf<Key extends WordKey> = [NamesOf<Key>] extends [never]
  ? []
  : [facts: Readonly<Record<NamesOf<Key>, string | number>>];

export type Say = <Key extends WordKey>(key: Key, ...facts: FactsOf<Key>) => string;

export const languages: readonly Language[] = ["ko", "en"];
const words: Readonly<Record<Language, Readonly<Record<WordKey, string>>>> = { ko: korean, en: english };

export const sayIn =
  (language: Language): Say =>
  (key, ...[facts]) => {
    const told: Readonly<Record<string, string | number>> = facts ?? {};
    return words[language][key].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(told[name]));
  };

export const isLanguage = (text: string | undefined): text is Language =>
  languages.some((language) => language === text);

/** As `--lang` asks, also beside options that are wrong; without it as the machine's locale is. */
export function chooseLanguage(args: readonly string[], environment: NodeJS.ProcessEnv): Language {
  const asked = args.map((arg, at) => (arg === "--lang" ? args[at + 1] : /^--lang=(.*)$/.exec(arg)?.[1]));
  return asked.findLast(isLanguage) ?? languageOf(environment);
}
