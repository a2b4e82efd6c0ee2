import { newAudit } from "../../../lib/domain/audit.ts";
import { createdAtMs, createdOrder, minuteMs, paymentRecord, won } from "../../support/orders.ts";
import { refundRecord } from "../../support/refunds.ts";
import { mustBeDone, mustNotBreak, mustNotRefuse } from "../checks/answers.ts";

import {
  type Case,
  cancelRequest,
  dayMs,
  entry,
  paid,
  refunding,
  sentCancel,
  sentCharge,
  take,
} from "./stand.ts";

export const wrongSteps: readonly Case[] = [
  [
    "a use case that throws",
    "broke",
    ({ findings }) => mustNotBreak("refund-1", { ended: "threw", error: new Error("boom") }, findings),
  ],
  [
    "a cancel sent again after it took effect",
    "sent_twice",
    ({ sending, time }) => {
      sending.sent(sentCancel);
      sending.cancelled(paymentRecord(), entry, cancelRequest());
      time.nowMs += 20 * minuteMs;
      sending.sent(sentCancel);
    },
  ],
  [
    "a cancel that took effect twice",
    "sent_twice",
    ({ sending }) => {
      sending.cancelled(paymentRecord(), entry, cancelRequest());
      sending.cancelled(paymentRecord(), entry, cancelRequest());
    },
  ],
  [
    "a charge sent again before QUIET",
    "sent_too_early",
    ({ sending, time }) => {
      sending.sent(sentCharge);
      time.nowMs += 9 * minuteMs;
      sending.sent(sentCharge);
    },
  ],
  [
    "a receipt issued while a cancel of the last one is in doubt",
    "sent_too_early",
    ({ sending, time }) => {
      sending.sent({ call: "receipt_cancel", impUid: "imp_0001" });
      time.nowMs += minuteMs;
      sending.sent({ call: "receipt_issue", impUid: "imp_0001" });
    },
  ],
  [
    "an attempt with money dropped",
    "forgotten",
    ({ writing }) => writing.wrote(paid(), { ...paid(), attempts: [] }),
  ],
  [
    "a known cancel dropped",
    "forgotten",
    ({ writing }) => {
      const known = { ...entry, taxFree: won(0), refundId: null };
      const before = {
        ...paid(),
        attempts: paid().attempts.map((attempt) => ({ ...attempt, cancels: [known] })),
      };
      writing.wrote(before, paid());
    },
  ],
  [
    "a slot freed before the refund's item was kept",
    "forgotten",
    ({ writing }) => writing.wrote(refunding(), paid()),
  ],
  [
    "a void taken back",
    "forgotten",
    ({ writing }) => writing.wrote(createdOrder({ voidedAtMs: 1 }), createdOrder()),
  ],
  [
    "a move the states do not have",
    "impossible_move",
    ({ writing }) => writing.wrote(createdOrder({ state: "voided" }), createdOrder({ state: "created" })),
  ],
  [
    "more given back than was taken",
    "over_refunded",
    ({ sending }) => sending.cancelled(paymentRecord({ amount: won(10_000), cancels: [entry] }), entry, null),
  ],
  [
    "an order paid by a payment of another amount",
    "differs",
    (all) => {
      const impUid = take(all, 1_000);
      all.writing.wrote(createdOrder(), paid(impUid));
    },
  ],
  [
    "the order's own payment that is to go back",
    "differs",
    (all) => {
      const order = paid(take(all));
      const attempts = order.attempts.map((attempt) => ({ ...attempt, giveBack: "wanted" as const }));
      all.writing.wrote(order, { ...order, attempts });
    },
  ],
  [
    "a buyer refused for a mark that nobody's money caused",
    "buyer_refused",
    ({ portone, findings }) =>
      mustNotRefuse(createdOrder({ reviewReason: "escrow_mismatch" }), portone, findings),
  ],
  [
    "an audit that stops by itself",
    "audit_gave_up",
    ({ findings }) =>
      mustBeDone(newAudit("2026-08-05", { fromMs: createdAtMs, toMs: createdAtMs + dayMs }, null), findings),
  ],
  [
    "a cancel sent a fourth time",
    "sent_too_often",
    ({ sending, time }) => {
      for (let count = 1; count <= 4; count += 1) {
        sending.sent(sentCancel);
        time.nowMs += 11 * minuteMs;
      }
    },
  ],
  [
    "a give-back tried again after PortOne's no",
    "sent_too_often",
    ({ sending }) => {
      const request = { ...cancelRequest(), reason: "#k7q2m5xwa 자동 환불" };
      sending.sent({ call: "cancel", request });
      sending.answered({ call: "cancel", request }, "refused");
      sending.sent({ call: "cancel", request: { ...request, reason: "#anothertag 자동 환불" } });
    },
  ],
  [
    "a refusal after two sends taken as final",
    "told_wrong",
    (all) => {
      const order = refunding(paid(take(all)));
      const before = { ...order, cancel: order.cancel && { ...order.cancel, sends: 2 } };
      all.table.keepRefund(refundRecord("rf_1", { state: "refused", refusal: "provider_refused" }));
      all.writing.wrote(before, { ...before, cancel: null });
    },
  ],
  [
    "a remainder said to have changed that has not",
    "told_wrong",
    (all) => {
      const before = refunding(paid(take(all)));
      all.table.keepRefund(refundRecord("rf_1", { state: "refused", refusal: "remaining_changed" }));
      all.writing.wrote(before, { ...before, cancel: null });
    },
  ],
  [
    "a mark that nobody's money caused",
    "marked_for_nothing",
    ({ writing }) => writing.wrote(createdOrder(), createdOrder({ reviewReason: "escrow_mismatch" })),
  ],
];
