// What the console says: each word in both languages, and each language in its own script.
import { expect, it } from "vitest";
import { languages } from "../../infra/console/words/words.ts";

/** Every word with its place; a sentence with letters and numbers in its gaps. */
function saidBy(value: unknown, place = ""): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[place, value]];
  if (typeof value === "function")
    return [[place, String((value as (...gaps: unknown[]) => unknown)("7", "A"))]];
  return Object.entries(value as object).flatMap(([name, part]) => saidBy(part, `${place}/${name}`));
}

const hangul = /\p{Script=Hangul}/u;
/** The name of each language stands in the other one's words; what has no letters of its own. */
const ofNoLanguage = /^\/(language|otherLanguage|timeline\/(moved|by|milliseconds))$/;

it("has the same words in both", () => {
  const [ko, en] = [saidBy(languages.ko), saidBy(languages.en)];
  expect(en.map(([place]) => place)).toEqual(ko.map(([place]) => place));
  expect(ko.length).toBeGreaterThan(200);
});

it("leaves none untranslated", () => {
  const isOwn = ([place]: readonly [string, string]) => !ofNoLanguage.test(place);
  expect(
    saidBy(languages.ko)
      .filter(isOwn)
      .filter(([, text]) => !hangul.test(text)),
  ).toEqual([]);
  expect(
    saidBy(languages.en)
      .filter(isOwn)
      .filter(([, text]) => hangul.test(text) || text === ""),
  ).toEqual([]);
});
