// Mistakes about how a cancel ends when nobody can be sure.
import type { Mutant } from "./mutant.ts";

export const endMutants: readonly Mutant[] = [
  {
    name: "blank-entry",
    mistake: "a refund is refused although an entry without text may be its own",
    file: "lib/domain/cancel-verdict.ts",
    from: 'mayBeOurs(cancel, record, held) ? "stuck" : "remaining_changed"',
    to: 'mayBeOurs(cancel, record, held) ? "remaining_changed" : "remaining_changed"',
    tests: ["test/domain/cancel.test.ts"],
  },
  {
    name: "refusal-unproven",
    mistake: "a refusal whose record could not be read is forgotten",
    file: "lib/domain/cancel.ts",
    from: "const refused = seen.refused ?? cancel.refused;",
    to: "const refused = seen.refused;",
    tests: ["test/usecases/syncing/send-cancel.test.ts"],
  },
];
