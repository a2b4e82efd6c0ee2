// What is remembered of the sweeps' looks at an item beside the orders, and back.
import type { Doubt } from "../domain/doubt.ts";
import type { Climb } from "../domain/ladder.ts";
import { reviewReasons } from "../domain/review.ts";
import {
  type Item,
  number,
  present,
  readNumber,
  readOptionalNumber,
  readOptionalOneOf,
  text,
  when,
} from "./item.ts";
import { shardOf } from "./keys.ts";

export const encodeClimb = (item: Climb & { readonly merchantUid: string }): Item => ({
  looks: number(item.looks),
  ...when(item.silences > 0, { silences: number(item.silences) }),
  ...present(item.reviewReason, (reason) => ({ review_reason: text(reason) })),
  ...present(item.dueAtMs, (atMs) => ({
    due_at: number(atMs),
    due_shard: text(String(shardOf(item.merchantUid))),
  })),
});

export const encodeDoubt = (merchantUid: string, doubt: Doubt | null): Item =>
  present(doubt, ({ sinceMs }) => ({
    doubt_at: number(sinceMs),
    doubt_shard: text(String(shardOf(merchantUid))),
  }));

export const decodeClimb = (item: Item): Climb => ({
  dueAtMs: readOptionalNumber(item, "due_at"),
  looks: readNumber(item, "looks"),
  silences: readOptionalNumber(item, "silences") ?? 0,
  reviewReason: readOptionalOneOf(item, "review_reason", reviewReasons),
});
