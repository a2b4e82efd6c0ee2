// Mistakes about how a cancel ends when nobody can be sure, and about what one says that nobody asked for.
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
  {
    name: "split-untold",
    mistake: "money goes back with its order's tax-free part, whatever PortOne tells of its own",
    file: "lib/domain/give-back.ts",
    from: "  if (told !== null && !isVbank) return told;\n",
    to: "",
    tests: ["test/domain/give-back-tax.test.ts", "test/usecases/syncing/give-back-split.test.ts"],
  },
  {
    name: "rest-untaxed",
    mistake: "the rest of another amount goes back as if none of it were free of tax",
    file: "lib/domain/give-back.ts",
    from: "return isAsAsked || isRest ? order.taxFree",
    to: "return isAsAsked ? order.taxFree",
    tests: ["test/domain/give-back-tax.test.ts", "test/usecases/syncing/give-back-split.test.ts"],
  },
];
