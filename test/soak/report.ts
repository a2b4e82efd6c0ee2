// The soak's last line: figures for machines, and whether every promise held.
import type { Finding, FindingKind } from "./findings.ts";

export interface SoakFigures {
  readonly soak: string;
  readonly seed: number;
  readonly plan: string;
  readonly orders: number;
  readonly operations: number;
  readonly kills: number;
  readonly kills_in_flight: number;
  readonly kills_in_refunds: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly cancels_at_provider: number;
  readonly notices_delivered: number;
  readonly complete_calls: number;
  readonly sync_calls: number;
  readonly sweeps: number;
  readonly virtual_s: number;
  readonly wall_ms: number;
  /** Bytes of the largest order's item that was seen. */
  readonly largest_item: number;
  readonly violations: number;
  readonly leaks: number;
  /** Deliveries that the shop's verifier accepted, each as often as it came. */
  readonly events_told?: number;
  /** What the soak itself watched, beyond the auditor's findings. */
  readonly broken: readonly string[];
}

/** Everything that was written about the orders in question, for whoever has to find out why. */
export function explain(
  findings: readonly Pick<Finding, "merchantUid">[],
  records: readonly (readonly object[])[],
  logLines: readonly string[],
): readonly string[] {
  const named = [...new Set(findings.map(({ merchantUid }) => merchantUid))].slice(0, 10);
  return named.flatMap((merchantUid) => {
    const isAbout = (text: string) => text.includes(`"${merchantUid}"`) || text.includes(`#${merchantUid}"`);
    const about = records.flat().map((record) => JSON.stringify(record));
    return [...about.filter(isAbout), ...logLines.filter(isAbout)];
  });
}

const differing: readonly FindingKind[] = [
  "believed",
  "differs",
  "money_kept",
  "over_refunded",
  "two_transitions",
  "reservation_left",
  "charged_closed",
  "refund_differs",
  "rule_broken",
];

export function report(figures: SoakFigures, findings: readonly Finding[]) {
  const { soak, seed, plan, broken, ...counted } = figures;
  const count = (...kinds: readonly FindingKind[]) =>
    new Set(findings.filter(({ kind }) => kinds.includes(kind)).map(({ merchantUid }) => merchantUid)).size;
  const found = {
    differences: count(...differing),
    lost: count("lost"),
    double_charges: count("double_charge"),
    double_cancels: count("double_cancel", "refused_yet_moved"),
    unresolved: count("unresolved"),
    receipts_wrong: count("receipt_wrong", "identifier_lost"),
    accounts_wrong: count("account_open", "account_unknown", "account_differs", "account_lost"),
    due_wrong: count("due_differs", "overdue", "never_due"),
    told_wrong: count("told_wrong"),
    audits_wrong: count("audit_differs", "audit_behind"),
    alarms_wrong: count("alarm_missing", "alarm_unexplained"),
    events_wrong: count("event_missing", "event_invented", "event_differs"),
    items_too_large: count("item_too_large"),
  };
  const leaks = counted.leaks + count("account_kept", "identifier_kept");
  const isClean = Object.values(found).every((figure) => figure === 0);
  const ok = isClean && counted.violations === 0 && leaks === 0 && broken.length === 0;
  const { orders, operations, violations, leaks: _, ...rest } = counted;
  return { soak, seed, plan, ok, orders, operations, ...found, leaks, violations, ...rest };
}
