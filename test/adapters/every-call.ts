// A call of each method that lib/portone has, for what must be true of all of them.

import { CardSecret } from "../../lib/domain/card-secret.ts";
import { createAmounts } from "../../lib/portone/amounts.ts";
import type { AuthorizedCaller } from "../../lib/portone/authorized-caller.ts";
import { createBillingKeys } from "../../lib/portone/billing-keys.ts";
import { createCancels } from "../../lib/portone/cancels.ts";
import { createCharges } from "../../lib/portone/charges.ts";
import { createDeliveries } from "../../lib/portone/deliveries.ts";
import { createPaymentLists } from "../../lib/portone/payment-lists.ts";
import { createPayments } from "../../lib/portone/payments.ts";
import { createReceipts } from "../../lib/portone/receipts.ts";
import { createSchedules } from "../../lib/portone/schedules.ts";
import { won } from "../support/orders.ts";
import { recipient } from "../support/receipt-doubles.ts";

const atMs = Date.parse("2026-08-05T12:25:00+09:00");
const card = new CardSecret({
  cardNumber: "4518-4200-0000-0015",
  expiry: "2031-12",
  birth: "820213",
  pwd2Digit: "00",
});
const named = { merchantUid: "sub-1", name: "정기구독 8월분", buyerName: "홍길동", productType: "real" };
const money = { amount: won(8_900), taxFree: won(0), currency: "KRW" } as const;
const charge = {
  ...named,
  ...money,
  cardQuota: null,
  customData: null,
  noticeUrl: "https://pay.shop.example/n",
};
const draft = {
  type: "person" as const,
  identifierMasked: "010****5678",
  amount: won(8_900),
  taxFree: won(0),
  bodyHash: "hash",
};
const receipt = {
  draft,
  recipient,
  buyerName: "홍길동",
};
const ofPayment = { kind: "payment", impUid: "imp_1" } as const;
const ofSale = { kind: "external", merchantUid: "sale-1" } as const;
const parcel = { isChange: false, sender: {}, receiver: {}, company: "CJGLS", invoice: "1", sentAtMs: atMs };
const window = { fromMs: atMs, toMs: atMs + 1_000 };

/** Each port with a call of each of its methods. */
export function everyCall(caller: AuthorizedCaller) {
  const payments = createPayments(caller, true);
  const lists = createPaymentLists(caller);
  const cancels = createCancels(caller);
  const charges = createCharges(caller, "channel-key-1");
  const keys = createBillingKeys(caller, "channel-key-1");
  const schedules = createSchedules(caller);
  const receipts = createReceipts(caller, "channel-key-1");
  const deliveries = createDeliveries(caller);
  const amounts = createAmounts(caller);
  const cancel = {
    impUid: "imp_1",
    checksum: won(8_900),
    reason: "#k7q2m5xwa",
    requester: null,
    account: null,
  };
  const account = { ...named, ...money, bankCode: "004", dueAtMs: atMs };
  const reserved = { ...named, ...money, scheduledAtMs: atMs, noticeUrl: charge.noticeUrl };
  return [
    [
      payments,
      {
        fetchPayment: [() => payments.fetchPayment("imp_1")],
        findPayments: [() => payments.findPayments("ord-1")],
      },
    ],
    [
      lists,
      {
        listPayments: [() => lists.listPayments("paid", window, 1)],
        fetchPayments: [() => lists.fetchPayments(["imp_1"])],
      },
    ],
    [
      cancels,
      {
        login: [() => cancels.login()],
        cancel: [() => cancels.cancel({ ...cancel, ...money })],
        revokeAccount: [() => cancels.revokeAccount("imp_1")],
      },
    ],
    [
      charges,
      {
        login: [() => charges.login()],
        chargeOnce: [() => charges.chargeOnce(charge, card)],
        chargeKey: [() => charges.chargeKey(charge, "hong-card1")],
        retrySchedule: [() => charges.retrySchedule("sub-1")],
        issueAccount: [() => charges.issueAccount(account)],
      },
    ],
    [
      keys,
      {
        login: [() => keys.login()],
        issueKey: [() => keys.issueKey("hong-card1", card, { name: null, tel: null, email: null })],
        fetchKey: [() => keys.fetchKey("hong-card1")],
        deleteKey: [() => keys.deleteKey("hong-card1", "해지")],
      },
    ],
    [
      schedules,
      {
        login: [() => schedules.login()],
        schedule: [() => schedules.schedule("hong-card1", [reserved])],
        fetchSchedule: [() => schedules.fetchSchedule("sub-1")],
        listSchedules: [() => schedules.listSchedules("hong-card1", window)],
        unschedule: [() => schedules.unschedule("hong-card1", ["sub-1"])],
        reschedule: [
          () => schedules.reschedule("sub-1", atMs, true),
          () => schedules.reschedule("sub-1", atMs, false),
        ],
      },
    ],
    [
      receipts,
      {
        login: [() => receipts.login()],
        issueReceipt: [
          () => receipts.issueReceipt({ ...receipt, target: ofPayment }),
          () => receipts.issueReceipt({ ...receipt, target: ofSale }),
        ],
        cancelReceipt: [() => receipts.cancelReceipt(ofPayment), () => receipts.cancelReceipt(ofSale)],
        fetchReceipt: [() => receipts.fetchReceipt(ofPayment), () => receipts.fetchReceipt(ofSale)],
      },
    ],
    [
      deliveries,
      {
        register: [
          () => deliveries.register("imp_1", parcel),
          () => deliveries.register("imp_1", { ...parcel, isChange: true }),
        ],
        fetchDelivery: [() => deliveries.fetchDelivery("imp_1")],
      },
    ],
    [
      amounts,
      { register: [() => amounts.register({ merchantUid: "ord-1", amount: won(8_900), currency: "KRW" })] },
    ],
  ] as const satisfies readonly (readonly [
    object,
    Readonly<Record<string, readonly (() => Promise<unknown>)[]>>,
  ])[];
}
