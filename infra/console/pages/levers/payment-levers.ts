// What buyers, banks and PortOne's console do with a window or a payment.
import type { Simulator, WindowLever } from "../../api/simulator.ts";
import { readAmount } from "../actions/refund.ts";
import type { Lever, Pulled } from "./lever.ts";

const ofWindow = (lever: WindowLever, done: (words: Pulled["words"]) => string): Lever => ({
  name: `window-${lever}`,
  pull: async ({ simulator, fields, words }) => {
    await simulator.pullWindow(fields["window"] ?? "", lever);
    return done(words);
  },
});

const ofPayment = (
  name: string,
  pull: (simulator: Simulator, impUid: string) => Promise<void>,
  done: (words: Pulled["words"]) => string,
): Lever => ({
  name,
  pull: async ({ simulator, fields, words }) => {
    await pull(simulator, fields["imp_uid"] ?? "");
    return done(words);
  },
});

const cancel: Lever = {
  name: "cancel",
  pull: async ({ simulator, fields, words }) => {
    const { imp_uid: impUid = "", amount = "", currency } = fields;
    // What is no amount goes as it is: the simulator says what it wants.
    const part = amount === "" ? {} : { amount: readAmount(amount, currency === "USD" ? "USD" : "KRW") };
    await simulator.pullPayment(impUid, "cancel", part);
    return words.consoleCancelled;
  },
};

/** Of the next time it happens to the order, or to any order. */
const next = (
  name: string,
  fault: string,
  call: string,
  done: (words: Pulled["words"]) => string,
): Lever => ({
  name,
  pull: async ({ simulator, fields, words }) => {
    const order = fields["merchant_uid"] ? { merchant_uid: fields["merchant_uid"] } : {};
    await simulator.addFault({ name: fault, call, ...order });
    return done(words);
  },
});

export const paymentLevers: readonly Lever[] = [
  ofWindow("approve", ({ approved }) => approved),
  ofWindow("decline", ({ declined }) => declined),
  ofWindow("close", ({ closed }) => closed),
  ofPayment(
    "deposit",
    (simulator, impUid) => simulator.pullPayment(impUid, "deposit"),
    ({ deposited }) => deposited,
  ),
  ofPayment(
    "approve-late",
    (simulator, impUid) => simulator.pullPayment(impUid, "approve-late"),
    ({ approvedLate }) => approvedLate,
  ),
  ofPayment(
    "resend",
    (simulator, impUid) => simulator.pullPayment(impUid, "resend"),
    ({ resent }) => resent,
  ),
  cancel,
  next("lose-notice", "notice_never", "notice", ({ willLose }) => willLose),
  next("double-notice", "notice_duplicated", "notice", ({ willDouble }) => willDouble),
  next("forge-amount", "amount_changed", "confirm", ({ willForge }) => willForge),
];
