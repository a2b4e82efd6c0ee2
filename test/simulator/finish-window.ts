// What can happen in an open window: the buyer pays, is declined, closes it, or walks away. Facts: confirm
// page (asked right before approval; the sentence recorded on refusal), webhook page (no notice on failure),
// record page (an abandoned window stays `ready`). Error codes other than F1002 are not published; these
// are the forms seen.
import { type Choice, findDecline, newAccount, newApproval, payMethodOf } from "./approval.ts";
import { askConfirm, type ConfirmResult } from "./confirm-call.ts";
import { noticeAddress, planNotice, sendNotice } from "./notices.ts";
import { approvePayment, failPayment, issueAccount } from "./payment.ts";
import { textOf } from "./request-pay.ts";
import type { Simulator } from "./simulator.ts";
import type { Failure, NoticeJob, StoredPayment, StoredWindow } from "./state.ts";
import { type ChoiceFields, toChoice } from "./window-choice.ts";
import { findNotOffered, type NotOffered, offerOf } from "./window-offer.ts";
import { comeBack, nobodyComesBack, type WindowResult } from "./window-result.ts";

export type FinishResult =
  | { readonly outcome: "finished"; readonly result: WindowResult }
  | { readonly outcome: "unknown_window" }
  /** The buyer cannot have picked this; the window stays open. */
  | { readonly outcome: "not_offered"; readonly notOffered: NotOffered }
  /** It ended before, or its end is being decided right now. */
  | { readonly outcome: "not_open"; readonly state: string };

const declined = "한도초과";
const closed = "사용자가 결제를 취소하셨습니다";

/** Confirm, then approval (or the account's issue), then the notice and the way back. */
export async function approveWindow(
  simulator: Simulator,
  window: string,
  picked: ChoiceFields,
): Promise<FinishResult> {
  const opened = simulator.store.get("windows", window);
  const offer = offerOf(opened?.requestPay ?? {}, simulator.settings.switches);
  const notOffered = opened?.state === "open" ? findNotOffered(offer, picked) : null;
  if (notOffered) return { outcome: "not_offered", notOffered };
  return whileOpen(simulator, window, async (stored, payment) => {
    const choice = { ...toChoice(picked), cardCode: picked.card_code ?? offer.usualCard ?? undefined };
    const confirm = await confirmIfAsked(simulator, stored, payment);
    if (confirm && !confirm.passes) return refuse(simulator, stored, confirm);
    const decline = findDecline(payment, choice, simulator.settings);
    if (decline !== null) return fail(simulator, stored, { code: "F0005", message: decline }, confirm);
    const { paid, notice } = simulator.store.together(() => approve(simulator, stored, choice));
    if (notice) await sendNotice(simulator, notice).released;
    return comeBack(stored, current(simulator, paid), null, confirm);
  });
}

/** The PG declines at approval, so the shop was asked before. */
export function declineWindow(
  simulator: Simulator,
  window: string,
  reason: string | undefined,
): Promise<FinishResult> {
  return whileOpen(simulator, window, async (stored, payment) => {
    const confirm = await confirmIfAsked(simulator, stored, payment);
    if (confirm && !confirm.passes) return refuse(simulator, stored, confirm);
    return fail(simulator, stored, { code: "F0005", message: reason ?? declined }, confirm);
  });
}

/** The buyer closes the window before anything was asked. */
export function closeWindow(
  simulator: Simulator,
  window: string,
  reason: string | undefined,
): Promise<FinishResult> {
  return whileOpen(simulator, window, async (stored) =>
    fail(simulator, stored, { code: "F0006", message: reason ?? closed }, null, "closed"),
  );
}

/** The buyer is gone without a trace; the record stays `ready` for ever. */
export function abandonWindow(simulator: Simulator, window: string): Promise<FinishResult> {
  return whileOpen(simulator, window, async (stored, payment) => {
    simulator.store.put("windows", stored.window, { ...stored, state: "abandoned" });
    return nobodyComesBack(payment);
  });
}

async function whileOpen(
  simulator: Simulator,
  window: string,
  run: (stored: StoredWindow, payment: StoredPayment) => Promise<WindowResult>,
): Promise<FinishResult> {
  const stored = simulator.store.get("windows", window);
  const payment = stored && simulator.store.get("payments", stored.impUid);
  if (!payment) return { outcome: "unknown_window" };
  if (stored.state !== "open") return { outcome: "not_open", state: stored.state };
  // Approved late in the meantime, beside the window.
  if (payment.status !== "ready") return { outcome: "not_open", state: payment.status };
  if (simulator.deciding.has(payment.impUid)) return { outcome: "not_open", state: "being decided" };
  simulator.deciding.add(payment.impUid);
  try {
    return { outcome: "finished", result: await simulator.clock.track(run(stored, payment)) };
  } finally {
    simulator.deciding.delete(payment.impUid);
  }
}

async function confirmIfAsked(
  simulator: Simulator,
  window: StoredWindow,
  payment: StoredPayment,
): Promise<ConfirmResult | null> {
  const url = textOf(window.requestPay, "confirm_url");
  return url !== null && simulator.settings.confirm_enabled ? askConfirm(simulator, payment, url) : null;
}

function refuse(simulator: Simulator, window: StoredWindow, confirm: ConfirmResult): WindowResult {
  const message = `고객사 요청에 의해 결제를 중단합니다. (상세사유 : ${confirm.reason ?? "알 수 없음"})`;
  return fail(simulator, window, { code: "F0004", message }, confirm);
}

function fail(
  simulator: Simulator,
  window: StoredWindow,
  failure: Failure,
  confirm: ConfirmResult | null,
  state: "failed" | "closed" = "failed",
): WindowResult {
  const { store, clock } = simulator;
  const failed = store.together(() => {
    const payment = failPayment(paymentOf(simulator, window), failure.message, clock.nowMs());
    store.put("payments", payment.impUid, payment);
    store.put("windows", window.window, { ...window, state, failure });
    return payment;
  });
  return comeBack(window, failed, failure, confirm);
}

function approve(
  simulator: Simulator,
  window: StoredWindow,
  choice: Choice,
): { paid: StoredPayment; notice: NoticeJob | null } {
  const { store, clock } = simulator;
  const payment = paymentOf(simulator, window);
  const next =
    payMethodOf(payment, choice, simulator.settings) === "vbank"
      ? issueAccount(payment, newAccount(simulator, window.requestPay, choice), simulator.nextId("pgTid"))
      : approvePayment(payment, newApproval(simulator, payment, choice, window.requestPay), clock.nowMs());
  const url = noticeAddress(simulator, next);
  const paid = { ...next, noticeSentTo: url };
  store.put("payments", paid.impUid, paid);
  store.put("windows", window.window, { ...window, state: "approved" });
  return { paid, notice: url === null ? null : planNotice(simulator, paid, url) };
}

function paymentOf(simulator: Simulator, window: StoredWindow): StoredPayment {
  const payment = simulator.store.get("payments", window.impUid);
  if (!payment) throw new Error(`${window.window} has lost its payment`);
  return payment;
}

/** The record as it is after the notice, which a fault may have changed. */
const current = (simulator: Simulator, payment: StoredPayment): StoredPayment =>
  simulator.store.get("payments", payment.impUid) ?? payment;
