// Metrics as CloudWatch reads them out of the functions' lines, and alarms as the packaged template has them.
import { readFileSync } from "node:fs";
import type { Template } from "../deploy/checks/template.ts";
import { resourcesOf } from "../deploy/checks/template.ts";
import { templatePath } from "./stack.ts";

/** What an alarm looks at, and what a line carries: the same three, or the alarm sees nothing. */
export interface MetricKey {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, unknown>>;
}

export interface LineMetric extends MetricKey {
  readonly value: number;
}

interface Embedded extends Readonly<Record<string, unknown>> {
  readonly _aws?: {
    readonly CloudWatchMetrics: readonly {
      readonly Namespace: string;
      readonly Dimensions: readonly (readonly string[])[];
      readonly Metrics: readonly { readonly Name: string }[];
    }[];
  };
}

export const metricsInLines = (lines: readonly string[]): readonly LineMetric[] =>
  lines
    .filter((line) => line.includes('"_aws"'))
    .map((line) => JSON.parse(line) as Embedded)
    .flatMap((line) =>
      (line._aws?.CloudWatchMetrics ?? []).flatMap(({ Namespace, Dimensions, Metrics }) =>
        Metrics.flatMap(({ Name }) =>
          Dimensions.map((names) => ({
            namespace: Namespace,
            name: Name,
            dimensions: Object.fromEntries(names.map((name) => [name, line[name]])),
            value: Number(line[Name]),
          })),
        ),
      ),
    );

interface MetricProperties {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: unknown }[];
}

export interface Alarm {
  readonly logicalId: string;
  readonly name: string;
  readonly description: string;
  readonly missing: string;
  readonly looksAt: readonly MetricKey[];
}

export const readAlarms = (): readonly Alarm[] =>
  resourcesOf(packagedTemplate(), "AWS::CloudWatch::Alarm").map(({ logicalId, Properties }) => {
    const math = (Properties["Metrics"] ?? []) as readonly {
      readonly MetricStat?: { readonly Metric: MetricProperties };
    }[];
    const metrics = Properties["MetricName"]
      ? [Properties as unknown as MetricProperties]
      : math.flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
    return {
      logicalId,
      name: String(Properties["AlarmName"]),
      description: String(Properties["AlarmDescription"]),
      missing: String(Properties["TreatMissingData"]),
      looksAt: metrics.map(({ Namespace, MetricName, Dimensions }) => ({
        namespace: Namespace,
        name: MetricName,
        dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
      })),
    };
  });

export const packagedTemplate = (): Template => JSON.parse(readFileSync(templatePath, "utf8")) as Template;
