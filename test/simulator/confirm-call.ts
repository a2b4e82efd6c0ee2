// The question to the shop right before approval (`confirm_url`). Facts: confirm page for V1: POST, JSON
// with imp_uid, merchant_uid and amount; only 200 lets the payment go on; a refusal's `reason` is recorded
// and shown to the buyer; too late or no connection counts as a 500; asked once.
import { changeAmount } from "./amount-fault.ts";
import type { SimulatorClock } from "./clock.ts";
import { recordDelivery } from "./delivery-log.ts";
import { takeFault } from "./faults.ts";
import { type OutgoingResult, postOut } from "./outgoing.ts";
import { sendUnder } from "./outgoing-faults.ts";
import type { Simulator } from "./simulator.ts";
import type { StoredPayment } from "./state.ts";

export interface ConfirmResult {
  readonly passes: boolean;
  readonly status: number | null;
  /** The shop's own words; null when it passed or gave none. */
  readonly reason: string | null;
  readonly ms: number;
}

/** Never rejects. */
export async function askConfirm(
  simulator: Simulator,
  payment: StoredPayment,
  url: string,
): Promise<ConfirmResult> {
  const { clock, settings, epoch } = simulator;
  const { impUid, merchantUid, amount } = payment;
  const strike = takeFault(simulator, { call: "confirm", impUid, merchantUid });
  const contentType = "application/json";
  const body = JSON.stringify({ imp_uid: impUid, merchant_uid: merchantUid, amount });
  const atMs = clock.nowMs();
  const limitMs = settings.confirm_timeout_ms;
  const out = { url, contentType, body, connectMs: limitMs, answerMs: limitMs };
  const result = await withinLimit(
    clock,
    sendUnder(strike, clock, () => postOut(out, clock)),
    limitMs,
  );
  if (strike?.name === "amount_changed") changeAmount(simulator, impUid);
  const head = { kind: "confirm", impUid, merchantUid, url, contentType, body, attempt: 1, atMs } as const;
  if (simulator.epoch === epoch) recordDelivery(simulator, head, result);
  const { status, ms } = result;
  const passes =
    settings.switches.confirm_passes === "200"
      ? status === 200
      : status !== null && status >= 200 && status < 300;
  return { passes, status, ms, reason: passes ? null : reasonIn(result.body) };
}

/** An answer that comes after the limit is none, however it was delayed. */
function withinLimit(
  clock: SimulatorClock,
  sending: Promise<OutgoingResult>,
  limitMs: number,
): Promise<OutgoingResult> {
  return new Promise((resolve) => {
    const tooLate: OutgoingResult = { status: null, body: "", error: "timeout", ms: limitMs };
    const callOff = clock.at(clock.nowMs() + limitMs, () => resolve(tooLate));
    void sending.then((result) => {
      callOff();
      resolve(result);
    });
  });
}

function reasonIn(body: string): string | null {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== "object" || parsed === null || !("reason" in parsed)) return null;
    return typeof parsed.reason === "string" && parsed.reason !== "" ? parsed.reason : null;
  } catch {
    // A refusal without JSON is still a refusal; it merely gives no reason.
    return null;
  }
}
