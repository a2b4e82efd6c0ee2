// The host's own levers under /_local: the clock of functions and simulator, what the clock runs, the record of
// outgoing calls, faults around them, and what the shop is told. JSON in, JSON out; an unknown field is 400 and named.
import type { HttpAnswer } from "./api-gateway-result.ts";
import type { CallRecord } from "./call-record.ts";
import type { LocalEvents } from "./events/local-events.ts";
import type { LocalFaults } from "./local-faults.ts";
import type { Invocation } from "./sandbox-thread.ts";
import type { VirtualClock } from "./virtual-clock.ts";

export interface LocalControl {
  readonly record: CallRecord;
  readonly faults: LocalFaults;
  readonly clock: VirtualClock;
  readonly simulatorControlUrl: string | null;
  /** When the sweep has to look at something next; null while nothing waits. */
  readonly nextDueAtMs: () => Promise<number | null>;
  /** Runs a function that the clock alone invokes; null for any other. */
  readonly run: (functionName: string) => Promise<Invocation> | null;
  /** Null where the template has no pipe. */
  readonly events: LocalEvents | null;
}

type Fields = Readonly<Record<string, unknown>>;

export async function answerLocalControl(
  method: string,
  target: string,
  body: Buffer,
  control: LocalControl,
): Promise<HttpAnswer> {
  const fields = readFields(body);
  if (!fields) return json(400, { error: "the body is no JSON object" });
  switch (`${method} ${target}`) {
    case "GET /_local/clock":
      return json(200, now(control));
    case "POST /_local/clock":
      return moveClock(fields, control);
    case "GET /_local/due":
      return json(200, { next_at: isoOrNull(await control.nextDueAtMs()) });
    case "POST /_local/run":
      return runClocked(fields, control);
    case "GET /_local/calls":
      return json(200, control.record.view());
    case "DELETE /_local/calls":
      control.record.reset();
      return json(200, control.record.view());
    case "POST /_local/faults": {
      const wrong = control.faults.add(fields);
      return wrong === null ? json(200, { faults: control.faults.view() }) : json(400, { error: wrong });
    }
    case "DELETE /_local/faults":
      control.faults.reset();
      return json(200, { faults: [] });
    case "GET /_local/faults":
      return json(200, { faults: control.faults.view() });
    case "GET /_local/events":
      return json(200, control.events?.view() ?? { events: [] });
    case "DELETE /_local/events":
      control.events?.reset();
      return json(200, { events: [] });
    default:
      return json(404, { error: `no lever ${method} ${target}` });
  }
}

const now = ({ clock }: LocalControl) => ({ now: new Date(clock.nowMs()).toISOString() });

const isoOrNull = (atMs: number | null): string | null =>
  atMs === null ? null : new Date(atMs).toISOString();

async function runClocked(fields: Fields, control: LocalControl): Promise<HttpAnswer> {
  const { function: name, ...unknown } = fields;
  const names = Object.keys(unknown);
  if (names.length > 0) return json(400, { error: `unknown field: ${names.join(", ")}` });
  const running = control.run(String(name));
  if (running === null) return json(400, { error: "function is one that the clock alone runs" });
  const invocation = await running;
  return invocation.outcome === "failed"
    ? json(502, { error: invocation.error })
    : json(200, { function: name, report: JSON.parse(invocation.payload) as unknown });
}

async function moveClock(fields: Fields, control: LocalControl): Promise<HttpAnswer> {
  const { advance_ms: advanceMs, set, ...unknown } = fields;
  const names = Object.keys(unknown);
  if (names.length > 0) return json(400, { error: `unknown field: ${names.join(", ")}` });
  if ((advanceMs === undefined) === (set === undefined))
    return json(400, { error: "either advance_ms or set" });
  const setMs = set === undefined ? null : Date.parse(String(set));
  if (setMs !== null && Number.isNaN(setMs)) return json(400, { error: "set is an ISO 8601 time" });
  if (setMs === null && (typeof advanceMs !== "number" || advanceMs < 0))
    return json(400, { error: "advance_ms is a number from 0" });
  // The functions first: what the simulator sends on the way must find them where it believes them to be.
  if (setMs === null) control.clock.advance(Number(advanceMs));
  else control.clock.set(setMs);
  if (control.simulatorControlUrl !== null) {
    const moved = await fetch(`${control.simulatorControlUrl}/clock`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(fields),
    });
    if (!moved.ok) return json(502, { error: `the simulator's clock did not move: ${await moved.text()}` });
  }
  return json(200, now(control));
}

const json = (status: number, value: object): HttpAnswer => ({
  status,
  headers: { "content-type": "application/json" },
  body: Buffer.from(JSON.stringify(value)),
});

function readFields(body: Buffer): Fields | null {
  if (body.length === 0) return {};
  try {
    const fields: unknown = JSON.parse(body.toString("utf8"));
    return typeof fields === "object" && fields !== null && !Array.isArray(fields) ? { ...fields } : null;
  } catch {
    // Not JSON: the caller is told so.
    return null;
  }
}
