// Mistakes about the time that is left, asked for too early or not at all.
import type { Mutant } from "./mutant.ts";

const tests = ["test/usecases/time-before-claim.test.ts"];

export const timeMutants: readonly Mutant[] = [
  {
    name: "receipt-late-claim",
    mistake: "a receipt is claimed without the time to send it",
    file: "lib/usecases/receipts/send-receipt.ts",
    from: "if (!hasTimeToSend(worker.call)) return",
    to: "if (!hasTimeToSend({ ...worker.call, timeLeftMs: () => 99_999 })) return",
    tests,
  },
  {
    name: "resend-late-claim",
    mistake: "the time for a charge's second send is asked for before the login",
    file: "lib/usecases/charges/send-charge.ts",
    from: `  if ((await ports.charges.login()).outcome === "unavailable") return order;
  if (!hasTimeToSend(call)) return order;`,
    to: `  if (!hasTimeToSend(call)) return order;
  if ((await ports.charges.login()).outcome === "unavailable") return order;`,
    tests,
  },
  {
    name: "replacing-late-claim",
    mistake: "the time for a charge is asked for before the order it replaces is closed",
    file: "lib/usecases/charges/charge-order.ts",
    from: `  if (refusal) return refusal;
  // Directly before the claim: closing the replaced order asked PortOne, and may have taken the time.
  if (!hasTimeToSend(call)) return`,
    to: `  if (refusal) return refusal;
  if (!mayClose && !hasTimeToSend(call)) return`,
    tests,
  },
  {
    name: "instruction-late-claim",
    mistake: "an instruction is claimed without the time to send it",
    file: "lib/usecases/syncing/resume-instruction.ts",
    from: "if (!instruction || !hasTimeToSend(call)) return null;",
    to: "if (!instruction) return null;",
    tests,
  },
  {
    name: "reservations-late-claim",
    mistake: "reservations are claimed however long the first of them took",
    file: "lib/usecases/charges/schedule-charges.ts",
    from: "if (!hasTimeToSend(call)) break;",
    to: "if (!hasTimeToSend(call) && charges.length === 0) break;",
    tests,
  },
];
