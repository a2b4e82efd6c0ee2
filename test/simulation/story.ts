// A life as a story: what its machines and people did, and how the order stood after each write.
import type { Order } from "../../lib/domain/order.ts";

const kstMs = 9 * 3_600_000;

/** A time of day in Korea. */
const clockOf = (atMs: number): string => {
  const iso = new Date(atMs + kstMs).toISOString();
  return `${iso.slice(5, 10)} ${iso.slice(11, 23)}`;
};

export const storyLine = (atMs: number, line: string): string => `${clockOf(atMs)} ${line}`;

export function orderInShort(order: Order): string {
  const { merchantUid, version, state, reviewReason, looks, dueAtMs } = order;
  const mark = reviewReason === null ? "" : ` marked ${reviewReason}`;
  const parts = [...order.attempts.map(attemptInShort), ...slotsInShort(order)].join(", ");
  const due = dueAtMs === null ? "not due" : `due ${clockOf(dueAtMs)}`;
  return `${merchantUid} v${version} ${state}${mark} [${parts}] ${due}, looks ${looks}`;
}

function attemptInShort({ impUid, state, giveBack, isRevoking, cancels }: Order["attempts"][number]): string {
  const cancelled = cancels.reduce((total, { amount }) => total + amount, 0);
  return [
    impUid,
    state,
    ...(giveBack === null ? [] : [`give-back ${giveBack}`]),
    ...(isRevoking ? ["closing"] : []),
    ...(cancelled === 0 ? [] : [`-${cancelled}`]),
  ].join(" ");
}

const slotsInShort = ({ cancel, charge, receipt, receiptOperation }: Order): readonly string[] => [
  ...(cancel ? [`cancel ${cancel.state} ${cancel.sends}`] : []),
  ...(charge ? [`charge ${charge.state} ${charge.sends}`] : []),
  ...(receipt ? [`receipt ${receipt.generation} ${receipt.state} ${receipt.amount}`] : []),
  ...(receiptOperation ? [`${receiptOperation.kind} ${receiptOperation.state}`] : []),
];
