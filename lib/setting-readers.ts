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
