// Plays one complete payment and what follows it, step by step, and says whether every step showed what it should. It decides
// nothing itself: what is expected stands with the steps.
import type { LocalRun } from "../processes/local-run.ts";
import { afterSaleSteps } from "./demo-after-sale-steps.ts";
import { paymentSteps, type Step, type Story } from "./demo-steps.ts";
import { send, type Teller } from "./demo-timeline.ts";
import { kstTime } from "./kst-time.ts";
import type { Paint } from "./paint.ts";

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

export interface DemoOptions extends Teller {
  readonly nowMs: number;
  /** Shows each request and answer as it happens; otherwise only those of a step that failed. */
  readonly isVerbose: boolean;
  readonly paint: Paint;
  readonly steps?: readonly Step[];
}

/** Plays the steps, a line each, and stops at the first that did not show what it should. Never rejects. */
export async function playDemo(
  { ready: run }: LocalRun,
  { nowMs, isVerbose, print, say, paint, steps = demoSteps }: DemoOptions,
): Promise<DemoResult> {
  const merchantUid = demoMerchantUid(nowMs);
  const kept: string[] = [];
  const story: Story = {
    run,
    merchantUid,
    say,
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
    if (isVerbose) print(`\n${number} ${say(title)}`);
    kept.length = 0;
    const startedAtMs = performance.now();
    const seen = await play(story).catch((error: unknown) => say("no_answer", { why: describe(error) }));
    const isRight = seen === expected;
    const line = describeStep(paint, isRight, seen, performance.now() - startedAtMs);
    print(isVerbose ? `    ${line}` : `${number} ${line}  ${say(title)}`);
    if (!isRight) {
      for (const detail of [...kept, `   ${say("differs", { expected, seen })}`]) print(detail);
      break;
    }
    played += 1;
  }
  const state = await readState(story);
  return { ok: played === steps.length, merchant_uid: merchantUid, state, steps: played };
}

const widestStatus = 47;

/** Status and time in columns, before the title, whose width depends on the language. */
function describeStep(paint: Paint, isRight: boolean, seen: string, ms: number): string {
  const mark = isRight ? paint("green", "✓") : paint("red", "✗");
  return `${mark} ${seen.padEnd(widestStatus)} ${paint("dim", `${ms.toFixed(0).padStart(5)} ms`)}`;
}

/** Another number for each start: `demo-20260805-120000-123`, Korean time. */
export function demoMerchantUid(nowMs: number): string {
  const [day = "", time = ""] = kstTime(nowMs).split("T");
  return `demo-${day.replaceAll("-", "")}-${time.replaceAll(":", "").replace(".", "-")}`;
}

async function readState({ run, merchantUid }: Story): Promise<string | null> {
  const request = { method: "GET", base: run.gateway, path: `/orders/${merchantUid}` };
  // The verdict stands already; an order that cannot be read has no state to report.
  const reply = await send({ ...request, key: run.merchantKey }).catch(() => null);
  const state = reply?.body["state"];
  return typeof state === "string" ? state : null;
}

const describe = (error: unknown): string =>
  error instanceof Error
    ? `${error.message}${error.cause instanceof Error ? `: ${error.cause.message}` : ""}`
    : String(error);
