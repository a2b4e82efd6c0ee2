// What goes wrong with a body on its way: other types, lengths, letters, numbers and names, and a text that no serializer
// writes.
import type { Dice } from "../random.ts";
import type { Json } from "../world.ts";

export type Value = unknown;
/** Is it looked for in answers and log lines, so that it must stay where it is? */
export type IsKept = (value: Value) => boolean;

const letters = [
  "\ud83d",
  "\udc4d half",
  "\u0000",
  "\u0007\u001b[31m",
  "\u200b",
  "\u202eevil",
  "\u1112\u1161\u11ab",
  "가".repeat(41),
  "👍🏽👨‍👩‍👧‍👦",
  "\ufeff주문",
  "１２３",
  "a\u0301",
  "줄\n바꿈",
  "'; DROP TABLE orders;--",
  "<script>alert(1)</script>",
  "{{7*7}}",
  "../../subscribe/payments",
  "..",
  ".",
  "/",
  "%2e%2e",
  "null",
  "undefined",
  " ",
  "",
  "\u3164",
];
const numbers = [
  0,
  -0,
  -1,
  0.1,
  30.299999999999997,
  1e-7,
  999_999_999,
  1_000_000_000,
  2 ** 53 + 2,
  1e21,
  1e308,
  0.5,
];
const digits = [
  "1e5",
  "109,000",
  "+5",
  "0x10",
  "00100",
  "1_000",
  "１００",
  "-0",
  "1.00",
  "Infinity",
  "NaN",
  " 100 ",
];
const extras = [
  "__proto__",
  "constructor",
  "toString",
  "",
  "state",
  "version",
  "imp_uid",
  "customer_uid",
  "pg",
  "action",
  "merchant_uid",
  "amount",
  "status",
  "a/b~c",
  "idempotency_key",
  "source",
  "headers",
  "가",
];
const types: readonly ((value: Value) => Value)[] = [
  () => null,
  () => true,
  () => [],
  () => ({}),
  (value) => [value],
  (value) => ({ value }),
  (value) => String(value),
  (value) => Number(value) || 0,
  (value) => [value, value],
];
const lengths = [1, 16, 17, 40, 41, 80, 81, 256, 257, 10_000];

/** One value in another's place. */
function mutateValue(value: Value, dice: Dice, isKept: IsKept): Value {
  if (isObject(value) || Array.isArray(value)) {
    const keys = Object.keys(value);
    if (keys.length > 0 && dice.next() < 0.7) {
      const key = dice.pick(keys);
      const changed = mutateValue((value as Record<string, Value>)[key], dice, isKept);
      return Array.isArray(value)
        ? value.map((one, index) => (String(index) === key ? changed : one))
        : { ...value, [key]: changed };
    }
  }
  switch (dice.below(6)) {
    case 0:
      return dice.pick(types)(isKept(value) ? "x" : value);
    case 1:
      return dice.pick(letters);
    case 2:
      return dice.pick(numbers);
    case 3:
      return dice.pick(digits);
    case 4:
      return dice.pick(["x", "가", "🎁", " ", "0"]).repeat(dice.pick(lengths));
    default:
      return typeof value === "string" && !isKept(value) ? insert(value, dice) : dice.pick(letters);
  }
}

function insert(text: string, dice: Dice): string {
  const at = dice.below(text.length + 1);
  return text.slice(0, at) + dice.pick(letters) + text.slice(at);
}

export function mutateFields(fields: Json, dice: Dice, isKept: IsKept): Json {
  const names = Object.keys(fields);
  const die = dice.below(8);
  if (names.length === 0 || die === 0)
    return { ...fields, [dice.pick(extras)]: dice.pick<Value>([1, "x", null, {}]) };
  const name = dice.pick(names);
  if (die === 1) return Object.fromEntries(Object.entries(fields).filter(([key]) => key !== name));
  if (die === 2) {
    const other = dice.pick(names);
    if (isKept(fields[name]) || isKept(fields[other])) return fields;
    return { ...fields, [name]: fields[other], [other]: fields[name] };
  }
  return { ...fields, [name]: mutateValue(fields[name], dice, isKept) };
}

/** The text of the body, no longer quite what a serializer writes. */
export function mutateText(text: string, dice: Dice): Buffer {
  const bytes = (value: string) => Buffer.from(value, "utf8");
  switch (dice.below(14)) {
    case 0:
      return bytes(text.slice(0, dice.below(text.length + 1)));
    case 1:
      return bytes(`${text}${dice.pick(["}", ",", "{}", "\u0000", " "])}`);
    case 2:
      return Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes(text)]);
    case 3:
      return Buffer.from(text, "utf16le");
    case 4:
      return Buffer.from(text, "latin1");
    case 5:
      return Buffer.concat([bytes(text.slice(0, -1)), Buffer.from([0xff, 0xc0, 0x80])]);
    case 6:
      return bytes(text.replaceAll('"', "'"));
    case 7: {
      // A name said twice.
      const first = /"[^"]+":("[^"]*"|[^,{}[\]]+)/.exec(text)?.[0] ?? '"amount":1';
      return bytes(text.replace("{", `{${first},`));
    }
    case 8:
      return bytes(
        text.replace(
          /:\d+/,
          `:${dice.pick(["1e400", "1E4", "NaN", "01", "-", "1.", "9007199254740993", "0.1e1"])}`,
        ),
      );
    case 9: {
      const depth = dice.pick([50, 2_000, 20_000]);
      const name = dice.pick(["a", "custom_data", "note", "schedules"]);
      return bytes(text.replace("{", `{"${name}":{"a":${"[".repeat(depth)}${"]".repeat(depth)}},`));
    }
    case 10:
      return bytes(dice.pick(["", "null", "[]", '"x"', "0", "true", "{", "[{}]", "\u0000"]));
    case 11:
      return bytes(`{"merchant_uid":"${"x".repeat(dice.pick([65_500, 65_536, 70_000, 300_000]))}"}`);
    case 12:
      return bytes(text.replace("{", '{"__proto__":{"amount":1},'));
    default:
      return bytes(
        text.replace(/"(\w)/, (_, letter: string) => `"\\u00${letter.charCodeAt(0).toString(16)}`),
      );
  }
}

export const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
