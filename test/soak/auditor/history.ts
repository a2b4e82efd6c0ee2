// The history tells how the order came to be what it is: each line goes on where the last one ended, the last
// one ends where the order is, and what is over stays over.
import type { Case, Finding } from "./facts.ts";

const finalStates = ["refunded", "voided"];
/** Longer ones lose their oldest lines. */
const keptLines = 8;

export function checkHistory({ item, plan }: Case): readonly Finding[] {
  const lines = item.history.map((line) => line.split(" "));
  const broken = lines.flatMap(([, , from = "", to = ""], index): readonly string[] => {
    const [, , , before] = lines[index - 1] ?? [];
    const isFirst = index === 0;
    if (isFirst && lines.length < keptLines && from !== "-") return [`begins with ${from}`];
    if (!isFirst && from !== before) return [`goes on from ${from} after ${before}`];
    return from !== to && finalStates.includes(from) ? [`leaves ${from} for ${to}`] : [];
  });
  const [, , , last = "nothing"] = lines.at(-1) ?? [];
  const what = [...broken, ...(last === item.state ? [] : [`ends with ${last}, the order is ${item.state}`])];
  if (what.length === 0) return [];
  return [{ kind: "history_broken", merchantUid: plan.merchantUid, what: what.join("; ") }];
}
