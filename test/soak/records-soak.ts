// npm run soak -- records: what PortOne answers reads otherwise than its page says, one patch a life, and nothing fails, no
// money is lost sight of, and nobody else's order is touched.
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { packageIfNeeded } from "../../infra/build/package-if-needed.ts";
import type { Telling } from "../../infra/build/progress.ts";
import type { Finding, FindingKind } from "./patches/checks.ts";
import { drawLife, drawLives, type PlannedLife } from "./patches/plan.ts";
import type { Played } from "./patches/wave.ts";
import { forAll } from "./stage.ts";

export interface RecordsSoakOptions extends Telling {
  readonly seed: number;
  readonly count: number;
  /** How many lives share a stage. */
  readonly wave: number;
  /** Only this one, alone. */
  readonly only: number | null;
}

const mostThreads = 2;
const mostTold = 20;
const mostLength = 400;

/** A finding and the lives it may come from: one, unless several are needed for it. */
interface Told extends Finding {
  readonly lives: readonly PlannedLife[];
}

export async function recordsSoak({ seed, count, wave, only, say, done }: RecordsSoakOptions) {
  const startedAtMs = Date.now();
  // Two threads would both begin to build.
  packageIfNeeded(() => console.error("building and packaging the functions"));
  const lives = only === null ? drawLives(seed, count) : [drawLife(seed, only)];
  const waves = Array.from({ length: Math.ceil(lives.length / wave) }, (_, index) => ({
    index,
    some: lives.slice(index * wave, (index + 1) * wave),
  }));
  const found = new Map<number, readonly Told[]>();
  await forAll(waves, Math.min(mostThreads, availableParallelism()), async ({ index, some }) => {
    const played = await playApart(seed, some);
    for (const record of only === null ? [] : played.records) say(record);
    const told = await tell(seed, some, onceEach(played.findings));
    for (const one of told) say(JSON.stringify({ ...one, what: one.what.slice(0, mostLength) }));
    found.set(index, told);
    done("waves", found.size, waves.length, `, ${told.length} findings in the last`);
  });
  const told = waves.flatMap(({ index }) => found.get(index) ?? []);
  const countOf = (...kinds: readonly FindingKind[]) =>
    told.filter(({ kind }) => kinds.includes(kind)).length;
  return {
    soak: "records",
    seed,
    ok: told.length === 0,
    patches: lives.length,
    failed_invocations: countOf("failed_invocation"),
    money_unseen: countOf("money_unseen"),
    cancels_unseen: countOf("cancel_unseen"),
    wrong_payments: countOf("wrong_payment"),
    told_failed: countOf("told_failed"),
    unresolved: countOf("unresolved"),
    stopped: countOf("sweep_stopped", "audit_stopped"),
    others_touched: countOf("other_touched"),
    wall_ms: Date.now() - startedAtMs,
    findings: told.slice(0, mostTold).map(({ kind, merchantUid, lives: [life] }) => ({
      kind,
      about: merchantUid,
      life: life?.number ?? null,
      patch: life?.patch ?? null,
    })),
  };
}

async function playApart(seed: number, lives: readonly PlannedLife[]): Promise<Played> {
  const worker = new Worker(new URL("./patches/wave-worker.ts", import.meta.url), {
    workerData: { seed, lives },
  });
  try {
    return await new Promise<Played>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
    });
  } finally {
    await worker.terminate();
  }
}

/** What stops every night is one finding and not eight. */
const onceEach = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(
    findings.map((one) => [`${one.kind} ${one.merchantUid} ${one.what.split("\n")[0]}`, one]),
  ).values(),
];

async function tell(
  seed: number,
  lives: readonly PlannedLife[],
  findings: readonly Finding[],
): Promise<readonly Told[]> {
  const own = (finding: Finding) => lives.filter(({ merchantUid }) => merchantUid === finding.merchantUid);
  const told = findings.map((finding): Told => ({ ...finding, lives: own(finding) }));
  const [first] = told.filter((one) => one.lives.length === 0);
  if (!first) return told;
  const culprits = await narrow(seed, lives, first.kind);
  return told.map((one) => (one.lives.length === 0 ? { ...one, lives: culprits } : one));
}

/** Of lives that stop what all share, half and half again, as long as one half does it alone. */
async function narrow(
  seed: number,
  lives: readonly PlannedLife[],
  kind: FindingKind,
): Promise<readonly PlannedLife[]> {
  if (lives.length <= 1) return lives;
  const middle = Math.ceil(lives.length / 2);
  for (const half of [lives.slice(0, middle), lives.slice(middle)]) {
    const { findings } = await playApart(seed, half);
    const isOwn = ({ merchantUid }: Finding) => half.some((life) => life.merchantUid === merchantUid);
    if (findings.some((finding) => finding.kind === kind && !isOwn(finding))) return narrow(seed, half, kind);
  }
  return lives;
}
