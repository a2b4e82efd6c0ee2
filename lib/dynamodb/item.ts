// Attributes of a DynamoDB item: how a value is written and read back. Absent means null or empty.
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { type Money, moneyFromMinorUnits } from "../domain/money.ts";

export type Item = Record<string, AttributeValue>;

export const text = (value: string): AttributeValue => ({ S: value });
export const number = (value: number): AttributeValue => ({ N: String(value) });
export const when = (isPresent: boolean, item: Item): Item => (isPresent ? item : {});
export const present = <T>(value: T | null, encode: (value: T) => Item): Item =>
  value === null ? {} : encode(value);

const newestSchema = 1;
/** Carried by every item: in which form its facts are written. */
export const schema: Item = { schema: number(newestSchema) };

/** The item, if this code can read its form; a form of later code may say what this code would overlook. */
export function ofKnownSchema(item: Item): Item {
  const written = readOptionalNumber(item, "schema") ?? newestSchema;
  if (written > newestSchema) throw new Error(`stored schema is ${written}, newer than ${newestSchema}`);
  return item;
}

export const readOptionalNumber = (item: Item, name: string): number | null =>
  item[name]?.N === undefined ? null : Number(item[name].N);

export function readNumber(item: Item, name: string): number {
  const value = readOptionalNumber(item, name);
  if (value === null || !Number.isFinite(value)) throw new Error(`stored item lacks the number ${name}`);
  return value;
}

export function readText(item: Item, name: string): string {
  const value = item[name]?.S;
  if (value === undefined) throw new Error(`stored item lacks the text ${name}`);
  return value;
}

/** A stored word of the list. Throws by name on any other: what this code does not know, it must not act on. */
export const readOneOf = <Word extends string>(item: Item, name: string, words: readonly Word[]): Word =>
  oneOf(readText(item, name), name, words);

export const readOptionalOneOf = <Word extends string>(
  item: Item,
  name: string,
  words: readonly Word[],
): Word | null => (item[name] === undefined ? null : readOneOf(item, name, words));

export function oneOf<Word extends string>(
  value: string | undefined,
  name: string,
  words: readonly Word[],
): Word {
  const word = words.find((known) => known === value);
  if (word === undefined) throw new Error(`stored ${name} is ${value}, which is none of ${words.join(", ")}`);
  return word;
}

const shortLength = 3;
/** A stored word cut to what tells it from every other of its list, where an item has it many times. */
export const shortWord = (word: string): string => word.slice(0, shortLength);

/** As `readOneOf`, of a word that was cut. */
export const readShortWord = <Word extends string>(item: Item, name: string, words: readonly Word[]): Word =>
  longWord(readText(item, name), name, words);

export const longWord = <Word extends string>(
  short: string | undefined,
  name: string,
  words: readonly Word[],
): Word => oneOf(words.find((word) => shortWord(word) === short) ?? short, name, words);

export const readOptionalText = (item: Item, name: string): string | null => item[name]?.S ?? null;

export const readTexts = (item: Item, name: string): readonly string[] =>
  (item[name]?.L ?? []).flatMap((entry) => entry.S ?? []);

export const readMoney = (item: Item, name: string): Money => moneyFromMinorUnits(readNumber(item, name));

export const readOptionalMoney = (item: Item, name: string): Money =>
  moneyFromMinorUnits(readOptionalNumber(item, name) ?? 0);
