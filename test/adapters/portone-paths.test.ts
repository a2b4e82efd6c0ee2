// Every path that lib/portone can call stands in the host's list of outgoing calls: each method of each port is driven
// against a scripted PortOne, and what arrived there is looked up.
import { afterAll, beforeAll, expect, it } from "vitest";
import { templateOf } from "../../infra/local/host/outgoing-call.ts";
import { CardSecret } from "../../lib/domain/card-secret.ts";
import { createAmounts } from "../../lib/portone/amounts.ts";
import { AuthorizedCaller } from "../../lib/portone/authorized-caller.ts";
import { createBillingKeys } from "../../lib/portone/billing-keys.ts";
import { createCancels } from "../../lib/portone/cancels.ts";
import { createCharges } from "../../lib/portone/charges.ts";
import { createDeliveries } from "../../lib/portone/deliveries.ts";
import { pathTo, withQuery } from "../../lib/portone/path.ts";
import { createPaymentLists } from "../../lib/portone/payment-lists.ts";
import { createPayments } from "../../lib/portone/payments.ts";
import { createReceipts } from "../../lib/portone/receipts.ts";
import { createSchedules } from "../../lib/portone/schedules.ts";
import { won } from "../support/orders.ts";
import { json, type ScriptedPortOne, startScriptedPortOne } from "./scripted-portone.ts";

let portone: ScriptedPortOne;
beforeAll(async () => {
  portone = await startScriptedPortOne();
  portone.turns = [json(400, { code: -1, message: "거절", response: null })];
});
afterAll(() => portone.close());

const nowMs = Date.parse("2026-08-05T12:25:00+09:00");
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
  identifier: "01012345678",
  identifierType: "phone",
  productType: "real" as const,
  buyerName: "홍길동",
  buyerEmail: null,
  buyerTel: null,
  saleName: null,
};
const ofPayment = { kind: "payment", impUid: "imp_1" } as const;
const ofSale = { kind: "external", merchantUid: "sale-1" } as const;
const parcel = { isChange: false, sender: {}, receiver: {}, company: "CJGLS", invoice: "1", sentAtMs: nowMs };
const window = { fromMs: nowMs, toMs: nowMs + 1_000 };

/** Each port with a call of each of its methods. */
function everyCall() {
  const caller = new AuthorizedCaller(
    { url: portone.url, key: "imp_key", secret: "imp_secret" },
    { nowMs: () => nowMs },
  );
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
  const account = { ...named, ...money, bankCode: "004", dueAtMs: nowMs };
  const reserved = { ...named, ...money, scheduledAtMs: nowMs, noticeUrl: charge.noticeUrl };
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
          () => schedules.reschedule("sub-1", nowMs, true),
          () => schedules.reschedule("sub-1", nowMs, false),
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

it("a path that lib/portone calls and the host's list does not know would make faults miss silently", async () => {
  for (const [port, calls] of everyCall()) {
    expect(Object.keys(calls).sort()).toEqual(Object.keys(port).sort());
    for (const call of Object.values(calls).flat()) await call();
  }
  const paths = portone.requests.map(({ line }) => (line.split(" ")[1] ?? "").split("?")[0] ?? "");
  expect(new Set(paths.map((path) => templateOf(path))).size).toBeGreaterThanOrEqual(18);
  expect(paths.filter((path) => templateOf(path) === null)).toEqual([]);
  expect(templateOf("/users/getToken")).toBe("/users/getToken");
});

it.each(["", ".", ".."])("no path is built of the step %j, wherever the value comes from", async (step) => {
  const before = portone.requests.length;
  expect(() => pathTo`/payments/${step}`).toThrow("no step of a path");
  const caller = new AuthorizedCaller(
    { url: portone.url, key: "imp_key", secret: "imp_secret" },
    { nowMs: () => nowMs },
  );
  const calls = [
    () => createPayments(caller, true).fetchPayment(step),
    () => createPayments(caller, true).findPayments(step),
    () => createCancels(caller).revokeAccount(step),
    () => createCharges(caller, null).retrySchedule(step),
    () => createBillingKeys(caller, null).fetchKey(step),
    () => createSchedules(caller).reschedule(step, nowMs, true),
    () => createReceipts(caller, null).cancelReceipt({ kind: "payment", impUid: step }),
    () => createDeliveries(caller).fetchDelivery(step),
  ];
  for (const call of calls)
    await expect(Promise.resolve().then<unknown>(call)).rejects.toThrow("no step of a path");
  expect(portone.requests.length).toBe(before);
});

it.each([
  ["a/b", "/payments/a%2Fb"],
  ["../cancel", "/payments/..%2Fcancel"],
  ["%2e%2e", "/payments/%252e%252e"],
  ["a?b#c", "/payments/a%3Fb%23c"],
  ["...", "/payments/..."],
  ["주문 1", "/payments/%EC%A3%BC%EB%AC%B8%201"],
])("%j is one step of a path", (step, path) => {
  expect(pathTo`/payments/${step}`).toBe(path);
  expect(new URL(withQuery(pathTo`/payments/${step}`, "page=1"), portone.url).pathname).toBe(path);
});
