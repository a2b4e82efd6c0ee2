// What a soak counted, for its last line.
import { countViolations } from "./records.ts";
import type { Stage } from "./stage.ts";
import type { Weather } from "./weather.ts";
import type { Answer, Json, Payment } from "./world.ts";

export async function figuresOf(stage: Stage, weather: Weather, payments: readonly Payment[]) {
  return {
    kills: weather.kills,
    kills_in_flight: weather.killsInFlight,
    kills_in_refunds: weather.killsInRefunds,
    faults: weather.hits,
    cancels_at_provider: payments.reduce((sum, payment) => sum + payment.cancel_history.length, 0),
    ...(await countHeard(stage)),
    sweeps: stage.counts.sweeps,
    largest_item: stage.largest.mostBytes,
    violations: await countViolations(stage),
  };
}

/** What told the shop of payments, beside its own sweeps. */
export async function countHeard(stage: Stage) {
  const { deliveries } = (await stage.control("GET", "/deliveries")) as { deliveries: readonly Json[] };
  const notices = deliveries.filter(({ kind, status }) => kind === "notice" && status !== null);
  return {
    notices_delivered: notices.length,
    complete_calls: stage.counts.completes,
    sync_calls: stage.counts.syncs,
  };
}

/** Each key of each door once, however often it was asked for. */
export const countKeys = (answers: readonly Answer[]): number =>
  new Set(answers.flatMap(({ key, path }) => (key === null ? [] : [`${path} ${key}`]))).size;
