// Every text a merchant sends, at any depth, once for every door: Korean composed (NFC), because macOS decomposes it and
// the same words must count, store and hash alike; and text that cannot be stored or shown is refused by name.
import { isFit, isFitInLines } from "../domain/text.ts";
import type { Fields } from "./body.ts";
import { invalidField } from "./fields.ts";
import { type JsonPath, toPointer } from "./pointer.ts";
import { type FieldProblem, ProblemError } from "./problem-error.ts";

/** The shop's own words to itself, which may have lines. */
const inLines = "custom_data";
/** Whose own rules take less than this, and say so by a name of their own. */
const ownRules: readonly unknown[] = ["identifier", "idempotency_key"];
const deepest = 32;

/** The fields with their texts composed. Throws invalid_field. */
export function readTexts(fields: Fields): Fields {
  const problems: FieldProblem[] = [];
  const read = readValue(fields, [], problems);
  if (problems.length > 0) throw new ProblemError("invalid_field", problems);
  return read as Fields;
}

function readValue(value: unknown, path: JsonPath, problems: FieldProblem[]): unknown {
  if (typeof value === "string") return readText(value, path, problems);
  if (typeof value !== "object" || value === null) return value;
  if (path.length > deepest) {
    problems.push(invalidField(toPointer(path.slice(0, 1)), `${deepest}단계보다 깊을 수 없습니다.`));
    return null;
  }
  if (Array.isArray(value)) return value.map((one, index) => readValue(one, [...path, index], problems));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      readText(name, [...path, name.toWellFormed()], problems),
      readValue(one, [...path, name], problems),
    ]),
  );
}

function readText(text: string, path: JsonPath, problems: FieldProblem[]): string {
  const composed = text.normalize("NFC");
  const isFine = ownRules.includes(path[0]) || (path[0] === inLines ? isFitInLines : isFit)(composed);
  if (!isFine) problems.push(invalidField(toPointer(path), "깨진 문자나 제어 문자가 들어 있습니다."));
  return composed;
}
