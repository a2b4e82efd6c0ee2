// What leaves the product and what takes effect at PortOne: one operation moves money once, and nothing is sent again
// while what was sent before may still take effect.
import type { CancelEntry, PaymentRecord } from "../../../lib/domain/payment-record.ts";
import type { CancelRequest } from "../../../lib/ports/portone.ts";
import type { Findings } from "../findings.ts";
import { type InstructionCall, instructionCalls, type Outcome, type Sent } from "../world/calls.ts";

const quietMs = 10 * 60_000;
/** From the claim that counts a send to the send. */
const slackMs = 10_000;

/** The first send and the repeats that are allowed. */
const mostSends = { cancel: 3, charge: 2, receipt_cancel: 3 } as const;
/** What the product writes beside the tag of money that goes back by itself. */
const giveBackText = "자동 환불";

interface Sends {
  readonly count: number;
  readonly lastAtMs: number;
  readonly isAnswered: boolean;
}

type Instruction = Extract<Sent, { readonly merchantUids: readonly string[] }>;
const isInstruction = (sent: Sent): sent is Instruction =>
  instructionCalls.some((call) => call === sent.call);

/** The last call by which PortOne would charge a number, or be told not to. */
interface InFlight {
  readonly call: InstructionCall | "charge";
  readonly sentAtMs: number;
}

export class SendingCheck {
  /** Effects by the tag or number they were sent under. */
  readonly #effects = new Map<string, number>();
  readonly #sends = new Map<string, Sends>();
  /** By number, while nobody knows what came of it. */
  readonly #inFlight = new Map<string, InFlight>();
  /** Give-backs PortOne said no to, by attempt and remainder: a person's from then on. */
  readonly #handedOver = new Set<string>();
  readonly #findings: Findings;
  readonly #nowMs: () => number;
  #hasOperatorActed = false;

  constructor(findings: Findings, nowMs: () => number) {
    this.#findings = findings;
    this.#nowMs = nowMs;
  }

  /** From now on more may be sent than the product would by itself. */
  operatorActs(): void {
    this.#hasOperatorActed = true;
  }

  effectsOf(name: string): number {
    return this.#effects.get(name) ?? 0;
  }

  /** PortOne said no to giving this attempt's money back. */
  isRefused(impUid: string): boolean {
    return [...this.#handedOver].some((name) => name.startsWith(`${impUid} `));
  }

  /** What was asked of PortOne about a number has taken effect there: it is in nobody's doubt. */
  happened(name: string, merchantUid: string): void {
    this.#effects.set(name, this.effectsOf(name) + 1);
    this.#inFlight.delete(merchantUid);
  }

  sent(sent: Sent): void {
    if (isInstruction(sent)) {
      for (const merchantUid of sent.merchantUids) this.#instructs(merchantUid, sent.call);
      return;
    }
    const name = nameOf(sent);
    if (sent.call === "charge") this.#instructs(sent.merchantUid, sent.call);
    if (sent.call === "receipt_issue") {
      const cancel = this.#sends.get(`receipt_cancel ${sent.impUid}`);
      if (cancel && !cancel.isAnswered) this.#mustBeQuiet(`receipt_cancel ${sent.impUid}`, cancel);
      return;
    }
    const before = this.#sends.get(name);
    if (this.effectsOf(name) > 0) this.#findings.add("sent_twice", name, "sent again after it took effect");
    if (before && !(sent.call === "receipt_cancel" && before.isAnswered)) this.#mustBeQuiet(name, before);
    const count = (before?.count ?? 0) + 1;
    this.#sends.set(name, { count, lastAtMs: this.#nowMs(), isAnswered: false });
    if (this.#hasOperatorActed) return;
    if (count > mostSends[sent.call] && sent.call !== "receipt_cancel")
      this.#findings.add("sent_too_often", name, `sent ${count} times`);
    if (sent.call === "cancel" && isGiveBack(sent.request)) this.#givesBack(sent.request, count);
  }

  /** One at a time: what was sent before has been answered, has happened, or can happen no more. */
  #instructs(merchantUid: string, call: InFlight["call"]): void {
    const nowMs = this.#nowMs();
    const before = this.#inFlight.get(merchantUid);
    const sinceMs = nowMs - (before?.sentAtMs ?? 0);
    // A revocation takes nothing from a retry, which charges at once.
    const isHarmless = before?.call === "unschedule" && call === "retry";
    const isRepeat = before?.call === "charge" && call === "charge";
    if (before && !isHarmless && !isRepeat && sinceMs < quietMs - slackMs)
      this.#findings.add(
        "sent_too_early",
        `${merchantUid} ${call}`,
        `${call} sent ${Math.round(sinceMs / 1_000)} s after ${before.call}, of which nobody knows`,
      );
    this.#inFlight.set(merchantUid, { call, sentAtMs: nowMs });
  }

