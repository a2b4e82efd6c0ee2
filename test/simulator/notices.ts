// Notices to the shop (PortOne's webhook): planned with the change they tell of, sent under whatever fault
// is set, held back or put off when one says so. A notice is stored before it is sent, so a killed
// simulator sends it after its restart. How one is delivered: notice-delivery.ts.
import { changeAmount } from "./amount-fault.ts";
import { type Strike, takeFault } from "./faults.ts";
import { deliverNotice } from "./notice-delivery.ts";
import type { Simulator } from "./simulator.ts";
import type { NoticeJob, NoticeStatus, StoredDelivery, StoredPayment } from "./state.ts";

const defaultDelayMs = 60_000;

export interface NoticeContent {
  readonly impUid: string;
  readonly merchantUid: string;
  readonly status: NoticeStatus;
  readonly cancellationId?: string;
}

/** The address for a payment's notices: its own `notice_url` replaces the console's. */
export const noticeAddress = (simulator: Simulator, payment: StoredPayment): string | null =>
  payment.noticeUrl ?? simulator.settings.webhook_url;

/** Stores a notice to be sent; call `sendNotice` once the change it tells of is stored too. */
export function planNotice(simulator: Simulator, content: NoticeContent, url: string): NoticeJob {
  const job: NoticeJob = {
    kind: "notice",
    id: simulator.nextId("job"),
    atMs: simulator.clock.nowMs(),
    impUid: content.impUid,
    merchantUid: content.merchantUid,
    status: content.status,
    cancellationId: content.cancellationId ?? null,
    url,
    attempt: 1,
    isJudged: false,
  };
  simulator.store.put("jobs", job.id, job);
  return job;
}

export interface SendingNotice {
  /** When the browser may go on: at once, or after the answer. */
  readonly released: Promise<void>;
  /** The last delivery made now; null when none was. */
  readonly done: Promise<StoredDelivery | null>;
}

/** Sends a planned notice. Neither promise ever rejects. */
export function sendNotice(simulator: Simulator, job: NoticeJob): SendingNotice {
  const { store, clock } = simulator;
  const strike = job.isJudged
    ? null
    : takeFault(simulator, {
        call: "notice",
        impUid: job.impUid,
        merchantUid: job.merchantUid,
      });
  const judged: NoticeJob = { ...job, isJudged: true };
  const later = { released: Promise.resolve(), done: Promise.resolve(null) };
  switch (strike?.name) {
    case "notice_never":
      store.remove("jobs", job.id);
      return later;
    case "notice_after_refund":
      store.put("jobs", job.id, { ...judged, atMs: null });
      return later;
    case "late_effect":
      scheduleNotice(simulator, { ...judged, atMs: clock.nowMs() + (strike.delayMs ?? defaultDelayMs) });
      return later;
    case "amount_changed":
      changeAmount(simulator, job.impUid);
  }
  const sent: NoticeJob = strike?.name === "status_unknown" ? { ...judged, status: "pending" } : judged;
  if (strike?.name === "notice_duplicated") void deliverAndFollow(simulator, sent, null);
  const done = deliverAndFollow(simulator, sent, strike);
  const waits = simulator.settings.webhook_first || strike?.name === "notice_before_browser";
  return { released: waits ? done.then(() => undefined) : Promise.resolve(), done };
}

function scheduleNotice(simulator: Simulator, job: NoticeJob): void {
  simulator.store.put("jobs", job.id, job);
  queueNotice(simulator, job);
}

/** Queues a stored notice for its time; one that is held back waits on. */
export function queueNotice(simulator: Simulator, job: NoticeJob): void {
  if (job.atMs === null) return;
  const { epoch } = simulator;
  simulator.clock.at(job.atMs, () => (simulator.epoch === epoch ? sendNotice(simulator, job).done : null));
}

async function deliverAndFollow(
  simulator: Simulator,
  job: NoticeJob,
  strike: Strike | null,
): Promise<StoredDelivery | null> {
  const { delivery, again } = await deliverNotice(simulator, job, strike);
  if (again) queueNotice(simulator, again);
  return delivery;
}

/** Sends what was held back until this payment was cancelled. */
export function releaseHeldNotices(simulator: Simulator, impUid: string): void {
  for (const job of [...simulator.store.all("jobs")])
    if (job.kind === "notice" && job.impUid === impUid && job.atMs === null)
      scheduleNotice(simulator, { ...job, atMs: simulator.clock.nowMs() });
}
