// Which line is which metric, as CloudWatch reads it out of the line itself.
import { describe, expect, it } from "vitest";
import { reviewReasons } from "../../lib/domain/review.ts";
import { verificationRules } from "../../lib/domain/verification.ts";
import { createLog } from "../../lib/log.ts";
import { createTally, deploymentOf, metricsOf } from "../../lib/metrics.ts";

const atMs = Date.parse("2026-08-05T03:00:00.000Z");

function write(deployment: string, level: "error" | "info", fields: { event: string; code?: string }) {
  const lines: string[] = [];
  const options = { functionName: "notice", deployment, level };
  createLog(
    options,
    () => atMs,
    (line) => lines.push(line),
  ).info(fields);
  return lines.map((line) => JSON.parse(line) as unknown);
}

const alarm = (code: string, why?: string) => metricsOf("notice", { event: "alarm", code, why });

describe("an alarm's line", () => {
  it.each(reviewReasons)("%s: a review that was opened", (reason) => {
    expect(alarm(reason)).toMatchObject({ review_opened: 1 });
  });
  const rules = verificationRules.map(({ reason }) => reason);
  it.each(rules)("%s: a payment that was refused, also one that goes back by itself", (reason) => {
    expect(alarm(reason)).toEqual({ review_opened: 1, payment_refused: 1 });
    expect(alarm("give_back", reason)).toEqual({ give_back: 1, payment_refused: 1 });
  });
  it("of any other reason is of no refused payment", () => {
    const others = reviewReasons.filter((reason) => !rules.some((rule) => rule === reason));
    expect(others).toHaveLength(6);
    for (const reason of others) expect(alarm(reason)).not.toHaveProperty("payment_refused");
    expect(alarm("give_back", "second_payment")).toEqual({ give_back: 1 });
    expect(alarm("give_back_held_up")).toEqual({ give_back_held_up: 1 });
  });
  it("says the brake and the double cancel by their own names, too", () => {
    expect(alarm("give_back_stopped")).toEqual({ review_opened: 1, brake_on: 1 });
    expect(alarm("double_cancel")).toEqual({ review_opened: 1, double_cancel: 1 });
  });
});

describe("a report's line", () => {
  const sweep = { event: "reported", taken: 3, errors: 2, left: 1, oldest_s: 61, unknown_s: 4_000 };
  const audit = { event: "reported", differences: 2, unreadable: 1, complete: false, behind: 3 };
  it("of a sweep says how far it is behind", () => {
    expect(metricsOf("reconcile", sweep)).toEqual({
      sweep_lag_s: 61,
      operation_unknown_s: 4_000,
      sweep_errors: 2,
    });
  });
  it("of an audit says what differs, and all that is not through", () => {
    expect(metricsOf("audit", audit)).toEqual({ audit_differences: 2, audit_unfinished: 5 });
    expect(metricsOf("audit", { ...audit, complete: true, behind: 0, unreadable: 0 })).toMatchObject({
      audit_unfinished: 0,
    });
  });
  it("of neither is none: an event that was ignored, another function's", () => {
    for (const name of ["reconcile", "audit"])
      expect(metricsOf(name, { event: "reported", ignored: true })).toEqual({});
    expect(metricsOf("notice", sweep)).toEqual({});
  });
});

describe("an answer's line", () => {
  it("of confirm is one where nothing was decided", () => {
    const answered = { event: "answered", status: 500, code: "not_decided" };
    expect(metricsOf("confirm", answered)).toEqual({ confirm_undecided: 1 });
    expect(metricsOf("confirm", { ...answered, code: "order_not_found" })).toEqual({});
    expect(metricsOf("complete", answered)).toEqual({});
  });
  it("says what its invocation counted, and which payments the sweep found", () => {
    const counted = { portone_calls: 2, portone_failures: 1, paid: 1 };
    expect(metricsOf("notice", { event: "answered", ...counted })).toEqual({ ...counted, paid_by_sweep: 0 });
    expect(metricsOf("reconcile", { event: "reported", paid: 4 })).toEqual({ paid: 4, paid_by_sweep: 4 });
    expect(metricsOf("notice", { event: "storage_unavailable", ...counted })).toEqual({});
  });
});

it("a tally is taken once, and names failures wherever it names calls", () => {
  const tally = createTally();
  tally.count("portone_calls");
  tally.count("portone_calls");
  expect(tally.take()).toEqual({ portone_calls: 2, portone_failures: 0 });
  tally.count("paid");
  expect([tally.take(), tally.take()]).toEqual([{ paid: 1 }, {}]);
});

it("the line is the metric's: its members, its deployment, its time", () => {
  expect(write("portone-ksnet-dev", "info", { event: "alarm", code: "give_back" })).toEqual([
    {
      level: "info",
      at: "2026-08-05T03:00:00.000Z",
      function: "notice",
      event: "alarm",
      code: "give_back",
      give_back: 1,
      deployment: "portone-ksnet-dev",
      _aws: {
        Timestamp: atMs,
        CloudWatchMetrics: [
          { Namespace: "portone-ksnet", Dimensions: [["deployment"]], Metrics: [{ Name: "give_back" }] },
        ],
      },
    },
  ]);
});

it("a line that is no metric carries nothing of it, and neither does one of no deployment", () => {
  expect(write("portone-ksnet-dev", "info", { event: "answered" })).toEqual([
    { level: "info", at: "2026-08-05T03:00:00.000Z", function: "notice", event: "answered" },
  ]);
  expect(JSON.stringify(write("", "info", { event: "alarm", code: "give_back" }))).not.toContain("_aws");
});

it("is written at any level where it is a metric, and only there", () => {
  expect(write("portone-ksnet-dev", "error", { event: "alarm", code: "give_back" })).toHaveLength(1);
  expect(write("portone-ksnet-dev", "error", { event: "answered" })).toEqual([]);
});

it("a deployment is named by what stands before the function's name", () => {
  expect(deploymentOf("portone-ksnet-flowers-prod-confirm", "confirm")).toBe("portone-ksnet-flowers-prod");
  expect(deploymentOf("", "confirm")).toBe("");
});
