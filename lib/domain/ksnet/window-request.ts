// What a merchant asks the payment window for, after its shape was checked. The keys keep PortOne's
// spelling because most of them are handed to `IMP.request_pay` unchanged.
import type { Money } from "../money.ts";

export interface CardOptions {
  readonly useInstallment?: boolean | undefined;
  readonly detail?:
    | readonly {
        readonly card_code: string;
        readonly enabled?: boolean | undefined;
        readonly max_month?: number | undefined;
      }[]
    | undefined;
  readonly direct?: { readonly code: string; readonly quota?: number | undefined } | undefined;
}

export interface StoreDetails {
  readonly businessName?: string | undefined;
  readonly businessRegistrationNumber?: string | undefined;
  readonly ceoFullName?: string | undefined;
  readonly address?: string | undefined;
  readonly phoneNumber?: string | undefined;
}

/** Options handed through to the window as they are. */
export interface WindowOptions {
  readonly buyer_email?: string | undefined;
  readonly buyer_tel?: string | undefined;
  readonly buyer_addr?: string | undefined;
  readonly buyer_postcode?: string | undefined;
  readonly app_scheme?: string | undefined;
  readonly m_redirect_url?: string | undefined;
  readonly escrow?: boolean | undefined;
  readonly digital?: boolean | undefined;
  readonly vbank_due?: string | undefined;
  readonly period?: { readonly from?: string | undefined; readonly to?: string | undefined } | undefined;
  readonly custom_data?: Readonly<Record<string, unknown>> | undefined;
  readonly display?: { readonly card_quota?: readonly number[] | undefined } | undefined;
  readonly card?: CardOptions | undefined;
  readonly appCard?: boolean | undefined;
  readonly useFreeInterestFromMall?: boolean | undefined;
  readonly storeDetails?: StoreDetails | undefined;
  readonly bypass?: { readonly ksnet: Readonly<Record<string, unknown>> } | undefined;
  readonly language?: string | undefined;
}

export interface WindowRequest {
  readonly merchantUid: string;
  readonly name: string;
  readonly amount: Money;
  readonly taxFree: Money;
  /** Still the merchant's word: whether KSNET knows it is one of the rules. */
  readonly currency: string;
  /** Still the merchant's word, likewise. */
  readonly payMethod: string;
  readonly buyerName: string;
  readonly options: WindowOptions;
  /** A billing key has no place in KSNET's window; the rule that says so needs to see it was asked. */
  readonly asksBillingKey: boolean;
}
