// What the shop was told against what its orders have become: each change was told at least once, nothing was told that
// was not, and each event is its own write's. Imports nothing of the product. Pure.
import { type Finding, found } from "./findings.ts";
import type { Item, Value } from "./table.ts";
import { attemptsOf, figure, list, numberOf, ordersIn, text } from "./world.ts";

/** A delivery as the shop's verifier accepted it. */
export interface ToldEvent {
  readonly type: string;
  readonly data: {
    readonly event_id: string;
    readonly merchant_uid: string;
    readonly state: string;
    readonly previous: string;
    readonly cancel_amount: number;
    readonly occurred_at: string;
    readonly review_reason: string | null;
  };
}

/** Of the older ones nothing is left to compare with. */
const historyLength = 8;

export function auditEvents(items: readonly Item[], told: readonly ToldEvent[]): readonly Finding[] {
  const orders = new Map(ordersIn(items).map((order) => [numberOf(order), order]));
  const byOrder = Map.groupBy(told, ({ data }) => data.merchant_uid);
  const strange = [...byOrder.keys()].filter((merchantUid) => !orders.has(merchantUid));
  return [
    ...strange.map((merchantUid) => found("event_invented", merchantUid, "no such order")),
    ...[...orders].flatMap(([merchantUid, order]) => auditOrder(order, byOrder.get(merchantUid) ?? [])),
  ];
}

const versionOf = ({ data }: ToldEvent): number => Number(data.event_id.split("#").at(-1));
const atOf = ({ data }: ToldEvent): number => Date.parse(data.occurred_at);
const short = (state: string): string => state.slice(0, 3);

interface Line {
  readonly atMs: number;
  readonly isMove: boolean;
  readonly from: string;
  readonly to: string;
}

/** When, who, from, to (`=` where nothing moved). */
const linesOf = (order: Item): readonly Line[] =>
  list(order["history"]).map((line: Value) => {
    const [at = "", , from = "", to = ""] = text(line).split(" ");
    return { atMs: Number.parseInt(at, 36), isMove: from !== "-" && to !== "=" && to !== from, from, to };
  });

function auditOrder(order: Item, told: readonly ToldEvent[]): readonly Finding[] {
  const merchantUid = numberOf(order);
  const events = [...Map.groupBy(told, versionOf)].sort(([a], [b]) => a - b);
  const doubled = events.flatMap(([version, same]) =>
    new Set(same.map((event) => JSON.stringify(event))).size > 1
      ? [found("event_differs", merchantUid, `${version} was told in two ways`)]
      : [],
  );
  const each = events.flatMap(([, [first]]) => (first ? [first] : []));
  return [
    ...doubled,
    ...each.flatMap((event) => findInvented(order, event)),
    ...findBrokenChain(merchantUid, each),
    ...findMissing(order, each),
  ];
}

/** Each one's type, time and version are those of a change that its order had. */
function findInvented(order: Item, event: ToldEvent): readonly Finding[] {
  const { type, data } = event;
  const isTyped = type === "order.review" || type.startsWith("receipt.") || type === `order.${data.state}`;
  const lines = linesOf(order);
  const isForgotten = lines.length >= historyLength && atOf(event) < (lines[0]?.atMs ?? 0);
  const times = data.previous === data.state ? timesOf(order) : [];
  const isKnown =
    isForgotten ||
    type.startsWith("receipt.") ||
    times.includes(atOf(event)) ||
    lines.some(
      ({ atMs, isMove, to }) =>
        atMs === atOf(event) && (data.previous === data.state || (isMove && to === short(data.state))),
    );
  const isWritten = versionOf(event) <= figure(order["version"]);
  return isTyped && isKnown && isWritten
    ? []
    : [found("event_invented", data.merchant_uid, `${type} ${data.event_id} at ${data.occurred_at}`)];
}

/** Two moves in one write are one, and none where the last leads back to where the first began. */
const movesOf = (order: Item): readonly Line[] =>
  [
    ...Map.groupBy(
      linesOf(order).filter(({ isMove }) => isMove),
      ({ atMs }) => atMs,
    ).values(),
  ].flatMap((moves) => {
    const last = moves.at(-1);
    return last && (moves.length === 1 || moves[0]?.from !== last.to) ? [last] : [];
  });

const timesOf = (order: Item): readonly number[] =>
  attemptsOf(order).flatMap(({ item }) => list(item["c"]).map((cancel) => figure(list(cancel)[2])));

/** Each begins where the one before it ended; that an account was closed is not told. */
function findBrokenChain(merchantUid: string, events: readonly ToldEvent[]): readonly Finding[] {
  return events.flatMap((event, index) => {
    const before = events[index - 1]?.data.state ?? "created";
    const { previous, event_id: id } = event.data;
    const isClosed = before === "awaiting_deposit" && previous === "created";
    return previous === before || isClosed
      ? []
      : [found("event_missing", merchantUid, `${id} begins with ${previous} after ${before}`)];
  });
}

/** Each move of the history was told, and the last thing told is how the order stands. */
function findMissing(order: Item, events: readonly ToldEvent[]): readonly Finding[] {
  const merchantUid = numberOf(order);
  const untold = movesOf(order).filter(
    ({ atMs, to }) => to !== short("created") && !events.some((event) => atOf(event) === atMs),
  );
  const last = events.at(-1)?.data;
  const state = text(order["state"]);
  const mark = text(order["review_reason"]);
  const isLast =
    last === undefined
      ? state === "created" && mark === ""
      : (last.state === state || state === "created") &&
        (last.review_reason ?? "") === mark &&
        last.cancel_amount === figure(order["cancel_amount"]);
  return [
    ...untold.map(({ atMs, to }) =>
      found("event_missing", merchantUid, `${to} at ${new Date(atMs).toISOString()}`),
    ),
    ...(isLast
      ? []
      : [found("event_missing", merchantUid, `it is ${state} ${mark}, told ${JSON.stringify(last)}`)]),
  ];
}
