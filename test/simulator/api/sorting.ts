// The `sorting` of payment reads: started, paid or updated, a leading minus for newest first; `-started`
// when absent or unknown. Ties go by order of creation.
import type { StoredPayment } from "../state.ts";

const keys: Readonly<Record<string, (payment: StoredPayment) => number>> = {
  started: (payment) => payment.startedAtMs,
  paid: (payment) => payment.paidAtMs ?? 0,
  updated: (payment) =>
    Math.max(
      payment.startedAtMs,
      payment.paidAtMs ?? 0,
      payment.failedAtMs ?? 0,
      payment.cancelledAtMs ?? 0,
      payment.account?.issuedAtMs ?? 0,
    ),
};

export function sortPayments(payments: readonly StoredPayment[], sorting: string | null): StoredPayment[] {
  const isKnown = sorting !== null && Object.hasOwn(keys, sorting.replace(/^-/, ""));
  const chosen = isKnown ? sorting : "-started";
  const key = keys[chosen.replace(/^-/, "")] ?? ((payment) => payment.startedAtMs);
  const direction = chosen.startsWith("-") ? -1 : 1;
  return payments.toSorted((one, other) => direction * (key(one) - key(other) || one.n - other.n));
}
