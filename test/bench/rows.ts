// A row of the bench: one figure of several runs beside what is wanted of it.

export interface Goal {
  /** The family it is of, as `--only` names it. */
  readonly goal: string;
  readonly of: string;
  readonly limit: number;
  readonly isAtLeast: boolean;
}

export interface Row extends Goal {
  /** The median. */
  readonly value: number;
  readonly met: boolean;
  readonly q25: number;
  readonly q75: number;
  readonly n: number;
}

export function rowOf(goal: Goal, figures: readonly number[]): Row {
  const sorted = figures.toSorted((a, b) => a - b);
  const at = (part: number) => rounded(sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN);
  const value = at(0.5);
  const met = goal.isAtLeast ? value >= goal.limit : value <= goal.limit;
  return { ...goal, value, met, q25: at(0.25), q75: at(0.75), n: figures.length };
}

const figure = (value: number): string => (Number.isFinite(value) ? String(value) : "never");

const rounded = (figure: number): number => Math.round(figure * 100) / 100;

export function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ goal, of, value, limit, isAtLeast, met, q25, q75, n }) =>
      `| ${goal} | ${of} | ${figure(value)} | ${isAtLeast ? "≥" : "≤"} ${limit} | ${met ? "met" : "missed"} | ${figure(q25)} - ${figure(q75)} | ${n} |`,
  );
  return [
    "| goal | of | median | wanted | | q25 - q75 | n |",
    "|---|---|--:|--:|---|---|--:|",
    ...lines,
  ].join("\n");
}
