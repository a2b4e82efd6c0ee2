// What is wanted of the bundles, the cold start, the warm path and the calls: ratios inside one run, or exact counts, and
// never the milliseconds of a machine.
import { type FunctionName, secretsOf } from "../../lib/secrets.ts";
import type { Goal } from "./rows.ts";

const atMost = (goal: string, of: string, limit: number): Goal => ({ goal, of, limit, isAtLeast: false });

export const functionNames = (Object.keys(secretsOf) as FunctionName[]).toSorted();

/** Minified kilobytes of this repository's own code. */
const ownLimits: Partial<Record<FunctionName, number>> = { confirm: 40, notice: 62, complete: 62 };
const usualOwnLimit = 90;

export const bytesGoals = {
  floor: [
    { ...atMost("P1", "floor: KB at least", 169), isAtLeast: true },
    atMost("P1", "floor: KB at most", 187),
  ],
  dependencies: (name: FunctionName) => atMost("P1", `${name}: dependencies ÷ floor`, 1.15),
  own: (name: FunctionName) => atMost("P1", `${name}: own code, KB`, ownLimits[name] ?? usualOwnLimit),
} as const;

export type Asked = "confirm" | "notice";

export const coldGoals = {
  import: (name: Asked) => atMost("P2", `${name}: import ÷ floor`, 1.3),
  undici: (name: Asked) => atMost("P3", `${name}: modules of undici`, 0),
  whole: (name: Asked) => atMost("P4", `${name}: INIT and first request ÷ naive`, 0.48),
  first: (name: Asked) =>
    atMost("P5", `${name}: first request after INIT ÷ second`, name === "notice" ? 2 : 1.9),
} as const;

export const shareGoals = {
  unprimed: atMost("share", "notice with 256 MB: INIT and first request ÷ without priming", 0.4),
  naive: atMost("share", "notice with 256 MB: INIT and first request ÷ naive", 0.3),
} as const;

export const warmGoals = {
  hand: atMost("P7", "notice: CPU ÷ by hand", 2.7),
  fastify: atMost("P7", "notice: CPU ÷ Fastify", 0.95),
  express: atMost("P7", "notice: CPU ÷ Express as in the sample", 0.95),
  memory: atMost("P7", "notice: MB after 8,000, as Lambda runs Node in 128 MB", 110),
} as const;

export const connectionGoals = {
  table: atMost("P10", "1,000 notices: connections to the table", 1),
  portone: atMost("P10", "1,000 notices: connections to PortOne", 1),
  logins: atMost("P10", "1,000 notices: logins", 1),
} as const;

export const callGoals = {
  calls: atMost("P8", "payment: table calls", 7),
  written: atMost("P8", "payment: write units", 3),
  onIndexes: atMost("P8", "payment: write units of indexes", 3),
  read: atMost("P8", "payment: read units", 4),
  asked: atMost("P8", "payment: questions to PortOne", 1),
  repeatedWritten: atMost("P8", "repeated notice: write units", 0),
  repeatedRead: atMost("P8", "repeated notice: read units", 1),
  repeatedAsked: atMost("P8", "repeated notice: questions to PortOne", 1),
  completed: atMost("P8", "complete after paid: questions to PortOne", 0),
} as const;

export const sizeGoals = {
  usual: atMost("P9", "order to its first refund: bytes", 1_024),
  ever: atMost("P9", "order ever: bytes", 4_096),
} as const;

export const blackHoleGoals = {
  confirm: atMost("P11", "confirm, silent table: seconds", 3),
  noticeTable: atMost("P11", "notice, silent table: seconds", 14),
  noticePortOne: atMost("P11", "notice, silent PortOne: seconds", 14),
} as const;

const asked: readonly Asked[] = ["confirm", "notice"];

/** All of them, in the order in which they are printed. */
export const allGoals: readonly Goal[] = [
  ...bytesGoals.floor,
  ...functionNames.map(bytesGoals.dependencies),
  ...functionNames.map(bytesGoals.own),
  ...Object.values(coldGoals).flatMap((goalOf) => asked.map(goalOf)),
  ...[warmGoals, connectionGoals, callGoals, sizeGoals, blackHoleGoals].flatMap((goals) =>
    Object.values<Goal>(goals),
  ),
].toSorted((a, b) => Number(a.goal.slice(1)) - Number(b.goal.slice(1)));
