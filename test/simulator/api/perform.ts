// Runs one operation: what it changes is stored as one, then what it starts is started, and its answer is
// held against the API description.
import { checkAnswer } from "../../contract/openapi-validator.ts";
import type { Simulator } from "../simulator.ts";
import type { Answer, ApiCall, ApiInput, Endpoint } from "./endpoint.ts";
import { pastView, presentView } from "./payment-view.ts";

export interface PerformOptions {
  /** Reads show things as they were then; as they are when absent. */
  readonly asOfMs?: number;
  /** The checks of arrival were made when it arrived. */
  readonly isAdmitted?: boolean;
}

export function perform(
  simulator: Simulator,
  endpoint: Endpoint,
  input: ApiInput,
  options: PerformOptions = {},
): Answer {
  const later: (() => void)[] = [];
  const call = newCall(simulator, input, options.asOfMs ?? null, (run) => later.push(run));
  const answer = simulator.store.together(() => {
    const refused = options.isAdmitted === true ? null : endpoint.admit?.(call);
    return refused ?? endpoint.handle(call);
  });
  for (const run of later) run();
  const deviations = checkAnswer(endpoint.method, endpoint.path, answer.status, answer.body);
  simulator.violations.add(deviations, simulator.clock.nowMs());
  return answer;
}

/** Only the checks of arrival; null when they pass. */
export function admit(simulator: Simulator, endpoint: Endpoint, input: ApiInput): Answer | null {
  return endpoint.admit?.(newCall(simulator, input, null, () => undefined)) ?? null;
}

function newCall(
  simulator: Simulator,
  input: ApiInput,
  asOfMs: number | null,
  afterwards: ApiCall["afterwards"],
): ApiCall {
  const { store } = simulator;
  const payments = asOfMs === null ? presentView(store) : pastView(store, asOfMs);
  return { ...input, simulator, payments, asOfMs, afterwards };
}
