// What the shop answered to an event it was told.
import type { ShopEvent } from "../../api/host.ts";
import type { Words } from "../../words/words.ts";

export interface EventAnswer {
  readonly text: string;
  readonly isGood: boolean;
}

/** A shop that has not been asked, or never is, has nothing wrong with it. */
export function eventAnswer({ delivered }: ShopEvent, { timeline }: Words): EventAnswer {
  if (delivered === null) return { text: timeline.notAsked, isGood: true };
  const { status, attempts } = delivered;
  const answer = status === null ? timeline.unanswered : timeline.answered(status);
  const text = attempts > 1 ? `${answer} · ${timeline.resent(attempts)}` : answer;
  return { text, isGood: status !== null && status < 300 };
}
