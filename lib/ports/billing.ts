// What charges without a window, billing keys and reserved charges need from PortOne, in the domain's words.
import type { CardSecret } from "../domain/card-secret.ts";
import type { CustomData } from "../domain/custom-data.ts";
import type { Currency, Money } from "../domain/money.ts";
import type { PaymentRecord } from "../domain/payment-record.ts";
import type { ScheduleRecord } from "../domain/schedule.ts";
import type { CallResult, Login, Unavailable } from "./portone.ts";

/** What a charge without a window needs, beyond the card or the key. */
export interface ChargeRequest {
  readonly merchantUid: string;
  readonly name: string;
  readonly amount: Money;
  readonly taxFree: Money;
  readonly currency: Currency;
  readonly buyerName: string;
  readonly productType: string;
  readonly cardQuota: number | null;
  readonly customData: CustomData | null;
  readonly noticeUrl: string;
}

export interface VirtualAccountRequest {
  readonly merchantUid: string;
  readonly name: string;
  readonly amount: Money;
  readonly currency: Currency;
  readonly buyerName: string;
  readonly productType: string;
  readonly bankCode: string;
  readonly dueAtMs: number;
}

/** Calls that take money, and the one that opens an account. None is repeated inside. */
export interface ChargeGateway {
  login(): Promise<Login>;
  /** Key-in. The card data is used for this one call. */
  chargeOnce(request: ChargeRequest, card: CardSecret): Promise<CallResult<PaymentRecord>>;
  chargeKey(request: ChargeRequest, customerUid: string): Promise<CallResult<PaymentRecord>>;
  retrySchedule(merchantUid: string): Promise<CallResult<PaymentRecord>>;
  issueAccount(request: VirtualAccountRequest): Promise<CallResult<PaymentRecord>>;
}

/** A billing key as PortOne shows it; the card's number is masked. */
export interface BillingKeyRecord {
  readonly customerUid: string;
  readonly cardName: string | null;
  readonly cardCode: string | null;
  readonly cardNumber: string | null;
  readonly cardType: number | null;
  readonly pgId: string | null;
  readonly insertedAtMs: number | null;
  readonly updatedAtMs: number | null;
}

export interface CardHolder {
  readonly name: string | null;
  readonly tel: string | null;
  readonly email: string | null;
}

/** One charge PortOne is to make by itself. */
export interface ScheduleDraft extends Omit<ChargeRequest, "cardQuota" | "customData"> {
  readonly scheduledAtMs: number;
}

/** Billing keys. Moves no money. */
export interface BillingKeyGateway {
  login(): Promise<Login>;
  issueKey(customerUid: string, card: CardSecret, holder: CardHolder): Promise<CallResult<BillingKeyRecord>>;
  fetchKey(
    customerUid: string,
  ): Promise<{ readonly outcome: "found"; readonly record: BillingKeyRecord | null } | Unavailable>;
  deleteKey(customerUid: string, reason: string | null): Promise<CallResult<BillingKeyRecord>>;
}

export interface ScheduleList {
  readonly outcome: "found";
  readonly records: readonly ScheduleRecord[];
  /** The numbers of rows that are no reservation; null where not even that can be read. */
  readonly unreadable?: readonly (string | null)[];
}

/** Charges PortOne is to make by itself. */
export interface ScheduleGateway {
  login(): Promise<Login>;
  schedule(
    customerUid: string,
    drafts: readonly ScheduleDraft[],
  ): Promise<CallResult<readonly ScheduleRecord[]>>;
  fetchSchedule(
    merchantUid: string,
  ): Promise<{ readonly outcome: "found"; readonly record: ScheduleRecord | null } | Unavailable>;
  listSchedules(
    customerUid: string,
    window: { readonly fromMs: number; readonly toMs: number },
  ): Promise<ScheduleList | Unavailable>;
  unschedule(
    customerUid: string,
    merchantUids: readonly string[],
  ): Promise<CallResult<readonly ScheduleRecord[]>>;
  /** `isOpen`: not run yet; one that failed or was revoked is set up anew. */
  reschedule(merchantUid: string, atMs: number, isOpen: boolean): Promise<CallResult<ScheduleRecord>>;
}
