// A Korean day, and a page of what was created on it or of what is marked.
import * as z from "zod/mini";
import { isKstDay, kstDay } from "../../domain/kst.ts";
import type { Fields } from "../body.ts";
import { listOfCursor } from "../cursor.ts";
import { parseFields } from "../fields.ts";

export const day = z.string().check(z.refine(isKstDay, "YYYY-MM-DD 형식의 날짜여야 합니다."));
export const pageSize = z
  .union([z.string(), z.number()])
  .check(z.refine(isPageSize, "1에서 100 사이의 정수여야 합니다."));
const pageFields = {
  limit: z._default(pageSize, 50),
  cursor: z._default(z.string(), ""),
};
export const dayPage = z.strictObject({ day: z.optional(day), ...pageFields });
export const marked = z.union([z.literal("true"), z.literal(true)], "true여야 합니다.");
export const reviewPage = z.strictObject({ review: marked, ...pageFields });

function isPageSize(limit: string | number): boolean {
  return /^[1-9]\d{0,2}$/.test(String(limit)) && Number(limit) <= 100;
}

/** `list` names what it is a page of: a day, or `review` for what is marked. An empty cursor is its first page. */
export interface Page {
  readonly list: string;
  readonly limit: number;
  readonly cursor: string;
}

export const reviewList = "review";

/** Throws invalid_field. Where no day is named it is today, and a list that was begun before midnight goes on as it was. */
export function parsePage(fields: Fields, nowMs: number): Page {
  if ("review" in fields) {
    const { limit, cursor } = parseFields(reviewPage, fields);
    return { list: reviewList, limit: Number(limit), cursor };
  }
  const { day: named, limit, cursor } = parseFields(dayPage, fields);
  const list = named ?? listOfCursor(cursor) ?? kstDay(nowMs);
  return { list, limit: Number(limit), cursor };
}

export const dayNamed = z.strictObject({ day });

/** Throws invalid_field. */
export const parseDay = (fields: Fields): string => parseFields(dayNamed, fields).day;
