// What API calls that make a payment have in common: the record is stored, its notice goes out once the whole
// call is, and the answer is the record. Facts: webhook page (a paid API payment and an issued account are
// told, a failed one is not).
import { noticeAddress, planNotice, sendNotice } from "../notices.ts";
import type { StoredPayment } from "../state.ts";
import { toWire } from "../wire.ts";
import { type Answer, type ApiCall, success } from "./endpoint.ts";
import { textField } from "./fields.ts";

export function answerWith(call: ApiCall, payment: StoredPayment): Answer {
  const { simulator } = call;
  const url = payment.status === "failed" ? null : noticeAddress(simulator, payment);
  simulator.store.put("payments", payment.impUid, { ...payment, noticeSentTo: url });
  if (url !== null) {
    const notice = planNotice(simulator, payment, url);
    call.afterwards(() => void sendNotice(simulator, notice));
  }
  return success(toWire(payment));
}

/** `notice_url` is a text, or as the description of /vbanks has it, a list. */
export function noticeUrlOf({ body }: ApiCall): string | null {
  const value = body["notice_url"];
  return Array.isArray(value)
    ? textField({ first: value[0] as unknown }, "first")
    : textField(body, "notice_url");
}

/** Texts of the body, as a payment's record takes them. */
export const textOfBody =
  ({ body }: ApiCall) =>
  (name: string): string | null =>
    textField(body, name);
