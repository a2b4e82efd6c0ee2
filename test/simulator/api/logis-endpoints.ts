// /escrows/logis: parcels of escrow payments. Facts: escrow page of the V1 API (409 for one registered already,
// not changeable, or not there) and KSNET's: shown and changeable 30 to 60 minutes after it was registered
// (R-KS-27); the minutes are a switch.
import { isCourier } from "../ksnet-codes.ts";
import type { StoredLogis, StoredPayment } from "../state.ts";
import { toWireLogis } from "../wire-schedule.ts";
import { type Answer, type ApiCall, type Endpoint, failure, noSuchPayment, success } from "./endpoint.ts";
import { numberField, textField } from "./fields.ts";

const path = "/escrows/logis/{imp_uid}";

const register: Endpoint = {
  method: "POST",
  path,
  handle: (call) =>
    withPayment(call, (payment, known) =>
      known ? failure(409, "이미 등록된 배송정보가 있습니다.") : store(call, payment, null),
    ),
};

const change: Endpoint = {
  method: "PUT",
  path,
  handle: (call) =>
    withPayment(call, (payment, known) => {
      if (!known) return failure(409, "등록된 배송정보가 없습니다.");
      return isVisible(call, known)
        ? store(call, payment, known)
        : failure(409, "배송정보를 아직 수정할 수 없습니다. 등록 후 30~60분 뒤에 다시 시도하세요.");
    }),
};

const read: Endpoint = {
  method: "GET",
  path,
  handle: (call) =>
    withPayment(call, (_, known) =>
      known && isVisible(call, known)
        ? success(toWireLogis(known))
        : failure(409, "등록된 배송정보가 없습니다."),
    ),
};

function withPayment(
  call: ApiCall,
  run: (payment: StoredPayment, known: StoredLogis | null) => Answer,
): Answer {
  const { store: records } = call.simulator;
  const payment = records.get("payments", call.path["imp_uid"] ?? "");
  if (!payment) return noSuchPayment;
  if (!payment.escrow || payment.paidAtMs === null) return failure(400, "결제된 에스크로 결제건이 아닙니다.");
  return run(payment, records.get("logis", payment.impUid));
}

function isVisible({ simulator }: ApiCall, { appliedAtMs }: StoredLogis): boolean {
  const { escrow_delay_min: minutes } = simulator.settings.switches;
  return simulator.clock.nowMs() >= appliedAtMs + minutes * 60_000;
}

/** A change keeps the time of the registration. */
function store(call: ApiCall, { impUid }: StoredPayment, known: StoredLogis | null): Answer {
  const { simulator, body } = call;
  const logis = (body["logis"] ?? {}) as Record<string, unknown>;
  const company = textField(logis, "company");
  const invoice = textField(logis, "invoice");
  const sentAt = numberField(logis, "sent_at");
  if (company === null || invoice === null || sentAt === null || !Number.isInteger(sentAt))
    return failure(400, "배송정보(logis.company, logis.invoice, logis.sent_at)를 확인하세요.");
  const parcel: StoredLogis = {
    impUid,
    // An unknown company becomes ETC, as PortOne's table of couriers says.
    company: isCourier(company) ? company : "ETC",
    invoice,
    sentAtMs: sentAt * 1000,
    appliedAtMs: known?.appliedAtMs ?? simulator.clock.nowMs(),
  };
  simulator.store.put("logis", impUid, parcel);
  return success(toWireLogis(parcel));
}

export const logisEndpoints: readonly Endpoint[] = [register, change, read];
