// A Korean day, and a page of what was created on it.
import * as z from "zod/mini";
import { isKstDay } from "../../domain/kst.ts";
import type { Fields } from "../body.ts";
import { parseFields } from "../fields.ts";

export const day = z.string().check(z.refine(isKstDay, "YYYY-MM-DD 형식의 날짜여야 합니다."));
export const pageSize = z
  .union([z.string(), z.number()])
  .check(z.refine(isPageSize, "1에서 100 사이의 정수여야 합니다."));
export const dayPage = z.strictObject({
  day,
  limit: z._default(pageSize, 50),
  cursor: z._default(z.string(), ""),
});

function isPageSize(limit: string | number): boolean {
  return /^[1-9]\d{0,2}$/.test(String(limit)) && Number(limit) <= 100;
}

/** An empty cursor is the first page. Throws invalid_field. */
export function parsePage(fields: Fields) {
  const { limit, ...rest } = parseFields(dayPage, fields);
  return { ...rest, limit: Number(limit) };
}

export const dayNamed = z.strictObject({ day });

/** Throws invalid_field. */
export const parseDay = (fields: Fields): string => parseFields(dayNamed, fields).day;