  #givesBack({ impUid, checksum, reason }: CancelRequest, count: number): void {
    if (count === 1 && this.#handedOver.has(`${impUid} ${checksum}`))
      this.#findings.add("sent_too_often", impUid, `given back again as ${tagOf(reason)} after PortOne's no`);
  }

  answered(sent: Sent, outcome: Outcome): void {
    const numbers = isInstruction(sent)
      ? sent.merchantUids
      : sent.call === "charge"
        ? [sent.merchantUid]
        : [];
    if (outcome !== "unknown") for (const merchantUid of numbers) this.#inFlight.delete(merchantUid);
    if (isInstruction(sent)) return;
    if (outcome !== "unknown") this.#settle(nameOf(sent));
    const isOnlySend = this.#sends.get(nameOf(sent))?.count === 1;
    const isNo = outcome === "refused" && isOnlySend && this.effectsOf(nameOf(sent)) === 0;
    if (isNo && sent.call === "cancel" && isGiveBack(sent.request))
      this.#handedOver.add(`${sent.request.impUid} ${sent.request.checksum}`);
  }

  #settle(name: string): void {
    const known = this.#sends.get(name);
    if (known) this.#sends.set(name, { ...known, isAnswered: true });
  }

  cancelled(record: PaymentRecord, _entry: CancelEntry, request: CancelRequest | null): void {
    if (request) this.#tookEffect(tagOf(request.reason));
    const refunded = record.cancels.reduce((total, { amount }) => total + (amount ?? 0), 0);
    if (refunded > (record.amount ?? 0))
      this.#findings.add("over_refunded", record.impUid, `${refunded} of ${record.amount}`);
  }

  /** Whatever was sent has done what it could. */
  receiptCancelled(impUid: string): void {
    this.#settle(`receipt_cancel ${impUid}`);
  }

  charged(merchantUid: string): void {
    this.#inFlight.delete(merchantUid);
    this.#tookEffect(merchantUid);
  }

  #tookEffect(name: string): void {
    const effects = this.effectsOf(name) + 1;
    this.#effects.set(name, effects);
    if (effects > 1) this.#findings.add("sent_twice", `${name} effect`, `took effect ${effects} times`);
  }

  #mustBeQuiet(name: string, { lastAtMs }: Sends): void {
    const sinceMs = this.#nowMs() - lastAtMs;
    if (sinceMs < quietMs - slackMs)
      this.#findings.add(
        "sent_too_early",
        name,
        `sent again ${Math.round(sinceMs / 1_000)} s after the last send`,
      );
  }
}

const isGiveBack = ({ reason }: CancelRequest): boolean => reason.endsWith(giveBackText);

/** The first word is the tag: what follows is the merchant's. */
export const tagOf = (reason: string): string => reason.split(" ", 1)[0] ?? "";

function nameOf(sent: Exclude<Sent, Instruction>): string {
  switch (sent.call) {
    case "cancel":
      return tagOf(sent.request.reason);
    case "charge":
      return sent.merchantUid;
    default:
      return `${sent.call} ${sent.impUid}`;
  }
}
