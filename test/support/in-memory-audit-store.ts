// The audit's reports in memory, with writes that go wrong in the ways the table's do.
import type { AuditReport } from "../../lib/domain/audit.ts";
import { type AuditStore, StorageUnavailableError } from "../../lib/ports/table.ts";

export class InMemoryAuditStore implements AuditStore {
  stored: { readonly report: AuditReport; readonly version: number } | null = null;
  /** Those of other days, by day. */
  readonly others = new Map<string, { readonly report: AuditReport; readonly version: number }>();
  written = 0;

  /** What becomes of the next writes, in order; the rest are answered. */
  readonly troubles: ("lost" | "met its own write" | "landed, no answer")[] = [];

  async readAudit(day: string) {
    return this.stored?.report.day === day ? this.stored : (this.others.get(day) ?? null);
  }

  async readAudits(days: readonly string[]) {
    const kept = await Promise.all(days.map((day) => this.readAudit(day)));
    return kept.flatMap((audit) => audit?.report ?? []);
  }

  async writeAudit(report: AuditReport, previousVersion: number): Promise<boolean> {
    const trouble = this.troubles.shift();
    if (trouble === "lost") throw new StorageUnavailableError("put: down");
    if (((await this.readAudit(report.day))?.version ?? 0) !== previousVersion) return false;
    const written = structuredClone({ report, version: previousVersion + 1 });
    if (this.others.has(report.day)) this.others.set(report.day, written);
    else this.stored = written;
    this.written += 1;
    if (trouble === "landed, no answer") throw new StorageUnavailableError("put: no answer");
    return trouble === undefined;
  }
}
