// The forms of the two names every door reads: the shop's number of an order, and PortOne's id of a payment.

export const merchantUidForm = /^[A-Za-z0-9._~:-]{1,40}$/;
export const impUidForm = /^[A-Za-z0-9_-]{1,32}$/;
/** Dots alone are a step of a path and no name. */
export const notOnlyDots = /^$|[^.]/;

export const isMerchantUid = (value: unknown): value is string =>
  typeof value === "string" && merchantUidForm.test(value) && notOnlyDots.test(value);

export const isImpUid = (value: unknown): value is string =>
  typeof value === "string" && impUidForm.test(value);
