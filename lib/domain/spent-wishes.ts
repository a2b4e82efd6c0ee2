// Wishes to give money back that nothing is left for.
import type { CancelOperation } from "./operation.ts";
import { type Attempt, remainingOfAttempt } from "./order.ts";

/**
 * A wish to give money back is done once nothing is left and nothing is on its way for it, whoever gave it back: a
 * cancel in PortOne's console may have been faster.
 */
export const withoutSpentWishes = (
  attempts: readonly Attempt[],
  cancel: CancelOperation | null,
): readonly Attempt[] =>
  attempts.map((attempt) => {
    const isOpen = attempt.giveBack !== null && attempt.giveBack !== "done";
    const isSpent = isOpen && cancel?.impUid !== attempt.impUid && remainingOfAttempt(attempt) === 0;
    return isSpent ? { ...attempt, state: "given_back", giveBack: "done", isReleased: false } : attempt;
  });
