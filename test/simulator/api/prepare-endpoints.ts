// /payments/prepare: fixes the amount of an order number before its window opens. Facts: prepare page of the
// V1 API; the refusal of a second registration was seen live; asking for an unknown number is assumed 404.
import type { StoredPrepare } from "../state.ts";
import { type Answer, type ApiCall, type Endpoint, failure, refusal, success } from "./endpoint.ts";
import { numberField, textField } from "./fields.ts";

const notRegistered = failure(404, "사전등록된 결제정보가 존재하지 않습니다.");

const register: Endpoint = {
  method: "POST",
  path: "/payments/prepare",
  handle: (call) => {
    const prepare = readPrepare(call);
    if (!prepare) return incomplete;
    if (call.simulator.store.get("prepared", prepare.merchantUid))
      return refusal("결제정보 사전등록에 실패하였습니다(이미 등록된 merchant_uid입니다).");
    return keep(call, prepare);
  },
};

const change: Endpoint = {
  method: "PUT",
  path: "/payments/prepare",
  handle: (call) => {
    const prepare = readPrepare(call);
    if (!prepare) return incomplete;
    return call.simulator.store.get("prepared", prepare.merchantUid) ? keep(call, prepare) : notRegistered;
  },
};

const read: Endpoint = {
  method: "GET",
  path: "/payments/prepare/{merchant_uid}",
  handle: ({ simulator, path }) => {
    const prepare = simulator.store.get("prepared", path["merchant_uid"] ?? "");
    return prepare ? success(toWirePrepare(prepare)) : notRegistered;
  },
};

export const prepareEndpoints: readonly Endpoint[] = [register, change, read];

const incomplete = refusal("결제정보 사전등록에 실패하였습니다(merchant_uid, amount를 확인하세요).");

function readPrepare({ body }: ApiCall): StoredPrepare | null {
  const merchantUid = textField(body, "merchant_uid");
  const amount = numberField(body, "amount");
  if (merchantUid === null || [...merchantUid].length > 40) return null;
  if (amount === null || !Number.isFinite(amount) || amount <= 0) return null;
  return { merchantUid, amount, currency: textField(body, "currency") };
}

function keep({ simulator }: ApiCall, prepare: StoredPrepare): Answer {
  simulator.store.put("prepared", prepare.merchantUid, prepare);
  return success(toWirePrepare(prepare));
}

export const toWirePrepare = ({ merchantUid, amount, currency }: StoredPrepare) => ({
  merchant_uid: merchantUid,
  amount,
  currency,
});
