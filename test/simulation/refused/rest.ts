import { createdAtMs, createdOrder, paymentRecord, won } from "../../support/orders.ts";

import { type Case, cancelRequest, dayMs, entry, merchantUid, paid, put, refunding, take } from "./stand.ts";

export const wrongRest: readonly Case[] = [
  [
    "money in an open window that was never looked at again",
    "not_in_time",
    (all) => {
      take(all);
      put(all, createdOrder({ isExpired: true, state: "expired", dueAtMs: null }));
      all.rest.moneyIsSeen();
    },
  ],
  [
    "a payment the order does not hold",
    "differs",
    (all) => {
      take(all);
      put(all, createdOrder({ state: "expired", isExpired: true, dueAtMs: null }));
      all.rest.atRest(all.owed);
    },
  ],
  [
    "a cancel the order does not know",
    "differs",
    (all) => {
      const impUid = take(all);
      all.portone.consoleCancel(impUid, won(20_000));
      put(all, paid(impUid));
      all.rest.atRest(all.owed);
    },
  ],
  [
    "money nobody wants and nobody is told of",
    "money_kept",
    (all) => {
      const impUid = take(all);
      put(all, { ...paid(impUid), impUid: null, isExpired: true });
      all.rest.atRest(all.owed);
    },
  ],
  [
    "a key told refused whose money moved",
    "told_wrong",
    ({ told, sending, portone, table }) => {
      told.asks("refund", merchantUid, "#k7q2m5xwa")({ status: 422, isFinal: true, atMs: 0, body: "" });
      sending.cancelled(paymentRecord(), entry, cancelRequest());
      told.atRest(sending, portone, table.orders);
    },
  ],
  [
    "a key told succeeded for which nothing happened",
    "told_wrong",
    ({ told, sending, portone, table }) => {
      told.asks("refund", merchantUid, "#k7q2m5xwa")({ status: 200, isFinal: true, atMs: 0, body: "" });
      told.atRest(sending, portone, table.orders);
    },
  ],
  [
    "a believed 503 that charged all the same",
    "told_wrong",
    ({ told, sending, portone, table }) => {
      told.asks("charge", merchantUid, merchantUid)({ status: 503, isFinal: false, atMs: 0, body: "" });
      sending.charged(merchantUid);
      told.atRest(sending, portone, table.orders);
    },
  ],
  [
    "two last words",
    "told_wrong",
    ({ told, sending, portone, table }) => {
      const hears = told.asks("refund", merchantUid, "#k7q2m5xwa");
      hears({ status: 200, isFinal: true, atMs: 0, body: "a" });
      hears({ status: 200, isFinal: true, atMs: 0, body: "b" });
      sending.cancelled(paymentRecord(), entry, cancelRequest());
      told.atRest(sending, portone, table.orders);
    },
  ],
  [
    "a debt charged under two numbers, one given back",
    "double_charge",
    ({ told, sending, portone, table }) => {
      for (const number of ["charge-1", "charge-2"]) {
        told.chargesFor("debt-1", number);
        const { impUid } = portone.charge(number, won(9_900), false);
        if (number === "charge-2") portone.consoleCancel(impUid, won(9_900));
      }
      told.atRest(sending, portone, table.orders);
    },
  ],
  [
    "an account of a void order that may still be paid into",
    "account_open",
    (all) => {
      const impUid = all.portone.openWindow(merchantUid, won(109_000), "vbank") ?? "";
      all.portone.openAccount(impUid, createdAtMs + dayMs);
      put(all, createdOrder({ state: "voided", voidedAtMs: createdAtMs, dueAtMs: null }));
      all.rest.atRest(all.owed);
    },
  ],
  [
    "an order due for nothing",
    "due_for_nothing",
    (all) => {
      put(all, { ...paid(take(all)), dueAtMs: createdAtMs });
      all.rest.atRest(all.owed);
    },
  ],
  [
    "an operation that nobody is told of and that never ends",
    "unresolved",
    (all) => {
      put(all, refunding(paid(take(all))));
      all.rest.atRest(all.owed);
    },
  ],
  [
    "an account left open though its order is to be void",
    "account_open",
    (all) => {
      const impUid = all.portone.openWindow(merchantUid, won(109_000), "vbank") ?? "";
      all.portone.openAccount(impUid, createdAtMs + dayMs);
      put(all, createdOrder({ state: "awaiting_deposit", isVoidWanted: true }));
      all.rest.voidsAreDone();
    },
  ],
  [
    "money paid after the void that waits for a person",
    "money_kept",
    (all) => {
      const impUid = take(all);
      const isVoid = { voidedAtMs: createdAtMs, state: "voided", dueAtMs: null } as const;
      put(all, { ...paid(impUid), ...isVoid, impUid: null, reviewReason: "manual_refund" });
      all.rest.atRest(all.owed);
    },
  ],
  [
    "a receipt the order does not know",
    "differs",
    (all) => {
      const impUid = take(all);
      all.portone.issueReceipt(impUid);
      put(all, paid(impUid));
      all.rest.atRest(all.owed);
    },
  ],
];
