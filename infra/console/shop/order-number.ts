// Order numbers. The server makes one when it shows the form, and the form brings it back: pressing the button twice,
// or again after a lost answer, sends the same number, and the same number is the same order.
import { createHmac, timingSafeEqual } from "node:crypto";

export interface OrderNumber {
  readonly number: string;
  /** Proves that this server gave the number to this browser: nobody orders under a number he thought of. */
  readonly seal: string;
}

export interface NumberMaker {
  readonly create: (session: string) => OrderNumber;
  readonly isSealed: (session: string, given: OrderNumber) => boolean;
}

const koreaAheadMs = 9 * 3_600_000;
const dayMs = 24 * 3_600_000;
/** Without letters that are taken for digits on the phone. */
const letters = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
const lettersInNumber = 8;

/** `key` outlives the process, so that a form from before a restart still brings its own number. */
export function createNumberMaker(
  key: string,
  world: { readonly nowMs: () => number; readonly randomBytes: (count: number) => Uint8Array },
): NumberMaker {
  const seal = (session: string, number: string): string =>
    createHmac("sha256", key).update(`order number ${number} of ${session}`).digest("base64url");
  return {
    create: (session) => {
      const day = koreanDay(world.nowMs()).replaceAll("-", "");
      const bytes = [...world.randomBytes(lettersInNumber)];
      const tail = bytes.map((byte) => letters[byte % letters.length]).join("");
      const number = `shop-${day}-${tail}`;
      return { number, seal: seal(session, number) };
    },
    isSealed: (session, given) => {
      const [right, shown] = [seal(session, given.number), given.seal].map((text) => Buffer.from(text));
      return right !== undefined && shown?.length === right.length && timingSafeEqual(right, shown);
    },
  };
}

/**
 * The last day to pay into a virtual account. Counted from the number's own day and not from now, because the same
 * number must always come with the same order.
 */
export function depositDueOf(number: string): string {
  const [, year = "", month = "", day = ""] = /^shop-(\d{4})(\d{2})(\d{2})-/.exec(number) ?? [];
  return koreanDay(Date.parse(`${year}-${month}-${day}T12:00:00+09:00`) + 3 * dayMs);
}

/** `2026-08-05` */
const koreanDay = (ms: number): string => new Date(ms + koreaAheadMs).toISOString().slice(0, 10);
