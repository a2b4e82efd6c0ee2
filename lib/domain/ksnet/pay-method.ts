// The nine ways to pay that KSNET offers through PortOne's window, and how they group.

export const payMethods = [
  "card",
  "vbank",
  "trans",
  "phone",
  "lpay",
  "ssgpay",
  "kakaopay",
  "naverpay",
  "payco",
] as const;

export type PayMethod = (typeof payMethods)[number];

export const isPayMethod = (method: string): method is PayMethod =>
  (payMethods as readonly string[]).includes(method);

const easyPays: readonly string[] = ["lpay", "ssgpay", "kakaopay", "naverpay", "payco"];

export const isEasyPay = (method: string): boolean => easyPays.includes(method);
