// What PortOne must not be left to do, and what must not be said of it.
import { createdAtMs, createdOrder, minuteMs, won } from "../../support/orders.ts";
import { type Case, dayMs, merchantUid, put, type Stand } from "./stand.ts";

const voided = () => createdOrder({ state: "voided", voidedAtMs: createdAtMs, dueAtMs: null });

const reserve = ({ billing }: Stand): void => {
  const draft = { merchantUid, amount: won(109_000), scheduledAtMs: createdAtMs + dayMs };
  billing.reserve("cust-7", [draft]);
};

export const wrongReservations: readonly Case[] = [
  [
    "a charge of an order that is void",
    "charged_closed",
    (all) => {
      put(all, voided());
      all.reserved.charged(all.portone.charge(merchantUid, won(109_000), false));
    },
  ],
  [
    "a charge of an order that was replaced",
    "charged_closed",
    (all) => {
      put(all, createdOrder({ state: "failed", supersededBy: "ord-2", dueAtMs: null }));
      all.reserved.charged(all.portone.charge(merchantUid, won(109_000), false));
    },
  ],
  [
    "a reservation that outlives its order",
    "reservation_left",
    (all) => {
      put(all, voided());
      reserve(all);
      all.reserved.atRest();
    },
  ],
  [
    "a reservation that PortOne does not have",
    "differs",
    (all) => {
      const charge = {
        via: "schedule",
        state: "scheduled",
        scheduledAtMs: createdAtMs + dayMs,
        customerUid: "cust-7",
        productType: "digital",
        cardQuota: null,
        customData: null,
        claimToken: "reserve-1/1",
        sends: 1,
        sentAtMs: createdAtMs,
        sinceMs: createdAtMs,
      } as const;
      put(all, createdOrder({ charge }));
      all.reserved.atRest();
    },
  ],
  [
    "two accounts opened for one order",
    "two_accounts",
    ({ portone, reserved }) => {
      for (let count = 1; count <= 2; count += 1)
        reserved.accountOpened(portone.issueAccount(merchantUid, won(109_000), createdAtMs + dayMs));
    },
  ],
  [
    "an account of an order that failed",
    "account_open",
    (all) => {
      all.portone.issueAccount(merchantUid, won(109_000), createdAtMs + dayMs);
      put(all, createdOrder({ state: "failed", dueAtMs: null }));
      all.reserved.atRest();
    },
  ],
  [
    "a key that is gone and that nobody asked to delete",
    "key_lost",
    ({ reserved, billing }) => {
      billing.issueKey("cust-8", "541333******9994");
      reserved.toldKey("cust-8");
      billing.deleteKey("cust-8");
      reserved.atRest();
    },
  ],
  [
    "a reservation told revoked that stands",
    "told_wrong",
    (all) => {
      reserve(all);
      all.reserved.toldRevoked([merchantUid], []);
    },
  ],
  [
    "a reservation told revoked that charges",
    "told_wrong",
    (all) => {
      all.reserved.toldRevoked([], [merchantUid]);
      all.reserved.charged(all.portone.charge(merchantUid, won(109_000), false));
    },
  ],
  [
    "a retry told the decline of the charge before it",
    "told_wrong",
    ({ reserved, portone }) => {
      const { impUid } = portone.charge(merchantUid, won(109_000), true);
      reserved.asksRetry(merchantUid)(402, impUid);
    },
  ],
  [
    "two retries told one decline",
    "told_wrong",
    ({ reserved, billing, time }) => {
      billing.retried.add("imp_0001");
      reserved.asksRetry(merchantUid)(402, "imp_0001");
      time.nowMs += minuteMs;
      reserved.asksRetry(merchantUid)(402, "imp_0001");
    },
  ],
  [
    "a move told done that never was",
    "told_wrong",
    ({ told, sending, portone, table }) => {
      told.asks("move", merchantUid, "move 1")({ status: 200, isFinal: true, atMs: 0, body: "" });
      told.atRest(sending, portone, table.orders);
    },
  ],
  [
    "a reservation told refused that PortOne took",
    "told_wrong",
    ({ told, sending, portone, table }) => {
      told.asks(
        "reservation",
        merchantUid,
        "reservation 1",
      )({ status: 422, isFinal: true, atMs: 0, body: "" });
      sending.happened("reservation 1", merchantUid);
      told.atRest(sending, portone, table.orders);
    },
  ],
  [
    "a move sent while another is in doubt",
    "sent_too_early",
    ({ sending, time }) => {
      sending.sent({ call: "reschedule", merchantUids: [merchantUid] });
      time.nowMs += 9 * minuteMs;
      sending.sent({ call: "reschedule", merchantUids: [merchantUid] });
    },
  ],
  [
    "a retry sent while a move is in doubt",
    "sent_too_early",
    ({ sending, time }) => {
      sending.sent({ call: "reschedule", merchantUids: [merchantUid] });
      time.nowMs += minuteMs;
      sending.sent({ call: "retry", merchantUids: [merchantUid] });
    },
  ],
];
