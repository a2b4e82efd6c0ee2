// How long something has waited, in the largest unit that says it.
import type { Words } from "../../words/words.ts";

const minuteS = 60;
const hourS = 60 * minuteS;
const dayS = 24 * hourS;

export function durationText(seconds: number, { queue }: Words): string {
  if (seconds < minuteS) return queue.seconds(seconds);
  if (seconds < hourS) return queue.minutes(Math.floor(seconds / minuteS));
  if (seconds < dayS) return queue.hours(Math.floor(seconds / hourS));
  return queue.days(Math.floor(seconds / dayS));
}
