// How the tables of a newcomer's wrong requests are written: what was asked, and what was said, in Korean and literally.
import { expect } from "vitest";
import type { Sent } from "./doors.ts";
import type { Json } from "./shop.ts";

/** What is said: of nothing in particular, or of each place. */
export type Told = string | Readonly<Record<string, string>>;
export type Row = readonly [title: string, asked: Sent, status: number, code: string, told: Told];

const several = "요청 항목이 올바르지 않습니다. errors의 pointer마다 detail을 보고 고쳐 주세요.";
export const missing = "필수 항목입니다.";
export const unknown = "알 수 없는 항목입니다. 이름을 확인하거나 빼고 보내 주세요.";
export const badJson =
  "요청 본문이 올바른 JSON 객체가 아닙니다. 이름과 문자열은 큰따옴표로 감싸고 끝의 쉼표와 주석은 빼서, { }로 감싼 객체 하나를 UTF-8로 보내 주세요.";
export const badType =
  "읽을 수 없는 형식의 본문입니다. 압축하지 않은 UTF-8 JSON을 Content-Type: application/json으로 보내 주세요.";
export const badAmount = "1 이상 999,999,999 이하의 금액을 쉼표와 단위 없이 숫자로 보내 주세요(예: 109000).";
export const badTime = "초와 시간대까지 쓴 ISO 8601 시각이어야 합니다(예: 2026-08-05T12:00:00+09:00).";
export const badNumber = "영문·숫자와 . _ ~ : - 로 된 40자 이하의 주문번호여야 합니다.";
export const noOrder = "주문을 찾을 수 없습니다. 주문번호를 확인해 주세요.";

export function check(reply: { status: number; json: Json }, [, , status, code, told]: Row): void {
  const errors = typeof told === "string" ? {} : told;
  const [only, ...others] = Object.values(errors);
  const detail = typeof told === "string" ? told : others.length > 0 ? several : only;
  const named = ((reply.json["errors"] ?? []) as readonly Json[]).map((error) => [
    error["pointer"],
    error["detail"],
  ]);
  expect([reply.status, reply.json["code"], reply.json["detail"]]).toEqual([status, code, detail]);
  expect(Object.fromEntries(named)).toEqual(errors);
}

export const field = (title: string, asked: Sent, told: Told): Row => [
  title,
  asked,
  400,
  "invalid_field",
  told,
];
