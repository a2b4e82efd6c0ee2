// What an operator's words leave in the history.
import { expect, it } from "vitest";
import { clearReview } from "../../lib/domain/operator.ts";
import { createdAtMs, createdOrder } from "../support/orders.ts";

it.each([
  ["a short one", "고객과 통화함", "cleared:고객과_통화함"],
  ["none", "", "cleared"],
  ["one of emoji", "🎁".repeat(200), `cleared:${"🎁".repeat(30)}`],
  ["one that ends in a family", `${"가".repeat(38)}👨‍👩‍👧‍👦`, `cleared:${"가".repeat(38)}`],
  ["a long one", "가나다 ".repeat(50), `cleared:${"가나다_".repeat(12)}`],
])("%s: as much of the note as a line takes, and no character cut", (_, note, reason) => {
  const marked = { ...createdOrder(), reviewReason: "manual_refund" as const };
  const cleared = clearReview(marked, note, { by: "operator", atMs: createdAtMs });
  expect(cleared.history.at(-1)?.reason).toBe(reason);
});
