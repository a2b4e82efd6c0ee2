// What PortOne sends, read field by field: the schemas beside this say the same and describe the doors, but a buyer's
// confirm would wait for the code that checks them. A test holds both to one meaning.
import { parseMoney } from "../../domain/money.ts";
import type { Fields } from "../body.ts";
import { isImpUid, isMerchantUid } from "../names.ts";
import { ProblemError } from "../problem-error.ts";

export interface ConfirmRequest {
  readonly imp_uid: string;
  readonly merchant_uid: string;
  readonly amount: number | string;
}

export interface NoticeRequest {
  readonly imp_uid: string;
  readonly merchant_uid: string;
  readonly status: string | null;
  readonly cancellation_id: string | null;
}

/** Throws invalid_field. */
export function readConfirm({ imp_uid, merchant_uid, amount }: Fields): ConfirmRequest {
  if (!isImpUid(imp_uid) || !isMerchantUid(merchant_uid) || !isAmount(amount)) throw unreadable();
  return { imp_uid, merchant_uid, amount };
}

/** Throws invalid_field. */
export function readNotice({ imp_uid, merchant_uid, status, cancellation_id }: Fields): NoticeRequest {
  if (!isImpUid(imp_uid) || !isText(merchant_uid) || merchant_uid === "") throw unreadable();
  if (!isTextOrNothing(status) || !isTextOrNothing(cancellation_id)) throw unreadable();
  return { imp_uid, merchant_uid, status: status ?? null, cancellation_id: cancellation_id ?? null };
}

const unreadable = (): ProblemError => new ProblemError("invalid_field");

const isText = (value: unknown): value is string => typeof value === "string";

const isTextOrNothing = (value: unknown): value is string | null | undefined =>
  value === undefined || value === null || isText(value);

/** How many decimals it may have depends on the order's currency. */
const isAmount = (value: unknown): value is number | string =>
  (typeof value === "number" || isText(value)) && parseMoney(value, "USD") !== null;
