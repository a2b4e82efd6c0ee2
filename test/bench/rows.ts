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

const wanted = ({ isAtLeast, limit }: Goal): string => `${isAtLeast ? "≥" : "≤"} ${limit}`;

/** `P1 confirm 1.18 ≤ 1.2 met (q25-q75 1.17-1.19, n 25)` */
export const tellRow = (row: Row): string => {
  const { goal, of, value, met, q25, q75, n } = row;
  const verdict = met ? "met" : "missed";
  return `${goal} ${of} ${figure(value)} ${wanted(row)} ${verdict} (q25-q75 ${figure(q25)}-${figure(q75)}, n ${n})`;
};

const heads = {
  en: "| goal | of | median | wanted | | q25 - q75 | n |",
  ko: "| 목표 | 무엇 | 중앙값 | 기준 | | q25 - q75 | n |",
} as const;
const verdicts = { en: ["met", "missed"], ko: ["달성", "미달"] } as const;

export function tableOf(rows: readonly Row[], language: keyof typeof heads): string {
  const [met, missed] = verdicts[language];
  const lines = rows.map((row) => {
    const { goal, of, value, q25, q75, n } = row;
    const spread = `${figure(q25)} - ${figure(q75)}`;
    return `| ${goal} | ${of} | ${figure(value)} | ${wanted(row)} | ${row.met ? met : missed} | ${spread} | ${n} |`;
  });
  return [heads[language], "|---|---|--:|--:|---|---|--:|", ...lines].join("\n");
}
