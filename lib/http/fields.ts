// The field types all doors share, and how a failed check becomes the caller's list of broken fields.
import * as z from "zod/mini";
import { hasRoomForData, mostCustomDataBytes } from "../domain/custom-data.ts";
import { type Money, parseMoney } from "../domain/money.ts";
import { productTypes } from "../domain/operation.ts";
import { isVisible } from "../domain/text.ts";
import type { Fields } from "./body.ts";
import { impUidForm, merchantUidForm, notOnlyDots } from "./names.ts";
import { toPointer } from "./pointer.ts";
import { type FieldProblem, ProblemError } from "./problem-error.ts";

/** Characters as a person counts them, so that an emoji is one. */
const characters = (text: string): number => [...text].length;

const isNothingOrVisible = z.refine<string>(
  (value) => /^ *$/.test(value) || isVisible(value),
  "보이는 글자가 있어야 합니다.",
);

export const text = (longest: number) =>
  z.string("큰따옴표로 감싼 문자열이어야 합니다.").check(
    z.refine((value) => characters(value) <= longest, `${longest}자 이하여야 합니다.`),
    isNothingOrVisible,
  );

export const requiredText = (longest: number) =>
  text(longest).check(z.refine((value) => value.trim() !== "", "비워 둘 수 없습니다."));

const moreThanDots = z.regex(notOnlyDots, ". 만으로 된 값은 쓸 수 없습니다.");

export const merchantUid = z
  .string("큰따옴표로 감싼 문자열이어야 합니다.")
  .check(
    z.regex(merchantUidForm, "영문·숫자와 . _ ~ : - 로 된 40자 이하의 주문번호여야 합니다."),
    moreThanDots,
  );

/** What names an order and nothing else. */
export const merchantNamed = z.strictObject({ merchant_uid: merchantUid });

export const customerUid = z
  .string("큰따옴표로 감싼 문자열이어야 합니다.")
  .check(
    z.regex(/^[A-Za-z0-9._~:@-]{1,80}$/, "영문·숫자와 . _ ~ : @ - 로 된 80자 이하여야 합니다."),
    moreThanDots,
  );

/** An instant, whatever the time zone it is written in. */
export const instant = z.iso.datetime({
  offset: true,
  error: "초와 시간대까지 쓴 ISO 8601 시각이어야 합니다(예: 2026-08-05T12:00:00+09:00).",
});

export const impUid = z
  .string("큰따옴표로 감싼 문자열이어야 합니다.")
  .check(z.regex(impUidForm, "imp_uid 형식이 아닙니다. 포트원이 알려 준 값을 그대로 보내 주세요."));

/** A number or a string of digits; how many decimals it may have depends on the currency. */
const moneyOf = (isSound: (money: Money) => boolean, least: string) =>
  z.union([z.number(), z.string()], "숫자여야 합니다.").check(
    z.refine(
      (value) => {
        const money = parseMoney(value, "USD");
        return money !== null && isSound(money);
      },
      {
        error: `${least} 이상 999,999,999 이하의 금액을 쉼표와 단위 없이 숫자로 보내 주세요(예: 109000).`,
        abort: true,
      },
    ),
  );

export const amount = moneyOf(() => true, "0");

/** From one won; a cent of a dollar is more than nothing. */
export const positiveAmount = moneyOf((money) => money > 0, "1");

export const productType = z.optional(z.enum(productTypes, "real 또는 digital이어야 합니다."));

const hasRoom = z.refine<string>(
  hasRoomForData,
  `JSON으로 ${mostCustomDataBytes}바이트 이하여야 합니다. 더 큰 자료는 주문번호로 찾을 수 있게 따로 두세요.`,
);
/** The shop's own data with a charge: kept, because a charge may have to be sent again. */
export const customText = z.string("큰따옴표로 감싼 문자열이어야 합니다.").check(isNothingOrVisible, hasRoom);

const serverSays = "서버가 정합니다. 빼고 보내 주세요.";
/** What PortOne's guides have a shop send, and this server says itself. */
export const setByServer = z.optional(z.never(serverSays));

export const flag = z.boolean("true 또는 false여야 합니다.");

/** A request's fields, read one by one where the whole is malformed. */
export interface FieldsRead<Output> {
  /** Null when any field is malformed. */
  readonly value: Output | null;
  /** The fields that are well-formed by themselves. */
  readonly sound: Partial<Output>;
  readonly problems: readonly FieldProblem[];
}

type Shape = Readonly<Record<string, z.ZodMiniType>>;

interface ObjectSchema<Output> extends z.ZodMiniType<Output> {
  readonly shape: Shape;
}

/** For doors whose rules are asked of whatever is well-formed, so that everything wrong is named at once. */
export function readFields<Output>(schema: ObjectSchema<Output>, fields: Fields): FieldsRead<Output> {
  const result = parse(schema, fields);
  if (result.success) return { value: result.data, sound: result.data as Partial<Output>, problems: [] };
  const sound = Object.entries(schema.shape).flatMap(([name, field]) => {
    const read = field.safeParse(fields[name]);
    return read.success ? [[name, read.data]] : [];
  });
  return {
    value: null,
    sound: Object.fromEntries(sound) as Partial<Output>,
    problems: problemsIn(result.error, schema),
  };
}

const parse = <Output>(schema: z.ZodMiniType<Output>, fields: unknown) =>
  schema.safeParse(fields, { reportInput: true, error: () => "형식이 올바르지 않습니다." });

/** An amount in won; null, and a problem more, for what has decimals. */
export function readWon(pointer: string, value: number | string, problems: FieldProblem[]): Money | null {
  const won = parseMoney(value, "KRW");
  if (won === null) problems.push(invalidField(pointer, "원화 금액은 소수점 없이 정수로 보내 주세요."));
  return won;
}

/** The order named, where nothing else may be said. Throws invalid_field. */
export const parseMerchantUid = (fields: Fields): string => parseFields(merchantNamed, fields).merchant_uid;

/** Parses fields by a schema, or throws invalid_field with every broken field named by JSON pointer. */
export function parseFields<Output>(schema: z.ZodMiniType<Output>, fields: unknown): Output {
  const result = parse(schema, fields);
  if (result.success) return result.data;
  throw new ProblemError("invalid_field", problemsIn(result.error, schema));
}

export const invalidField = (pointer: string, detail: string): FieldProblem => ({
  pointer,
  code: "invalid_field",
  detail,
});

const problemsIn = (error: z.core.$ZodError, schema: z.ZodMiniType): readonly FieldProblem[] =>
  error.issues.flatMap((issue) => toFieldProblems(issue, "shape" in schema ? (schema.shape as Shape) : {}));

function toFieldProblems(issue: z.core.$ZodIssue, shape: Shape): FieldProblem[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => {
      const pointer = toPointer([...issue.path, key]);
      return invalidField(pointer, whyUnknown(key, issue.path.length === 0 ? shape : {}));
    });
  const isMissing = issue.input === undefined;
  return [invalidField(toPointer(issue.path), isMissing ? "필수 항목입니다." : issue.message)];
}

/** A name spelt as other APIs spell it, merchantUid, tells which field was meant. */
function whyUnknown(name: string, shape: Shape): string {
  const meant = Object.keys(shape).find((known) => folded(known) === folded(name));
  if (meant === undefined) return "알 수 없는 항목입니다. 이름을 확인하거나 빼고 보내 주세요.";
  return shape[meant] === setByServer
    ? serverSays
    : `알 수 없는 항목입니다. 이름을 ${meant}(으)로 바꿔 주세요.`;
}

const folded = (name: string): string => name.replaceAll(/[_-]/g, "").toLowerCase();
