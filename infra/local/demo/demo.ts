// Plays one complete payment and what follows it, step by step, and says whether every step showed what it should. It decides
// nothing itself: what is expected stands with the steps.

import { styleText } from "node:util";
import type { LocalRun } from "../processes/local-run.ts";
import { afterSaleSteps } from "./demo-after-sale-steps.ts";
import { paymentSteps, type Step, type Story } from "./demo-steps.ts";
import { type Print, send } from "./demo-timeline.ts";
import { kstTime } from "./kst-time.ts";

export interface DemoResult {
  readonly ok: boolean;
  readonly merchant_uid: string;
  /** The order's state at the end; null when it cannot be read. */
  readonly state: string | null;
  /** Steps that showed what was expected. */
  readonly steps: number;
}

/** The whole story, in order. */
const demoSteps: readonly Step[] = [...paymentSteps, ...afterSaleSteps];

export interface DemoOptions {
  readonly nowMs: number;
  /** Shows each request and answer as it happens; otherwise only those of a step that failed. */
  readonly isVerbose: boolean;
  readonly print: Print;
  readonly steps?: readonly Step[];
}

/** Plays the steps, a line each, and stops at the first that did not show what it should. Never rejects. */
export async function playDemo(
  { ready: run }: LocalRun,
  { nowMs, isVerbose, print, steps = demoSteps }: DemoOptions,
): Promise<DemoResult> {
  const merchantUid = demoMerchantUid(nowMs);
  const kept: string[] = [];
  const story: Story = {
    run,
    merchantUid,
    print: isVerbose ? print : (line) => kept.push(line),
    requestPay: {},
    window: "",
    impUid: "",
    redirect: "",
  };
  if (!isVerbose) print("");
  let played = 0;
  for (const { title, expected, play } of steps) {
    const number = `${String(played + 1).padStart(2)}.`;
    if (isVerbose) print(`\n${number} ${title}`);
    kept.length = 0;
    const startedAtMs = performance.now();
    const seen = await play(story).catch((error: unknown) => `no usable answer (${describe(error)})`);
    const isRight = seen === expected;
    const line = describeStep(isRight, seen, performance.now() - startedAtMs);
    print(isVerbose ? `    ${line}` : `${number} ${line}  ${title}`);
    if (!isRight) {
      for (const detail of [...kept, `   expected ${expected}, saw ${seen}`]) print(detail);
      break;
    }
    played += 1;
  }
  const state = await readState(story);
  return { ok: played === steps.length, merchant_uid: merchantUid, state, steps: played };
}

const widestStatus = 47;

/** Status and time in columns; in colour on a terminal that wants it. */
function describeStep(isRight: boolean, seen: string, ms: number): string {
  const mark = isRight ? styleText("green", "✓") : styleText("red", "✗");
  return `${mark} ${seen.padEnd(widestStatus)} ${styleText("dim", `${ms.toFixed(0).padStart(5)} ms`)}`;
}

/** Another number for each start: `demo-20260805-120000-123`, Korean time. */
export function demoMerchantUid(nowMs: number): string {
  const [day = "", time = ""] = kstTime(nowMs).split("T");
  return `demo-${day.replaceAll("-", "")}-${time.replaceAll(":", "").replace(".", "-")}`;
}

async function readState({ run, merchantUid }: Story): Promise<string | null> {
  const request = { from: "shop", method: "GET", base: run.gateway, path: `/orders/${merchantUid}` };
  // The verdict stands already; an order that cannot be read has no state to report.
  const reply = await send({ ...request, key: run.merchantKey }).catch(() => null);
  const state = reply?.body["state"];
  return typeof state === "string" ? state : null;
}

const describe = (error: unknown): string =>
  error instanceof Error
    ? `${error.message}${error.cause instanceof Error ? `: ${error.cause.message}` : ""}`
    : String(error);
