import { createdAtMs, minuteMs, paymentRecord } from "../../support/orders.ts";
import { type Case, cancelRequest, hourMs, refunding } from "./stand.ts";

const deposit = paymentRecord({ payMethod: "vbank" });
const account = { holder: "홍길동", bank: "088", number: "110123456789" };
const toAccount = { ...cancelRequest(), account };
const giveBack = { ...toAccount, reason: "#k7q2m5xwa 자동 환불" };
const tag = "#k7q2m5xwa";

export const wrongPayingBack: readonly Case[] = [
  [
    "a deposit given back without an account",
    "account_misused",
    ({ payingBack }) => payingBack.sent(cancelRequest(), deposit),
  ],
  [
    "a deposit given back to an account that nobody named for it",
    "account_misused",
    ({ payingBack }) => {
      payingBack.names("#another12", account.number);
      payingBack.sent(toAccount, deposit);
    },
  ],
  [
    "unwanted money given back to the account of a refund",
    "account_misused",
    ({ payingBack }) => {
      payingBack.names(tag, account.number);
      payingBack.sent(giveBack, deposit);
    },
  ],
  [
    "an account told for a card",
    "account_misused",
    ({ payingBack }) => payingBack.sent(toAccount, paymentRecord()),
  ],
  [
    "a deposit given back at night",
    "sent_at_night",
    ({ payingBack, time }) => {
      // Eleven hours after noon.
      time.nowMs = createdAtMs + 11 * hourMs;
      payingBack.names(tag, account.number);
      payingBack.sent(toAccount, deposit);
    },
  ],
  [
    "a refund sent though it was withdrawn",
    "sent_withdrawn",
    ({ payingBack }) => {
      payingBack.withdrawn(tag);
      payingBack.sent(cancelRequest(), paymentRecord());
    },
  ],
  [
    "an account kept after PortOne's no",
    "account_kept",
    ({ payingBack }) => {
      const order = refunding();
      const cancel = order.cancel && { ...order.cancel, account: "sealed", refused: { message: null } };
      payingBack.wrote({ ...order, cancel });
    },
  ],
  [
    "an account kept in the clear",
    "account_kept",
    ({ payingBack }) => {
      const order = refunding();
      payingBack.wrote({ ...order, cancel: order.cancel && { ...order.cancel, account: account.number } });
    },
  ],
  [
    "a withdrawal told, and it happened all the same",
    "told_wrong",
    ({ told, sending, portone, table }) => {
      const asked = told.asks("refund", "ord-1", tag);
      asked({ status: 200, isFinal: true, isNothing: true, atMs: 0, body: "withdrawn" });
      sending.happened(tag, "ord-1");
      told.atRest(sending, portone, table.orders);
    },
  ],
];

export const rightPayingBack = [
  [
    "a deposit given back to its account in the last minute of the day",
    ({ payingBack, time }: Parameters<Case[2]>[0]) => {
      time.nowMs = createdAtMs + 11 * hourMs - 2 * minuteMs;
      payingBack.names(tag, account.number);
      payingBack.names("ord-20260805-000142", account.number);
      payingBack.sent(toAccount, deposit);
      payingBack.sent(giveBack, deposit);
      payingBack.sent(cancelRequest(), paymentRecord());
    },
  ],
] as const;
