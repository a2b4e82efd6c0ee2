import { type Brake, passBrake, restingBrake } from "../../../lib/domain/brake.ts";
import { claimGiveBack, releaseGiveBacks } from "../../../lib/domain/give-back.ts";
import type { Order } from "../../../lib/domain/order.ts";
import { changeOrder } from "../../../lib/domain/order-change.ts";
import { attempt, createdOrder, minuteMs } from "../../support/orders.ts";
import { refundClaim } from "../../support/syncing-ports.ts";
import { type Case, merchantUid, put, type Stand, stamp } from "./stand.ts";

/** Its money is to go back by itself. */
export const wanting = (impUid = "imp_0001"): Order =>
  createdOrder({ attempts: [attempt(impUid, { state: "paid", giveBack: "wanted" })] });

export const released = (order: Order): Order => releaseGiveBacks(order, stamp) ?? order;

/** The write that claims it, as the product makes it. */
export function goes({ brake }: Stand, order: Order): Order {
  const [one] = order.attempts;
  if (!one) throw new Error("no attempt");
  const { impUid } = one;
  const claim = { ...refundClaim, id: `rf_${impUid}`, kind: "give_back", impUid } as const;
  const claimed = claimGiveBack(order, one, claim, stamp);
  brake.wrote(order, claimed);
  return claimed;
}

/** One more is counted. */
export function counts({ brake, time }: Stand, before: Brake = restingBrake): Brake {
  const after = passBrake(before, merchantUid, time.nowMs, 99).brake;
  brake.wroteBrake(before, after);
  return after;
}

const on = { ...restingBrake, isOn: true, waiting: [{ merchantUid, cameAtMs: 0 }] };

export const wrongBrakes: readonly Case[] = [
  [
    "two given back within an hour, though not within one hour of the clock",
    "brake_ignored",
    (all) => {
      const first = counts(all);
      goes(all, wanting("imp_0001"));
      all.time.nowMs += 59 * minuteMs;
      counts(all, first);
      goes(all, wanting("imp_0002"));
    },
  ],
  ["a give-back nobody counted", "brake_ignored", (all) => void goes(all, wanting())],
  [
    "a give-back counted long before its claim",
    "brake_ignored",
    (all) => {
      counts(all);
      all.time.nowMs += 4 * minuteMs;
      goes(all, wanting());
    },
  ],
  [
    "a release that lets a second one go",
    "brake_ignored",
    ({ brake }) => {
      const order = released(wanting());
      brake.wrote(order, { ...order, cancel: { ...refundCancel(), kind: "give_back", impUid: "imp_0001" } });
    },
  ],
  [
    "a release taken away before the claim",
    "release_lost",
    ({ brake }) => brake.wrote(released(wanting()), wanting()),
  ],
  [
    "an order stopped that an operator let go",
    "release_lost",
    ({ brake }) => {
      const order = released(wanting());
      brake.wrote(order, changeOrder(order, { reviewReason: "give_back_stopped" }, stamp));
    },
  ],
  [
    "a brake lifted with an order left waiting",
    "release_lost",
    (all) => {
      put(all, wanting());
      all.brake.wroteBrake(on, restingBrake);
    },
  ],
];

function refundCancel() {
  const [one] = wanting().attempts;
  if (!one) throw new Error("no attempt");
  const { cancel } = claimGiveBack(wanting(), one, refundClaim, stamp);
  if (!cancel) throw new Error("no cancel");
  return cancel;
}

/** What the check must let pass. */
export const rightBrakes: readonly (readonly [string, (stand: Stand) => void])[] = [
  [
    "one counted, one let go, and one more an hour later",
    (all) => {
      const first = counts(all);
      goes(all, wanting("imp_0001"));
      goes(all, released(wanting("imp_0002")));
      all.time.nowMs += 61 * minuteMs;
      counts(all, first);
      goes(all, wanting("imp_0003"));
    },
  ],
  [
    "a brake lifted when all that waited may go, and a new count",
    (all) => {
      counts(all);
      goes(all, wanting("imp_0001"));
      put(all, released(wanting("imp_0002")));
      all.brake.wroteBrake(on, restingBrake);
      counts(all);
      goes(all, wanting("imp_0003"));
    },
  ],
];
