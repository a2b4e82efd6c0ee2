import { decideVoid } from "../../../lib/domain/voiding.ts";
import { approvedOrder, createdAtMs, createdOrder, minuteMs, sweepTakes } from "../../support/orders.ts";
import { refundRecord } from "../../support/refunds.ts";

import {
  answered,
  type Case,
  dayMs,
  hourMs,
  invocation,
  paid,
  refunding,
  sentCancel,
  stamp,
} from "./stand.ts";

export const wrongLooks: readonly Case[] = [
  [
    "a cancel in flight that is looked at in a week",
    "not_in_time",
    ({ owed }) => owed.wrote(paid(), { ...refunding(), dueAtMs: createdAtMs + 7 * dayMs }),
  ],
  [
    "a hold that ends before the next look",
    "not_in_time",
    ({ owed, time }) => {
      time.nowMs = createdAtMs + 8 * minuteMs;
      owed.wrote(approvedOrder(), { ...approvedOrder(), dueAtMs: createdAtMs + 23 * minuteMs });
    },
  ],
  [
    "a new order that is not due in two minutes",
    "not_in_time",
    ({ owed }) => owed.wrote(null, { ...createdOrder(), dueAtMs: createdAtMs + 15 * minuteMs }),
  ],
  [
    "a refund refused, and nobody has looked after QUIET",
    "not_looked",
    ({ looking, table, time }) => {
      const before = refunding();
      table.keepRefund(refundRecord("rf_1", { state: "refused", refusal: "provider_refused" }));
      looking.wrote(before, { ...before, cancel: null }, "refund-1");
      time.nowMs += 5 * minuteMs;
      looking.answered(before.impUid, null);
      looking.mustBePaid(time.nowMs + 3 * hourMs);
    },
  ],
  [
    "a void, and nobody has looked when its windows closed",
    "not_looked",
    ({ looking, time }) => {
      looking.wrote(createdOrder(), decideVoid(createdOrder(), stamp) ?? createdOrder(), "void-1");
      looking.mustBePaid(time.nowMs + 3 * hourMs);
    },
  ],
  [
    "a sweep that took an order and did not look",
    "not_looked",
    ({ looking }) => {
      const taken = sweepTakes(createdOrder(), 0, stamp);
      looking.wrote(createdOrder(), taken, "sweep-1");
      looking.invocationEnded(invocation("sweep-1"), answered({ errors: 0 }));
    },
  ],
  [
    "a claim in the table on which nothing was sent",
    "claim_not_used",
    ({ looking }) => {
      looking.wrote(paid(), refunding(), "refund-1");
      looking.invocationEnded(invocation("refund-1"), answered());
    },
  ],
  [
    "a send long after its claim",
    "sent_too_late",
    ({ looking, time }) => {
      const inv = invocation("refund-1");
      inv.tokens.push("refund-1/1");
      looking.wrote(paid(), refunding(), "refund-1");
      time.nowMs += 6_000;
      looking.sent(sentCancel, inv);
    },
  ],
];
