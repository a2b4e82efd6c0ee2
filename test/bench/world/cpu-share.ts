// The share of a processor that Lambda gives a memory size, by the kernel's own means. A process joins after its INIT,
// which has a whole processor in Lambda as well. Null where the kernel or the rights are others.
import { existsSync, mkdirSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface CpuShare {
  join(pid: number): void;
  /** When everybody in it has ended. */
  close(): void;
}

/** What Lambda gives for one whole processor. */
const wholeMb = 1_769;
const periodUs = 20_000;
const root = "/sys/fs/cgroup";

export function openCpuShare(memoryMb: number): CpuShare | null {
  const quotaUs = Math.round((periodUs * memoryMb) / wholeMb);
  const isUnified = existsSync(join(root, "cgroup.controllers"));
  const folder = join(isUnified ? root : join(root, "cpu"), `bench-${process.pid}`);
  const limits = isUnified
    ? { "cpu.max": `${quotaUs} ${periodUs}` }
    : { "cpu.cfs_period_us": `${periodUs}`, "cpu.cfs_quota_us": `${quotaUs}` };
  try {
    mkdirSync(folder);
  } catch {
    // Another kernel, or no right to: there is no share here.
    return null;
  }
  try {
    for (const [name, limit] of Object.entries(limits)) writeFileSync(join(folder, name), limit);
  } catch {
    rmdirSync(folder);
    return null;
  }
  return {
    join: (pid) => writeFileSync(join(folder, "cgroup.procs"), String(pid)),
    close: () => rmdirSync(folder),
  };
}
