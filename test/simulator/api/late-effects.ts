// Effects that come after the caller gave up (fault `late_effect`): stored when the call arrives, carried
// out when their time comes, also after a restart.
import type { Simulator } from "../simulator.ts";
import type { LateEffectJob } from "../state.ts";
import { type ApiInput, type Endpoint, operationOf } from "./endpoint.ts";
import { endpoints } from "./endpoints.ts";
import { perform } from "./perform.ts";

export function planLateEffect(
  simulator: Simulator,
  endpoint: Endpoint,
  input: ApiInput,
  delayMs: number,
): void {
  const { path, query, body } = input;
  const id = simulator.nextId("job");
  const atMs = simulator.clock.nowMs() + delayMs;
  const job: LateEffectJob = {
    kind: "late_effect",
    id,
    atMs,
    operation: operationOf(endpoint),
    path,
    query,
    body,
  };
  simulator.store.put("jobs", id, job);
  queueLateEffect(simulator, job);
}

export function queueLateEffect(simulator: Simulator, job: LateEffectJob): void {
  const { epoch } = simulator;
  simulator.clock.at(job.atMs, () => {
    if (simulator.epoch !== epoch) return;
    const endpoint = endpoints.find((one) => operationOf(one) === job.operation);
    simulator.store.together(() => {
      simulator.store.remove("jobs", job.id);
      if (endpoint) perform(simulator, endpoint, job, { isAdmitted: true });
    });
  });
}
