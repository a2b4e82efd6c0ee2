// JSON as its writer wrote it. What JSON.parse passes over in silence is found in one walk over the text: a name given
// twice, of which the last would win, and a number with an exponent, which is no way to write money.
import { type JsonPath, toPointer } from "./pointer.ts";
import { ProblemError } from "./problem-error.ts";

/** The shop's own data, whose numbers are nobody's money. */
const notMoney = "custom_data";

/**
 * The value; a number with an exponent is left as the text it was, so that its field refuses it. Throws malformed_json,
 * naming the name given twice.
 */
export function parseJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProblemError("malformed_json");
  }
  const { repeated, exponents } = scan(text);
  if (repeated.length > 0)
    throw new ProblemError(
      "malformed_json",
      repeated.map((path) => ({
        pointer: toPointer(path),
        code: "malformed_json",
        detail: "같은 이름이 두 번 들어 있습니다.",
      })),
    );
  for (const { path, source } of exponents) if (path[0] !== notMoney) put(value, path, source);
  return value;
}

interface Level {
  /** The names an object has so far; null for a list. */
  readonly names: Set<string> | null;
  step: string | number;
  isAtName: boolean;
}

interface Found {
  readonly repeated: JsonPath[];
  readonly exponents: { readonly path: JsonPath; readonly source: string }[];
}

const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]|-?\d[\d.eE+-]*/g;

/** Of a text that JSON.parse has read. */
function scan(text: string): Found {
  const found: Found = { repeated: [], exponents: [] };
  const levels: Level[] = [];
  const path = (): JsonPath => levels.map(({ step }) => step);
  for (const [token] of text.matchAll(tokens)) {
    const level = levels.at(-1);
    if (token === "{") levels.push({ names: new Set(), step: "", isAtName: true });
    else if (token === "[") levels.push({ names: null, step: 0, isAtName: false });
    else if (token === "}" || token === "]") levels.pop();
    else if (token === ",") {
      if (level?.names) level.isAtName = true;
      else if (level) level.step = Number(level.step) + 1;
    } else if (level?.names && level.isAtName) {
      level.step = JSON.parse(token) as string;
      level.isAtName = false;
      if (level.names.has(level.step)) found.repeated.push(path());
      level.names.add(level.step);
    } else if (level && /^[^"].*e/i.test(token)) found.exponents.push({ path: path(), source: token });
  }
  return found;
}

function put(value: unknown, path: JsonPath, source: string): void {
  const holder = path.slice(0, -1).reduce((at, step) => (at as Record<string, unknown>)[step], value);
  (holder as Record<string, unknown>)[path.at(-1) ?? ""] = source;
}
