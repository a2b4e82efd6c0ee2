// notice_url: PortOne says that something changed. Only the two ids are used, as a hint where to look.
import type { Order } from "../domain/order.ts";
import { type GatePorts, passGate } from "./gate.ts";
import { type SettlePorts, type SettleResult, settle } from "./settle.ts";

export interface Notice {
  readonly impUid: string;
  readonly merchantUid: string;
  readonly status: string;
  readonly cancellationId: string | null;
  /** It came with the token of this order's notice_url. */
  readonly hasToken: boolean;
}

export interface NoticeCall {
  readonly requestId: string;
  readonly timeLeftMs: () => number;
}

/** Settles the attempt named. An order we do not know, and a cancel already counted, ask nobody. */
export const receiveNotice = (
  notice: Notice,
  { requestId, timeLeftMs }: NoticeCall,
  ports: SettlePorts & GatePorts,
): Promise<SettleResult> =>
  settle(
    {
      merchantUid: notice.merchantUid,
      impUid: notice.impUid,
      by: "portone",
      requestId,
      timeLeftMs,
      isAnsweredBy: (order) => isCancelKnown(order, notice),
      gate: (order) =>
        passGate(order, { impUid: notice.impUid, by: "portone", isTrusted: notice.hasToken }, ports),
    },
    ports,
  );

const isCancelKnown = (order: Order, notice: Notice): boolean =>
  notice.status === "cancelled" &&
  notice.cancellationId !== null &&
  order.attempts.some(
    (attempt) =>
      attempt.impUid === notice.impUid &&
      attempt.cancels.some((cancel) => cancel.cancellationId === notice.cancellationId),
  );
