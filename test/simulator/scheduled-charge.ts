// Charges PortOne makes by itself: run by the clock at their time, also after a restart, or at once by a
// retry. Facts: schedule pages of the V1 API; the webhook page tells of an attempt, paid or failed. That a
// missing key fails the attempt is assumed.
import { chargeApproval, underReview } from "./approval.ts";
import { newPayment } from "./new-payment.ts";
import { noticeAddress, planNotice, sendNotice } from "./notices.ts";
import { approvePayment, failPayment } from "./payment.ts";
import type { Simulator } from "./simulator.ts";
import type { StoredPayment, StoredSchedule } from "./state.ts";

const declined = "한도초과";
const noKey = "등록된 고객정보가 없습니다.";
const unreachable = "카드사 승인 요청에 실패하였습니다.";

export function queueSchedule(simulator: Simulator, { merchantUid, scheduledAtMs }: StoredSchedule): void {
  const { epoch } = simulator;
  simulator.clock.at(scheduledAtMs, () => {
    const schedule = simulator.store.get("schedules", merchantUid);
    const isDue = schedule?.status === "scheduled" && schedule.scheduledAtMs === scheduledAtMs;
    return simulator.epoch === epoch && schedule && isDue ? run(simulator, schedule) : null;
  });
}

/** Runs it and tells the shop; done when the notice is delivered. */
function run(simulator: Simulator, schedule: StoredSchedule): Promise<unknown> | null {
  const attempt = simulator.store.together(() => attemptCharge(simulator, schedule));
  return attempt.tell();
}

export interface Attempt {
  /** Null when the card company was not reached and nothing was kept. */
  readonly payment: StoredPayment | null;
  readonly failReason: string | null;
  /** Sends the notice; call it once everything is stored. */
  readonly tell: () => Promise<unknown> | null;
}

/** Charges the key and stores what came of it. */
export function attemptCharge(simulator: Simulator, schedule: StoredSchedule): Attempt {
  const { store, clock, settings } = simulator;
  const card = store.get("customers", schedule.customerUid)?.card ?? null;
  const executed = { ...schedule, status: "executed" as const, executedAtMs: clock.nowMs() };
  const isUnkept = card?.fate === "unreachable" && settings.switches.refused_charge_record === "none";
  if (isUnkept) {
    const failed = { ...executed, impUid: null, paymentStatus: "failed" as const, failReason: unreachable };
    store.put("schedules", schedule.merchantUid, failed);
    return { payment: null, failReason: unreachable, tell: () => null };
  }
  const payment = chargedPayment(simulator, schedule);
  const url = noticeAddress(simulator, payment);
  store.put("payments", payment.impUid, { ...payment, noticeSentTo: url });
  store.put("schedules", schedule.merchantUid, {
    ...executed,
    impUid: payment.impUid,
    paymentStatus: payment.status === "paid" ? "paid" : "failed",
    failReason: payment.failReason,
  });
  const notice = url === null ? null : planNotice(simulator, payment, url);
  const tell = () => (notice ? sendNotice(simulator, notice).done : null);
  return { payment, failReason: payment.failReason, tell };
}

function chargedPayment(simulator: Simulator, schedule: StoredSchedule): StoredPayment {
  const { body, customerUid, merchantUid } = schedule;
  const card = simulator.store.get("customers", customerUid)?.card ?? null;
  const textOf = (name: string): string | null => {
    const value = body[name];
    return typeof value === "string" && value !== "" ? value : null;
  };
  const started = newPayment(simulator, {
    merchantUid,
    payMethod: "card",
    channel: "api",
    escrow: false,
    amount: Number(body["amount"]),
    taxFree: Number(body["tax_free"] ?? 0),
    currency: textOf("currency") ?? "KRW",
    customData: textOf("custom_data"),
    noticeUrl: textOf("notice_url"),
    customerUid,
    isScheduled: true,
    text: textOf,
  });
  const nowMs = simulator.clock.nowMs();
  if (card && simulator.settings.cards_under_review.includes(card.code))
    return failPayment(started, underReview, nowMs);
  if (!card) return failPayment(started, noKey, nowMs);
  if (card.fate === "pays") {
    const quota = simulator.settings.contracts.includes("instalments") ? Number(body["card_quota"] ?? 0) : 0;
    const asked = { quota, interestFree: body["interest_free_by_merchant"] === true };
    return approvePayment(started, chargeApproval(simulator, started, card, asked), nowMs);
  }
  return failPayment(started, card.fate === "declines" ? declined : unreachable, nowMs);
}
