// One call a function makes to the outside, as the call record and the faults know it.

export interface OutgoingCall {
  readonly service: "dynamodb" | "portone" | "ssm";
  readonly sandboxId: string;
  readonly functionName: string;
  /** `UpdateItem`, or PortOne's method and path template. */
  readonly name: string;
  /** Made before the sandbox served its first invocation. */
  readonly isInit: boolean;
}

const templates = [
  "/users/getToken",
  "/users/pg",
  "/payments",
  "/payments/cancel",
  "/payments/prepare",
  "/payments/prepare/{merchant_uid}",
  "/payments/find/{merchant_uid}",
  "/payments/find/{merchant_uid}/{payment_status}",
  "/payments/findAll/{merchant_uid}",
  "/payments/findAll/{merchant_uid}/{payment_status}",
  "/payments/status/{payment_status}",
  "/payments/{imp_uid}",
  "/payments/{imp_uid}/balance",
  "/receipts/external/{merchant_uid}",
  "/receipts/{imp_uid}",
  "/subscribe/payments/onetime",
  "/subscribe/payments/again",
  "/subscribe/payments/schedule",
  "/subscribe/payments/unschedule",
  "/subscribe/payments/schedule/customers/{customer_uid}",
  "/subscribe/payments/schedule/{merchant_uid}",
  "/subscribe/payments/schedule/{merchant_uid}/reschedule",
  "/subscribe/payments/schedule/{merchant_uid}/retry",
  "/subscribe/customers",
  "/subscribe/customers/{customer_uid}",
  "/subscribe/customers/{customer_uid}/payments",
  "/subscribe/customers/{customer_uid}/schedules",
  "/vbanks",
  "/vbanks/{imp_uid}",
  "/escrows/logis/{imp_uid}",
  "/cards",
  "/cards/{card_standard_code}",
  "/banks",
  "/banks/{bank_standard_code}",
];

const patterns = templates.map((template) => ({
  template,
  pattern: new RegExp(`^${template.replace(/\{[a-z_]+\}/g, "[^/]+")}$`),
}));

/**
 * PortOne's path template, so that calls are counted by what they do and not by whom they are about. Null for a path
 * that is not in the list: no fault could be aimed at it, and none would be missed.
 */
export const templateOf = (path: string): string | null =>
  patterns.find(({ pattern }) => pattern.test(path))?.template ?? null;
