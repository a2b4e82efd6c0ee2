// What a fault does to a confirm or a notice on its way out. One entry a fault; the ordinary way is
// `send` alone.
import type { SimulatorClock } from "./clock.ts";
import type { FaultName, Strike } from "./faults.ts";
import type { OutgoingResult } from "./outgoing.ts";

interface Turn {
  readonly send: () => Promise<OutgoingResult>;
  readonly clock: SimulatorClock;
  readonly delayMs: number;
}

const nothing = (error: string): OutgoingResult => ({ status: null, body: "", error, ms: 0 });
const refusal = (status: number): OutgoingResult => ({ status, body: "", error: null, ms: 0 });

async function lost(turn: Turn): Promise<OutgoingResult> {
  const { ms } = await turn.send();
  return { ...nothing("answer lost"), ms };
}

const effects: Partial<Record<FaultName, (turn: Turn) => Promise<OutgoingResult>>> = {
  no_answer: async () => nothing("no answer"),
  late_answer: async (turn) => {
    const result = await turn.send();
    await turn.clock.sleep(turn.delayMs);
    return { ...result, ms: result.ms + turn.delayMs };
  },
  answer_lost_after_effect: lost,
  reset_mid_body: lost,
  server_error_then_ok: async () => refusal(502),
  rate_limited: async () => refusal(429),
};

const defaultDelayMs = 10_000;

/** Sends, unless the fault has it otherwise. */
export function sendUnder(
  strike: Strike | null,
  clock: SimulatorClock,
  send: () => Promise<OutgoingResult>,
): Promise<OutgoingResult> {
  const effect = strike && effects[strike.name];
  return effect ? effect({ send, clock, delayMs: strike.delayMs ?? defaultDelayMs }) : send();
}
