// What is said of one door: how it is asked, and everything it can answer.
import type * as z from "zod/mini";
import type { Scope } from "../../../lib/domain/merchant-key.ts";
import type { ProblemCode } from "../../../lib/http/problem-code.ts";

type Schema = z.core.$ZodType;

export interface ObjectSchema extends Schema {
  readonly shape: Readonly<Record<string, Schema>>;
}

export interface Text {
  readonly ko: string;
  readonly en: string;
}

/** A request as it is really sent: a test sends it, and gets the first of the door's answers. */
export interface Example {
  readonly path?: Readonly<Record<string, string>>;
  /** A list is the same name several times. */
  readonly query?: Readonly<Record<string, string | number | readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readonly<Record<string, unknown>>;
}

export interface DescribedAnswer extends Text {
  /** Absent for an answer without a body. */
  readonly schema?: Schema;
  /** It says where to ask again. */
  readonly hasLocation?: boolean;
}

export interface Door extends Text {
  /** API Gateway's route key. */
  readonly route: string;
  readonly tag: Tag;
  readonly about?: Text;
  /** Every field, wherever it stands: in the path, the query, a header or the body. */
  readonly request: ObjectSchema;
  /** There is another way to ask. */
  readonly otherRequest?: ObjectSchema;
  readonly query?: readonly string[];
  /** Header names, and the fields they become. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Fields that are known only to be refused by name. */
  readonly refused?: readonly string[];
  /** There is a way to ask without one. */
  readonly isBodyOptional?: boolean;
  readonly example: Example;
  /** By status; the first is what the example gets. */
  readonly answers: readonly (DescribedAnswer & { readonly status: number })[];
}

export interface MerchantDoor extends Door {
  /** Its name in a direct invocation; absent where there is none. */
  readonly action?: string;
  readonly functionName: string;
  readonly scope: Scope;
  /** What a direct invocation calls fields whose own names it needs. */
  readonly directNames?: Readonly<Record<string, string>>;
  /** Beside those of every merchant's door. */
  readonly codes: readonly ProblemCode[];
}

export interface DirectDoor extends MerchantDoor {
  readonly action: string;
}

export const tags = {
  orders: { ko: "주문", en: "Orders" },
  refunds: { ko: "환불", en: "Refunds" },
  receipts: { ko: "현금영수증", en: "Cash receipts" },
  charges: { ko: "결제창 없는 결제", en: "Charges without a window" },
  schedules: { ko: "예약 결제", en: "Reserved charges" },
  deliveries: { ko: "에스크로 배송", en: "Escrow deliveries" },
  desk: { ko: "운영", en: "The operator's desk" },
  browser: { ko: "구매자의 브라우저", en: "The buyer's browser" },
  portone: { ko: "포트원", en: "PortOne" },
} as const satisfies Readonly<Record<string, Text>>;
export type Tag = keyof typeof tags;
