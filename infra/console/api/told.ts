// The API's answers under the names the console uses.
import type { components } from "../../../lib/client/index.ts";

type Schemas = components["schemas"];
export type Order = Schemas["Order"];
export type OrderLine = Schemas["OrderLine"];
export type ReviewLine = Schemas["ReviewLine"];
export type Refund = Schemas["Refund"];
export type Receipt = Schemas["Receipt"];
export type Delivery = Schemas["Delivery"];
export type Attempt = Schemas["Attempt"];
export type HistoryEntry = Schemas["HistoryEntry"];
export type Queue = Schemas["Queue"];
export type Brake = Schemas["Brake"];
export type Audit = Schemas["Audit"];
export type CallInDoubt = Schemas["CallInDoubt"];
export type ReviewReason = Schemas["ReviewReason"];
export type OrderState = Order["state"];
export type Currency = Order["currency"];

/** As the doors take it; one of dots alone is none. */
export const isMerchantUid = (text: string): boolean =>
  /^[A-Za-z0-9._~:-]{1,40}$/.test(text) && !/^\.+$/.test(text);
