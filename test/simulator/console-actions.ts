// What a merchant or the bank can do beside the API: cancel in the console, deposit into an account, send
// a notice again, approve late, test the notice address. Facts: webhook page (console cancels and deposits
// are told, a repeat goes to the old address, the call test's fixed ids), admin console pages.
import { newApproval } from "./approval.ts";
import { commitCancel, decideCancel } from "./cancel.ts";
import { type NoticeContent, noticeAddress, planNotice, releaseHeldNotices, sendNotice } from "./notices.ts";
import { approvePayment, depositPayment, isUnpaidAccount } from "./payment.ts";
import type { Simulator } from "./simulator.ts";
import type { NoticeJob, StoredDelivery, StoredPayment } from "./state.ts";

export type ActionResult =
  | { readonly outcome: "done"; readonly payment: StoredPayment }
  | { readonly outcome: "refused"; readonly message: string };

const consoleReason = "관리자페이지취소";
const refused = (message: string): ActionResult => ({ outcome: "refused", message });

export interface ConsoleCancel {
  readonly amount?: number | undefined;
  readonly taxFree?: number | undefined;
  readonly reason?: string | undefined;
}

export async function cancelInConsole(
  simulator: Simulator,
  payment: StoredPayment,
  request: ConsoleCancel,
): Promise<ActionResult> {
  const decision = decideCancel(simulator, payment, {
    amount: request.amount ?? null,
    taxFree: request.taxFree ?? null,
    checksum: null,
    reason: null,
    refundHolder: null,
    refundBank: null,
    refundAccount: null,
    byConsole: true,
  });
  if (decision.outcome === "refused") return refused(`${decision.rule}: ${decision.message}`);
  const changed = simulator.store.together(() => {
    const done = commitCancel(simulator, payment, decision.wanted, request.reason ?? consoleReason);
    const { cancellationId } = done.cancel;
    return { ...done, notice: plan(simulator, done.payment, { status: "cancelled", cancellationId }) };
  });
  await send(simulator, changed.notice);
  releaseHeldNotices(simulator, payment.impUid);
  return { outcome: "done", payment: changed.payment };
}

/** The buyer pays into the virtual account. */
export async function deposit(simulator: Simulator, payment: StoredPayment): Promise<ActionResult> {
  if (!isUnpaidAccount(payment)) return refused("there is no unpaid virtual account");
  const nowMs = simulator.clock.nowMs();
  const isLate = payment.account !== null && nowMs > payment.account.dueAtMs;
  if (isLate && simulator.settings.switches.vbank_past_due_deposit === "refused")
    return refused("the account's due date has passed");
  return change(simulator, depositPayment(payment, nowMs));
}

/** The PG approves after all: a failed attempt, or one whose window nobody closed. */
export async function approveLate(simulator: Simulator, payment: StoredPayment): Promise<ActionResult> {
  const canBe = payment.status === "failed" || (payment.status === "ready" && payment.account === null);
  if (!canBe) return refused(`a payment that is ${payment.status} cannot be approved late`);
  if (simulator.deciding.has(payment.impUid)) return refused("its window is being decided");
  const approval = newApproval(simulator, payment, {}, null);
  return change(simulator, approvePayment(payment, approval, simulator.clock.nowMs()));
}

/** The buyer of an escrow payment confirms the purchase; nobody is told. */
export function confirmPurchase(simulator: Simulator, payment: StoredPayment): ActionResult {
  if (!payment.escrow || payment.status !== "paid") return refused("there is no paid escrow payment");
  if (payment.escrowConfirmedAtMs !== null) return refused("the purchase is confirmed already");
  const confirmed = { ...payment, escrowConfirmedAtMs: simulator.clock.nowMs() };
  simulator.store.put("payments", payment.impUid, confirmed);
  return { outcome: "done", payment: confirmed };
}

/** One more notice of the present state, to the address the last one went to. */
export async function resendNotice(
  simulator: Simulator,
  payment: StoredPayment,
): Promise<StoredDelivery | null> {
  const url = payment.noticeSentTo ?? noticeAddress(simulator, payment);
  if (url === null) return null;
  const cancellationId = payment.cancels.at(-1)?.cancellationId;
  const isCancelled = payment.status === "cancelled" && cancellationId !== undefined;
  const content = { ...payment, ...(isCancelled && { cancellationId }) };
  return sendNotice(simulator, planNotice(simulator, content, url)).done;
}

/** The console's test button; goes to the saved address only. */
export async function callTest(simulator: Simulator): Promise<StoredDelivery | null> {
  const url = simulator.settings.webhook_url;
  if (url === null) return null;
  const content = {
    impUid: "imp_1234567890",
    merchantUid: "merchant_1234567890",
    status: "ready",
  } as const;
  return sendNotice(simulator, planNotice(simulator, content, url)).done;
}

async function change(simulator: Simulator, next: StoredPayment): Promise<ActionResult> {
  const payment = { ...next, noticeSentTo: noticeAddress(simulator, next) };
  const notice = simulator.store.together(() => {
    simulator.store.put("payments", payment.impUid, payment);
    return plan(simulator, payment, { status: payment.status });
  });
  await send(simulator, notice);
  return { outcome: "done", payment };
}

function plan(
  simulator: Simulator,
  payment: StoredPayment,
  content: Pick<NoticeContent, "status" | "cancellationId">,
): NoticeJob | null {
  const url = noticeAddress(simulator, payment);
  if (url === null) return null;
  return planNotice(simulator, { impUid: payment.impUid, merchantUid: payment.merchantUid, ...content }, url);
}

async function send(simulator: Simulator, notice: NoticeJob | null): Promise<void> {
  if (notice) await sendNotice(simulator, notice).released;
}
