// Shops that charge a billing key: they repeat what was not answered, believe that a 503 started nothing, and try a
// declined debt again under a new number.
import { moneyFromMinorUnits } from "../../../lib/domain/money.ts";
import { type ChargeOutcome, chargeOrder } from "../../../lib/usecases/charges/charge-order.ts";
import type { Ending } from "../engine/invocation.ts";
import { isStorageTrouble } from "../shop.ts";
import type { Stage } from "../stage.ts";

export interface Debt {
  readonly name: string;
  /** The number it is charged under first. */
  readonly first: string;
  readonly amount: number;
}

interface Charge {
  readonly merchantUid: string;
  readonly replaces: string | null;
}

type Status = number | "unheard";
const minuteS = 60;

/** Collects a debt, whatever it takes. */
export async function collect(stage: Stage, debt: Debt, replaces: string | null = null): Promise<void> {
  let charge: Charge = { merchantUid: debt.first, replaces };
  for (let time = 0; time < 3; time += 1) {
    stage.told.chargesFor(debt.name, charge.merchantUid);
    const status = await insist(stage, debt, charge);
    if (status === 402 && stage.chance(0.8)) {
      const { merchantUid } = charge;
      stage.act("charge_replacing", () => merchantUid);
      charge = { merchantUid: stage.newName("charge"), replaces: merchantUid };
      if (stage.chance(0.6)) await stage.sleep(stage.between(9 * minuteS, 12 * minuteS));
    } else if (status === 503) {
      stage.act("charge_after_believed_503", () => charge.merchantUid);
      charge = { merchantUid: stage.newName("charge"), replaces: charge.replaces };
    } else return;
  }
}

async function insist(stage: Stage, debt: Debt, charge: Charge): Promise<Status> {
  stage.act("charge", () => `${debt.amount} as ${charge.merchantUid}`);
  const isTwin = stage.chance(0.15);
  const first = send(stage, debt, charge);
  if (isTwin) {
    await stage.sleep(stage.between(0, 0.3));
    stage.act("charge_repeated", () => `${charge.merchantUid} at once`);
    await send(stage, debt, charge);
  }
  let status = await first;
  const believes = stage.chance(0.7) && !isTwin;
  for (let time = 0; time < 5 && isOpen(status, believes); time += 1) {
    await stage.sleep(stage.chance(0.5) ? stage.between(1, 60) : stage.between(2 * minuteS, 12 * minuteS));
    stage.act("charge_repeated", () => charge.merchantUid);
    status = await send(stage, debt, charge);
    // Of one that was in doubt before, a 503 says nothing.
    if (status === 503) status = "unheard";
  }
  return status;
}

const isOpen = (status: Status, believes: boolean): boolean =>
  status === "unheard" || status === 202 || status === 500 || status === 409 || (status === 503 && !believes);

/** One request; what the shop hears. */
async function send(stage: Stage, debt: Debt, { merchantUid, replaces }: Charge): Promise<Status> {
  stage.repeats.set(merchantUid, () => send(stage, debt, { merchantUid, replaces }));
  const hears = stage.told.asks("charge", merchantUid, merchantUid);
  const amount = moneyFromMinorUnits(debt.amount);
  const taxFree = moneyFromMinorUnits(0);
  const facts = {
    calls: ["key_charge" as const],
    card: null,
    productType: "digital",
    buyerName: "홍길동",
    amount,
    taxFree,
    currency: "KRW",
    cardQuota: null,
    dueAtMs: null,
    asksBillingKey: false,
  };
  const order = {
    merchantUid,
    amount,
    taxFree,
    currency: "KRW" as const,
    name: "정기구독 8월",
    buyerName: "홍길동",
    bodyHash: `body ${merchantUid} ${replaces}`,
  };
  const charge = {
    customerUid: "cust-7",
    productType: "digital" as const,
    cardQuota: null,
    customData: null,
  };
  const ending = await stage.shop.invoke("charge", "merchant", (ports, call) =>
    chargeOrder({ order, charge, card: null, replaces, keyToKnowOf: charge.customerUid, facts }, call, ports),
  );
  const told = chargeAnswer(ending);
  stage.shop.world.tell(() => `the shop hears ${told.status} about charge ${merchantUid}`);
  hears({ ...told, body: "", atMs: stage.scheduler.nowMs() });
  return told.status;
}

/** What the door says of everything but a finished charge; whatever is not named is a conflict. */
const statuses: Readonly<Record<string, number>> = {
  pending: 202,
  claim_unreadable: 202,
  rules_broken: 422,
  billing_key_not_found: 404,
  unavailable: 503,
  busy: 503,
};

function chargeAnswer(ending: Ending<ChargeOutcome>): { readonly status: Status; readonly isFinal: boolean } {
  const told = (status: Status) => ({ status, isFinal: false });
  if (ending.ended === "died") return told("unheard");
  if (ending.ended === "threw") return told(isStorageTrouble(ending.error) ? 503 : 500);
  const { value } = ending;
  if (value.outcome !== "finished") return told(statuses[value.outcome] ?? 409);
  return { status: value.order.chargeResult?.status === "paid" ? 201 : 402, isFinal: true };
}
