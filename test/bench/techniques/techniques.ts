// What makes the bundles lean, each to be left out by itself: the line of a technique says what a function costs without
// it, as a multiple of what it costs.
import { replacedModules } from "../../../infra/build/bundle-functions.ts";
import type { Goal } from "../rows.ts";

export interface Technique {
  /**
   * What is compared: bytes of the bundle, CPU of a warm notice or of a table call alone, a client's first table call, the
   * first request after INIT, or INIT and that one.
   */
  readonly costs: "bytes" | "cpu" | "call" | "firstCall" | "first" | "whole";
  readonly goal: Goal;
  readonly without: Without;
}

export interface Without {
  /** Modules of the SDK that stay what they are. */
  readonly replaced?: readonly string[];
  /** esbuild's own choice in place of ours. */
  readonly mainFields?: readonly string[];
  readonly edits?: readonly Edit[];
  /** The app without its shim. */
  readonly isUnprimed?: true;
  /** An ES module throughout. */
  readonly isModule?: true;
}

export interface Edit {
  readonly path: string;
  readonly from: string | RegExp;
  readonly to: string;
}

const worth = (of: string, limit: number): Goal => ({ goal: "T", of, limit, isAtLeast: true });
const technique = (costs: Technique["costs"], goal: Goal, without: Without): Technique => ({
  costs,
  goal,
  without,
});

/**
 * What is built of a technique, with it and without. What changes the SDK's own work is a few hundredths of a notice, less
 * than two runs of one differ by, and is measured on a table call alone.
 */
export const entryOf = ({ costs }: Pick<Technique, "costs">): string =>
  costs === "call" || costs === "firstCall" ? "test/bench/references/table-call.ts" : "functions/notice.ts";

const tableClient = "lib/dynamodb/table-client.ts";
const readByZod = `import { confirmBody } from "./confirm.ts";
import { noticeBody } from "./notice.ts";
export const readConfirm = (fields) => confirmBody.parse(fields);
export const readNotice = (fields) => noticeBody.parse(fields);
`;

export const techniques: readonly Technique[] = [
  technique("bytes", worth("notice without tree-shaking: bytes", 1.5), { mainFields: ["main", "module"] }),
  technique("bytes", worth("notice without credentials from the environment: bytes", 1.2), {
    replaced: ["@aws-sdk/credential-provider-node"],
  }),
  technique("bytes", worth("notice without the stub of event streams: bytes", 1.02), {
    replaced: ["@smithy/core/event-streams"],
  }),
  technique("bytes", worth("notice without the stub of endpoint discovery: bytes", 1.02), {
    replaced: ["@aws-sdk/middleware-endpoint-discovery"],
  }),
  technique("bytes", worth("notice without fields read by hand: bytes", 1.05), {
    edits: [{ path: "lib/http/requests/read-signal.ts", from: /^[\s\S]*$/, to: readByZod }],
  }),
  technique("bytes", worth("notice without the stub of the invoke store: bytes", 1.005), {
    replaced: ["@aws/lambda-invoke-store"],
  }),
  technique("bytes", worth("notice with the texts that merchants read: bytes", 1.02), {
    edits: [
      {
        path: "functions/notice.ts",
        from: /$/,
        to: 'export { problemAnswer } from "../lib/http/problem.ts";\n',
      },
    ],
  }),
  technique("cpu", worth("notice without a kept token: CPU", 1.1), {
    edits: [
      { path: "lib/portone/token.ts", from: "if (this.#cached &&", to: "if (this.#cached && false &&" },
    ],
  }),
  technique("call", worth("table call without leaving out the SDK's needless steps: CPU", 1.05), {
    edits: [{ path: tableClient, from: /const unneededSteps = \[[^\]]*\]/, to: "const unneededSteps = []" }],
  }),
  technique("call", worth("table call without kept signing keys: CPU", 1.02), {
    edits: [{ path: tableClient, from: "sha256: SignerHash,", to: "" }],
  }),
  technique("call", worth("table call without the SDK's cache of steps: CPU", 1.05), {
    edits: [{ path: tableClient, from: "cacheMiddleware: true", to: "cacheMiddleware: false" }],
  }),
  technique("cpu", worth("notice without a kept connection to PortOne: CPU", 1.1), {
    edits: [{ path: "lib/portone/exchange.ts", from: /keepAlive: true/g, to: "keepAlive: false" }],
  }),
  technique("first", worth("notice without priming: first request after INIT", 2), { isUnprimed: true }),
  technique("whole", worth("notice as an ES module: INIT and first request", 1.1), { isModule: true }),
  technique("firstCall", worth("first table call without settled settings", 1.03), {
    edits: [{ path: tableClient, from: /const settled = \{[^}]*\}/, to: "const settled = {}" }],
  }),
];

/** The modules that stand in for the SDK's, but those left out. */
export const replacedBut = (names: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(replacedModules).filter(([name]) => !names.includes(name)));
