// What waits, as a desk sees it. Where something is counted to a bound, `more` says that there is more than that.
import { type AuditReport, isComplete } from "../../domain/audit.ts";
import { type Brake, letGoLately } from "../../domain/brake.ts";
import type { Doubt } from "../../domain/doubt.ts";
import type { ReviewReason } from "../../domain/review.ts";
import { viewState } from "./order.ts";
import { iso } from "./time.ts";

interface Counted {
  readonly count: number;
  readonly isMore: boolean;
}

interface Doubtful {
  readonly kind: "order" | "external_sale" | "delivery";
  readonly merchantUid: string;
  readonly doubts: readonly Doubt[];
  readonly reviewReason: ReviewReason | null;
}

interface QueueParts {
  readonly nowMs: number;
  readonly due: Counted & { readonly oldestAtMs: number | null };
  readonly doubts: { readonly items: readonly Doubtful[]; readonly isMore: boolean };
  readonly reviews: Counted;
  readonly brake: Brake;
  readonly audit: { readonly report: AuditReport; readonly behind: readonly string[] } | null;
}

/**
 * `due`: what the sweep has to look at now, orders and what lies beside them, and the age of the longest due.
 * `operations`: one line a call in doubt, by the number of what it is `of`, the longest in doubt first; `more_operations`
 * when not all that have such calls are in it. A sale outside PortOne and a parcel that a person has to look at stand here
 * with their `review_reason`. `reviews`: how many orders carry a mark; GET /orders?review=true lists them.
 * `audit`: the newest night that was audited, null where none was in 30 nights.
 */
export const viewQueue = (
  { nowMs, due, doubts, reviews, brake, audit }: QueueParts,
  mostPerHour: number,
) => ({
  due: { ...viewCount(due), oldest_s: ageInSeconds(due.oldestAtMs, nowMs) },
  operations: doubts.items.flatMap(viewDoubts),
  more_operations: doubts.isMore,
  reviews: viewCount(reviews),
  brake: viewBrake(brake, nowMs, mostPerHour),
  audit: audit && viewLastAudit(audit),
});

const viewCount = ({ count, isMore }: Counted) => ({ count, more: isMore });

/** 0 while nothing is due, as in the sweep's report. */
const ageInSeconds = (atMs: number | null, nowMs: number): number =>
  atMs === null ? 0 : Math.max(0, Math.floor((nowMs - atMs) / 1000));

const viewDoubts = ({ kind: of, merchantUid, doubts, reviewReason }: Doubtful) =>
  doubts.map(({ id, kind, state, sinceMs }) => ({
    merchant_uid: merchantUid,
    of,
    id,
    kind,
    state: viewState(state),
    since: iso(sinceMs),
    review_reason: reviewReason,
  }));

/**
 * `on`: give-backs wait until POST /give-back-brake lifts it. `last_hour` of `most_per_hour` were let go. `waiting`: how
 * many orders wait for that, of which at most 1,000 are counted.
 */
export const viewBrake = (brake: Brake, nowMs: number, mostPerHour: number) => ({
  on: brake.isOn,
  last_hour: letGoLately(brake, nowMs),
  most_per_hour: mostPerHour,
  waiting: brake.waiting.length,
});

const viewLastAudit = ({ report, behind }: NonNullable<QueueParts["audit"]>) => ({
  day: report.day,
  complete: isComplete(report),
  differences: report.differences.length,
  unreadable: report.unreadable,
  behind,
});
