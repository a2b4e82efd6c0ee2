// npm run soak -- doors: real requests with something wrong, at every door. Nothing they do may end in a 5xx, change what
// a refusal said it did not, or tell a secret. Each few hundred play in a shop of their own, so that one can be replayed.
import type { Telling } from "../../../infra/build/progress.ts";
import { readTemplate } from "../../../infra/local/host/template.ts";
import { templatePath } from "../../support/stack.ts";
import { openStage } from "../stage.ts";
import { openTable } from "../table.ts";
import type { FindingKind } from "./checks.ts";
import { describeRequest, type Exchange, shorten, type WireRequest } from "./request.ts";
import { type Played, perStand, Run } from "./run.ts";

export interface DoorsOptions extends Telling {
  readonly seed: number;
  readonly count: number;
}

const mostTold = 20;
/** So many requests reach every door, and are taken by it. */
const enough = 2_000;
/** A retry needs a reservation that failed, a confirm its token. */
const neverTaken = ["POST /customers/{customer_uid}/schedules/{merchant_uid}/retry", "POST /portone/confirm"];

export async function doorsSoak({ seed, count, say, done }: DoorsOptions) {
  const beganMs = performance.now();
  const tally = new Tally();
  await onStage(seed, async (played) => {
    for (let first = 0; first < count; first += perStand) {
      const run = await Run.begin(played, first / perStand);
      for (let n = first; n < Math.min(first + perStand, count); n += 1) {
        const { exchange, findings } = await run.play(n);
        tally.count(exchange);
        done("requests", n + 1, count);
        for (const { kind, what } of findings) {
          if (tally.find(kind) > mostTold) continue;
          say(`request ${n} ${kind}: ${shorten(what)}`);
          say(`  ${describeRequest(exchange.request)}`);
          say(`  ${exchange.status} ${shorten(exchange.text)}`);
        }
      }
      const violations = await run.countViolations();
      if (violations > 0) say(`${violations} deviations from PortOne's document from request ${first} on`);
      tally.violations += violations;
    }
  });
  const missing = count < enough ? [] : tally.missing();
  for (const door of missing) say(`never reached, or never taken: ${door}`);
  return {
    soak: "doors",
    seed,
    ok: tally.isClean && missing.length === 0,
    bodies: count,
    ...tally.view(),
    wall_ms: Math.round(performance.now() - beganMs),
  };
}

/** One request, with everything before it in its shop. */
export async function replayDoor(seed: number, n: number, say: (line: string) => void) {
  const first = Math.floor(n / perStand) * perStand;
  return onStage(seed, async (played) => {
    const run = await Run.begin(played, first / perStand);
    for (let before = first; before < n; before += 1) await run.play(before);
    const { exchange, findings } = await run.play(n);
    const { request, status, headers, text, lines } = exchange;
    say(JSON.stringify(readable(request)));
    say(`${status} ${JSON.stringify(headers)} ${text}`);
    for (const line of lines) say(line);
    for (const { kind, what } of findings) say(`${kind}: ${what}`);
    return { soak: "doors", seed, ok: findings.length === 0, bodies: 1, findings: findings.length };
  });
}

async function onStage<Value>(seed: number, play: (played: Played) => Promise<Value>): Promise<Value> {
  const stage = await openStage({ PAY_PREPARE: "off", PAY_CONTRACTS: everyContract }, seed);
  const client = openTable(stage.stack.dynamodbUrl);
  try {
    return await play({ stage, client, seed });
  } finally {
    client.destroy();
    await stage.close();
  }
}

const readable = (request: WireRequest): object =>
  request.kind === "http" ? { ...request, body: request.body?.toString("utf8") ?? null } : request;

const everyContract = "key_in,billing,vbank,vbank_refund,escrow,interest_free,easy_pay,instalments,phone";

/** What was reached, and what was taken there. */
class Tally {
  violations = 0;
  readonly #statuses = new Map<number, number>();
  readonly #found = new Map<FindingKind, number>();
  readonly #reached = new Set<string>();
  readonly #taken = new Set<string>();

  count({ request: { door }, status }: Exchange): void {
    this.#statuses.set(status, (this.#statuses.get(status) ?? 0) + 1);
    this.#reached.add(door);
    if (status < 400 || status === 402) this.#taken.add(door);
  }

  /** How many of this kind there are by now. */
  find(kind: FindingKind): number {
    const count = (this.#found.get(kind) ?? 0) + 1;
    this.#found.set(kind, count);
    return count;
  }

  get isClean(): boolean {
    return this.#found.size === 0 && this.violations === 0;
  }

  view() {
    const of = (kind: FindingKind) => this.#found.get(kind) ?? 0;
    return {
      undesigned_5xx: of("undesigned_5xx"),
      failed_invocations: of("failed_invocation"),
      changed_by_refusal: of("changed_by_refusal"),
      leaks: of("leak"),
      headers: of("headers"),
      shapes: of("shape"),
      log_lines: of("log_line"),
      violations: this.violations,
      statuses: Object.fromEntries([...this.#statuses].sort(([a], [b]) => a - b)),
    };
  }

  missing(): readonly string[] {
    const { routes, functions } = readTemplate(templatePath);
    const doors = [...routes.map(({ routeKey }) => routeKey), ...functions.map(({ name }) => name)];
    return doors.filter(
      (door) => !this.#reached.has(door) || (!this.#taken.has(door) && !neverTaken.includes(door)),
    );
  }
}
