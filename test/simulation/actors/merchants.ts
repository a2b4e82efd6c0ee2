// Merchants: they create orders, refund under keys, void, look again, and issue receipts; what they hear they believe.
import type { WindowRequest } from "../../../lib/domain/ksnet/window-request.ts";
import { moneyFromMinorUnits } from "../../../lib/domain/money.ts";
import { identifiers } from "../../../lib/signing/identifiers.ts";
import { createOrder } from "../../../lib/usecases/orders/create-order.ts";
import { voidOrder } from "../../../lib/usecases/orders/void-order.ts";
import { type RefundResult, requestRefund } from "../../../lib/usecases/refunds/request-refund.ts";
import { syncOrder } from "../../../lib/usecases/syncing/sync.ts";
import type { Ending } from "../engine/invocation.ts";
import { isStorageTrouble } from "../shop.ts";
import type { Stage } from "../stage.ts";
import { withdrawSomeTime } from "./withdrawing.ts";

export interface NewOrder {
  readonly merchantUid: string;
  readonly amount: number;
  readonly payMethod: string;
  readonly expiresInMs: number | null;
}

/** A shop repeats an order until it has one; false when it gives up. */
export async function create(stage: Stage, order: NewOrder): Promise<boolean> {
  const window: WindowRequest = {
    merchantUid: order.merchantUid,
    name: "나이키 와플 트레이너 2 SD",
    amount: moneyFromMinorUnits(order.amount),
    taxFree: moneyFromMinorUnits(order.payMethod === "vbank" ? 0 : Math.floor(order.amount / 20)),
    currency: "KRW",
    payMethod: order.payMethod,
    buyerName: "홍길동",
    asksBillingKey: false,
    options: order.payMethod === "vbank" ? { vbank_due: "20311231" } : {},
  };
  const expiresAtMs = order.expiresInMs && stage.scheduler.nowMs() + order.expiresInMs;
  stage.act("creates_order", () => `${order.merchantUid}, ${order.amount}`);
  for (let time = 0; time < 4; time += 1) {
    const ending = await stage.shop.invoke("create", "merchant", (ports, call) =>
      createOrder({ window, expiresAtMs, bodyHash: `body ${order.merchantUid}` }, call, {
        ...ports,
        registry: stage.nature.isPreparing ? ports.registry : null,
      }),
    );
    if (ending.ended === "answered")
      return ending.value.outcome === "created" || ending.value.outcome === "repeated";
    await stage.sleep(stage.between(1, 5));
  }
  return false;
}

export interface RefundAsked {
  readonly merchantUid: string;
  readonly key: string;
  readonly amount: number | null;
  readonly reason?: string;
}

/** The status the shop was told; "unheard" when no answer came. */
export async function refund(stage: Stage, asked: RefundAsked): Promise<number | "unheard"> {
  const { merchantUid, key, amount } = asked;
  const refundId = identifiers.refundId(merchantUid, key);
  const tag = identifiers.tag(refundId);
  const hears = stage.told.asks("refund", merchantUid, tag);
  stage.repeats.set(tag, () => refund(stage, asked));
  const account = accountFor(key);
  if (account) stage.payingBack.names(tag, account.number);
  const ending = await stage.shop.invoke("refund", "merchant", (ports, call) =>
    requestRefund(
      {
        merchantUid,
        refundId,
        bodyHash: `${key} ${amount}`,
        asked: { amount, taxFree: null },
        reason: asked.reason ?? "단순 변심",
        requester: "customer",
        account,
      },
      call,
      ports,
    ),
  );
  const told = refundAnswer(ending);
  if (ending.ended === "answered" && ending.value.outcome === "scheduled") {
    const { cancel } = ending.value;
    stage.act("refund_waits", () => `${refundId} of ${merchantUid}`);
    if (stage.chance(0.35))
      void withdrawSomeTime(stage, { merchantUid, refundId }, cancel.scheduledAtMs ?? 0);
  }
  stage.shop.world.tell(() => `the shop hears ${told.status} about refund ${key} (${tag})`);
  hears({ ...told, atMs: stage.scheduler.nowMs() });
  return told.status;
}

/** Each refund's own; one in ten shops forgets to name it. */
const accountFor = (key: string) =>
  key.endsWith("7")
    ? null
    : { holder: "홍길동", bank: "088", number: `110${key.replaceAll(/\D/g, "").padStart(9, "0")}` };

interface Heard {
  readonly status: number | "unheard";
  readonly isFinal: boolean;
  readonly isNothing?: boolean;
  readonly body: string;
}

/** What the door says of everything but a finished refund; whatever is not named is a conflict. */
const statuses: Readonly<Record<string, number>> = {
  pending: 202,
  scheduled: 202,
  claim_unreadable: 202,
  malformed_amount: 400,
  rules_broken: 422,
  idempotency_key_reused: 422,
  unavailable: 503,
  busy: 503,
};

function refundAnswer(ending: Ending<RefundResult>): Heard {
  const told = (status: number | "unheard") => ({ status, isFinal: false, body: "" });
  if (ending.ended === "died") return told("unheard");
  if (ending.ended === "threw") return told(isStorageTrouble(ending.error) ? 503 : 500);
  const { value } = ending;
  if (value.outcome !== "finished") return told(statuses[value.outcome] ?? 409);
  const { refund } = value;
  const status = refund.refusal === null ? 200 : refund.refusal === "remaining_changed" ? 409 : 422;
  const isNothing = refund.state === "withdrawn";
  return { status, isFinal: true, isNothing, body: JSON.stringify(refund) };
}

export async function takeBack(stage: Stage, merchantUid: string): Promise<void> {
  stage.act("void", () => merchantUid);
  const ending = await stage.shop.invoke("void", "merchant", (ports, call) =>
    voidOrder(merchantUid, call, ports),
  );
  if (ending.ended === "answered" && ending.value.outcome === "voided" && ending.value.order.impUid !== null)
    stage.findings.add("told_wrong", merchantUid, "told void, and it is paid");
}

export async function look(stage: Stage, merchantUid: string): Promise<void> {
  stage.act("sync", () => merchantUid);
  await stage.shop.invoke("sync", "merchant", (ports, call) =>
    syncOrder({ merchantUid, impUid: null, by: "merchant", mayMoveMoney: true }, call, ports),
  );
}
