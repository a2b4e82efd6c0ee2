// Holds the list of refunds that the shop's door gives of an order against PortOne's record: each cancel once, of its
// amount, by whoever made it. Imports nothing of the product. Pure.
import { type Finding, found } from "./findings.ts";
import { isByConsole, type Json, type Payment } from "./world.ts";

export interface Listed {
  readonly merchantUid: string;
  /** All its pages, in their order. */
  readonly refunds: readonly Json[];
}

export const auditListed = (lists: readonly Listed[], payments: readonly Payment[]): readonly Finding[] =>
  lists.flatMap(({ merchantUid, refunds }) => {
    const told = refunds.map(
      ({ cancellation_id: id, amount, origin, state }) => `${id} ${amount} ${origin} ${state}`,
    );
    const made = payments
      .filter((payment) => payment.merchant_uid === merchantUid)
      .flatMap(({ cancel_history }) => cancel_history)
      .map(
        (entry) =>
          `${entry.cancellation_id} ${entry.amount} ${isByConsole(entry) ? "console" : "merchant"} succeeded`,
      );
    return told.toSorted().join() === made.toSorted().join()
      ? []
      : [found("told_wrong", merchantUid, `lists ${told.join(", ")}, PortOne: ${made.join(", ")}`)];
  });
