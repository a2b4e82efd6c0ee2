// PortOne calls made on a stranger's word: a budget a minute over all instances, leased from one item in
// portions, and a few a minute per order, so that a flood of invented notices neither costs calls nor keeps
// a real one from being looked at. Orders themselves are not touched by it.

import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import type { CallBudget } from "../ports/table.ts";
import { number, readNumber, text } from "./item.ts";
import { noticeBudgetKey, orderBudgetKey } from "./keys.ts";
import { abortBy } from "./table-client.ts";
import { isWritten, readItem, type TableAccess, writeItem } from "./versioned-item.ts";

const leasePk = text(noticeBudgetKey);
const portion = 20;
const mostRounds = 5;
const mostPerOrder = 5;
/** The counters of a minute are of no use after it. */
const keptS = 3_600;

export function createCallBudget(access: TableAccess, callsPerMinute: number): CallBudget {
  let lease = { minute: -1, left: 0 };
  /** Orders known to have used up this minute: nothing needs to be written to say so again. */
  const spent = new Set<string>();

  const countFor = (merchantUid: string, minute: number, signal?: AbortSignal): Promise<boolean> => {
    const command = new UpdateItemCommand({
      TableName: access.table,
      Key: { pk: text(orderBudgetKey(merchantUid, minute)) },
      UpdateExpression: "ADD #version :one SET #ttl = :ttl",
      ConditionExpression: "attribute_not_exists(pk) OR #version < :most",
      ExpressionAttributeNames: { "#version": "version", "#ttl": "ttl" },
      ExpressionAttributeValues: {
        ":one": number(1),
        ":most": number(mostPerOrder),
        ":ttl": number(minute * 60 + keptS),
      },
    });
    return isWritten(() => access.client.send(command, abortBy(signal)));
  };

  /** How many calls of this minute are this instance's now. */
  async function leasePortion(minute: number, signal?: AbortSignal): Promise<number> {
    for (let round = 1; round <= mostRounds; round += 1) {
      const item = await readItem(access, leasePk, signal);
      const leased = item && readNumber(item, "minute") === minute ? readNumber(item, "leased") : 0;
      const granted = Math.min(portion, callsPerMinute - leased);
      if (granted <= 0) return 0;
      const lease = { pk: leasePk, minute: number(minute), leased: number(leased + granted) };
      const version = item ? readNumber(item, "version") : 0;
      if (await writeItem(access, lease, version, signal)) return granted;
    }
    return 0;
  }

  async function takeFromLease(minute: number, signal?: AbortSignal): Promise<boolean> {
    if (lease.left === 0) {
      const granted = await leasePortion(minute, signal);
      // The minute may have ended while we waited.
      if (lease.minute === minute) lease.left += granted;
    }
    if (lease.minute !== minute || lease.left === 0) return false;
    lease.left -= 1;
    return true;
  }

  return {
    async take(merchantUid, nowMs, { signal } = {}) {
      const minute = Math.floor(nowMs / 60_000);
      if (lease.minute !== minute) {
        lease = { minute, left: 0 };
        spent.clear();
      }
      if (spent.has(merchantUid)) return false;
      if (!(await countFor(merchantUid, minute, signal))) {
        spent.add(merchantUid);
        return false;
      }
      return takeFromLease(minute, signal);
    },
  };
}
