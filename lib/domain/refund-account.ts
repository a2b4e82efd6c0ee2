// The buyer's account that a virtual account's refund is paid to: KSNET has none of its own to send the money back to.

export interface RefundAccount {
  readonly holder: string;
  readonly bank: string;
  readonly number: string;
}

/** As somebody named it, whole or in part. */
export type AskedAccount = { readonly [Part in keyof RefundAccount]: string | null };

/** The account if every part of it was named. */
export const wholeAccount = (asked: AskedAccount | null): RefundAccount | null =>
  asked?.holder && asked.bank && asked.number
    ? { holder: asked.holder, bank: asked.bank, number: asked.number }
    : null;
