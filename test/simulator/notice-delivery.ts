// One attempt to deliver a notice, its record, and whether there will be another. Facts: webhook page for
// V1 (fields of the body; JSON or form by the console; 10 s to connect and 30 s to read, 15 s on a repeat;
// on request five repeats a minute apart, on no answer or 5xx only; redirects not followed, not repeated).
import { recordDelivery } from "./delivery-log.ts";
import type { Strike } from "./faults.ts";
import { postOut } from "./outgoing.ts";
import { sendUnder } from "./outgoing-faults.ts";
import type { Simulator } from "./simulator.ts";
import type { NoticeJob, StoredDelivery } from "./state.ts";

const mostAttempts = 6;
const repeatAfterMs = 60_000;
const firstLimits = { connectMs: 10_000, answerMs: 30_000 };
const repeatLimits = { connectMs: 15_000, answerMs: 15_000 };

export interface NoticeDelivered {
  /** Null when a reset came in between. */
  readonly delivery: StoredDelivery | null;
  /** The next attempt, when there is to be one. */
  readonly again: NoticeJob | null;
}

/** Never rejects. The stored job is gone when this resolves. */
export async function deliverNotice(
  simulator: Simulator,
  job: NoticeJob,
  strike: Strike | null,
): Promise<NoticeDelivered> {
  const { store, clock, epoch } = simulator;
  const contentType = simulator.settings.webhook_content_type;
  const body = noticeBody(job, contentType);
  const atMs = clock.nowMs();
  const { impUid, merchantUid, url, attempt } = job;
  const limits = attempt === 1 ? firstLimits : repeatLimits;
  const result = await sendUnder(strike, clock, () => postOut({ url, contentType, body, ...limits }, clock));
  const head = { kind: "notice", impUid, merchantUid, url, contentType, body, attempt, atMs } as const;
  if (simulator.epoch !== epoch) return { delivery: null, again: null };
  return store.together(() => {
    store.remove("jobs", job.id);
    const delivery = recordDelivery(simulator, head, result);
    const wantsRepeat = result.status === null || result.status >= 500;
    const isRepeated = simulator.settings.webhook_resend && wantsRepeat && attempt < mostAttempts;
    const again = isRepeated ? { ...job, attempt: attempt + 1, atMs: clock.nowMs() + repeatAfterMs } : null;
    // With the removal, so that a kill cannot fall between the two.
    if (again) store.put("jobs", again.id, again);
    return { delivery, again };
  });
}

function noticeBody(job: NoticeJob, contentType: string): string {
  const fields = {
    imp_uid: job.impUid,
    merchant_uid: job.merchantUid,
    status: job.status,
    ...(job.cancellationId !== null && { cancellation_id: job.cancellationId }),
  };
  return contentType === "application/json" ? JSON.stringify(fields) : new URLSearchParams(fields).toString();
}
