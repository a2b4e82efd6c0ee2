// Which log line is which metric. The line itself carries it (CloudWatch's embedded metric format), so that no metric costs
// a call; written by hand, because it is two members and stands in every bundle. Names and dimension are those of
// infra/aws/alarm-list.cjs, and tests hold the two together.
import { isForeign, type ReviewReason } from "./domain/review.ts";

type Fields = Readonly<Record<string, string | number | boolean | null | undefined>>;
export type Metrics = Readonly<Record<string, number>>;

export const metricNamespace = "portone-ksnet";

/** What one invocation has come to by its last line. */
export const counts = ["portone_calls", "portone_failures", "paid"] as const;
export type CountName = (typeof counts)[number];

export function createTally() {
  let counted: Partial<Record<CountName, number>> = {};
  return {
    count: (name: CountName): void => {
      counted[name] = (counted[name] ?? 0) + 1;
    },
    take: () => {
      const taken = counted;
      counted = {};
      // A rate needs both of its numbers.
      return taken.portone_calls ? { portone_failures: 0, ...taken } : taken;
    },
  };
}

/** By the metric's name; none for most lines. */
export function metricsOf(functionName: string, line: Fields): Metrics {
  const { event, code } = line;
  if (event === "alarm") return ofAlarm(String(code), line["why"]);
  if (event !== "answered" && event !== "reported") return {};
  const counted = Object.fromEntries(
    counts.flatMap((name) => (line[name] === undefined ? [] : [[name, Number(line[name])]])),
  );
  const named = event === "reported" ? ofReport[functionName]?.(line) : ofAnswer(functionName, code);
  const paid = counted["paid"];
  return {
    ...counted,
    ...(paid && { paid_by_sweep: functionName === "reconcile" ? paid : 0 }),
    ...named,
  };
}

/** The words of an alarm that are no reason for a review. */
const ofGivingBack = ["give_back", "give_back_held_up"];

const ofAlarm = (code: string, why: unknown): Metrics => ({
  ...(ofGivingBack.includes(code) ? { [code]: 1 } : { review_opened: 1 }),
  ...((isRefusal(code) || isRefusal(why)) && { payment_refused: 1 }),
  ...(code === "give_back_stopped" && { brake_on: 1 }),
  ...(code === "double_cancel" && { double_cancel: 1 }),
});

/** The name of a rule of verification. */
const isRefusal = (word: unknown): boolean =>
  typeof word === "string" && (isForeign(word as ReviewReason) || word.endsWith("_mismatch"));

const ofAnswer = (functionName: string, code: unknown): Metrics =>
  functionName === "confirm" && code === "not_decided" ? { confirm_undecided: 1 } : {};

const ofReport: Readonly<Record<string, (report: Fields) => Metrics>> = {
  reconcile: ({ oldest_s, unknown_s, errors }) =>
    oldest_s === undefined
      ? {}
      : {
          sweep_lag_s: Number(oldest_s),
          operation_unknown_s: Number(unknown_s),
          sweep_errors: Number(errors),
        },
  audit: ({ differences, unreadable, complete, behind }) =>
    complete === undefined
      ? {}
      : {
          audit_differences: Number(differences),
          audit_unfinished: Number(!complete) + Number(behind) + Number(unreadable),
        },
};

/** What makes the line a metric to CloudWatch; nothing where the function has no deployment, as in a unit test. */
export const embedded = (metrics: Metrics, deployment: string, atMs: number): object =>
  deployment === "" || Object.keys(metrics).length === 0
    ? {}
    : {
        ...metrics,
        deployment,
        _aws: {
          Timestamp: atMs,
          CloudWatchMetrics: [
            {
              Namespace: metricNamespace,
              Dimensions: [["deployment"]],
              Metrics: Object.keys(metrics).map((Name) => ({ Name })),
            },
          ],
        },
      };

/** Lambda's name of a function is its deployment's and the function's own: service, shop and stage. */
export const deploymentOf = (deployedName: string | undefined, functionName: string): string =>
  deployedName?.endsWith(`-${functionName}`) ? deployedName.slice(0, -functionName.length - 1) : "";
