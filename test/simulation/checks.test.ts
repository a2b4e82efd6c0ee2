// Each check is shown a state it must refuse: the finding it makes of it, and nothing of what is right.
import { describe, expect, it } from "vitest";
import { markCancelUnknown } from "../../lib/domain/cancel.ts";
import { claimCharge } from "../../lib/domain/charge.ts";
import { createdOrder, minuteMs } from "../support/orders.ts";
import { findingKinds } from "./findings.ts";
import { rightBrakes, wrongBrakes } from "./refused/brake.ts";
import { wrongLooks } from "./refused/looks.ts";
import { rightPayingBack, wrongPayingBack } from "./refused/paying-back.ts";
import { wrongReceipts } from "./refused/receipts.ts";
import { wrongReservations } from "./refused/reserved.ts";
import { wrongRest } from "./refused/rest.ts";
import {
  merchantUid,
  paid,
  put,
  refunding,
  type Stand,
  sentCancel,
  stamp,
  stand,
  take,
} from "./refused/stand.ts";
import { wrongSteps } from "./refused/steps.ts";

const wrong = [
  ...wrongSteps,
  ...wrongLooks,
  ...wrongRest,
  ...wrongReservations,
  ...wrongBrakes,
  ...wrongPayingBack,
  ...wrongReceipts,
];

describe("what the checks must refuse", () => {
  it.each(wrong)("%s", (_, kind, show) => {
    const all = stand();
    show(all);
    expect(all.findings.all.map((finding) => finding.kind)).toEqual([kind]);
  });

  it("leaves no kind of finding out", () => {
    const shown = new Set(wrong.map(([, kind]) => kind));
    expect(findingKinds.filter((kind) => !shown.has(kind))).toEqual([]);
  });
});

describe("what the checks must not refuse", () => {
  it.each<readonly [string, (stand: Stand) => void]>([
    ...rightBrakes,
    ...rightPayingBack,
    [
      "a cancel sent again after QUIET that had no effect",
      ({ sending, time }) => {
        sending.sent(sentCancel);
        time.nowMs += 10 * minuteMs;
        sending.sent(sentCancel);
      },
    ],
    [
      "an unknown cancel on its ladder",
      ({ owed }) => {
        const claimed = refunding();
        if (claimed.cancel) owed.wrote(claimed, markCancelUnknown(claimed, claimed.cancel, null, stamp));
      },
    ],
    [
      "a charge on its ladder",
      ({ owed }) => {
        const facts = {
          via: "again",
          customerUid: "cust-7",
          productType: "digital",
          cardQuota: null,
          customData: null,
        } as const;
        owed.wrote(null, claimCharge(createdOrder(), facts, "charge-1/1", stamp));
      },
    ],
    [
      "an order that equals PortOne's record",
      (all) => {
        put(all, paid(take(all)));
        all.rest.moneyIsSeen();
        all.rest.atRest(all.owed);
      },
    ],
    [
      "a move after one that was answered, or that happened",
      ({ sending }) => {
        const moves = { call: "reschedule", merchantUids: [merchantUid] } as const;
        sending.sent(moves);
        sending.answered(moves, "done");
        sending.sent(moves);
        sending.happened("move 1", merchantUid);
        sending.sent(moves);
      },
    ],
    [
      "a 503 after which nothing happened",
      ({ told, sending, portone, table }) => {
        told.asks("charge", merchantUid, merchantUid)({ status: 503, isFinal: false, atMs: 0, body: "" });
        told.atRest(sending, portone, table.orders);
      },
    ],
  ])("%s", (_, show) => {
    const all = stand();
    show(all);
    expect(all.findings.all).toEqual([]);
  });
});
