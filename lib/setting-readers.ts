// How settings are read: each reader gives a value in its form and tells what is wrong with the text by the setting's
// name. What a reader gives after that is of no use.
import type { Wrong } from "./secrets.ts";

type Texts = Readonly<Record<string, string | undefined>>;

/** `defaults`: null must be given, an empty one has no value. */
export function readersOf<Name extends string>(
  environment: Texts,
  defaults: Readonly<Record<Name, string | null>>,
  wrong: Wrong,
) {
  /** An empty value is what a template leaves for a setting nobody gave; it counts as absent. */
  const given = (name: string): string | null => environment[name]?.trim() || null;
  const text = (name: Name): string => {
    const value = given(name) ?? defaults[name];
    if (value === null) wrong(name, "required");
    return value ?? "";
  };
  const list = (name: Name): readonly string[] =>
    (given(name) ?? defaults[name] ?? "")
      .split(",")
      .map((entry) => entry.trim())
      .filter((entry) => entry !== "");
  return {
    given,
    text,
    list,
    oneOf: <T extends string>(name: Name, choices: readonly [T, ...T[]], fallback?: T): T => {
      const value = given(name) ?? fallback ?? defaults[name];
      const choice = choices.find((known) => known === value);
      if (choice === undefined)
        wrong(name, `${value ? "must be" : "required:"} one of ${choices.join(", ")}`);
      return choice ?? choices[0];
    },
    url: (name: Name): string => {
      const value = text(name);
      if (value !== "" && !/^https?:$/.test(URL.parse(value)?.protocol ?? ""))
        wrong(name, "must be an http(s) URL");
      return value.replace(/\/+$/, "");
    },
    wholeNumber: (name: Name): number => {
      const value = text(name);
      if (!/^[1-9]\d{0,8}$/.test(value)) wrong(name, "must be a whole number above 0");
      return Number(value);
    },
    /** Those of the known names that were given, in their own order. */
    names: <Known extends string>(name: Name, known: readonly Known[]): ReadonlySet<Known> => {
      const listed = list(name);
      const unknown = listed.filter((entry) => !known.some((one) => one === entry));
      if (unknown.length > 0) wrong(name, `unknown: ${unknown.join(", ")}`);
      return new Set(known.filter((one) => listed.includes(one)));
    },
  };
}

/** As it is given: a path that ends in a slash is another one. Whoever reads along must not read what is signed. */
export function readEventsUrl(text: string | null, wrong: Wrong): string | null {
  if (text === null) return null;
  const url = URL.parse(text);
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isOwnMachine(url.hostname));
  if (!isSafe) wrong("PAY_EVENTS_URL", "must be an https URL, or http of this machine");
  return text;
}

const isOwnMachine = (host: string): boolean => ["localhost", "127.0.0.1", "[::1]"].includes(host);

/** A code is put behind it as it is. */
export function readDocsUrl(text: string, wrong: Wrong): string {
  if (!/^(https?:\/\/[^/\s]|\/)\S*[/#=]$/.test(text))
    wrong("PAY_DOCS_URL", "must be a URL or a path that ends in /, # or =, because the code follows it");
  return text;
}

/** One of IPv4, or of IPv6 as far as its letters. */
export const isAddress = (text: string): boolean =>
  /^(\d{1,3}\.){3}\d{1,3}$/.test(text) || /^(?=.*:)[0-9a-f:.]+$/i.test(text);

/** Every port only of the machine itself: on a shop's own host each port may be somebody else's. */
export const isOrigin = (text: string): boolean =>
  URL.parse(text)?.origin === text || /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\]):\*$/.test(text);
