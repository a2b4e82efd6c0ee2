// Many of PortOne's records at once, for the audit.

import type { PaymentRecord } from "../domain/payment-record.ts";
import type { ListPage, PaymentLists, Unavailable } from "../ports/portone.ts";
import { ask, isBeyondLastPage, unavailable } from "./ask.ts";
import type { AuthorizedCaller } from "./authorized-caller.ts";
import { pageSize } from "./policy.ts";
import { readPage, toPaymentRecord } from "./translate.ts";

const seconds = (atMs: number): number => Math.floor(atMs / 1000);

export const createPaymentLists = (caller: AuthorizedCaller): PaymentLists => ({
  async listPayments(status, { fromMs, toMs }, page): Promise<ListPage | Unavailable> {
    const query = `page=${page}&limit=${pageSize}&from=${seconds(fromMs)}&to=${seconds(toMs)}&sorting=paid`;
    const answer = await ask(caller, `/payments/status/${status}?${query}`);
    if (answer.outcome === "not_found" || isBeyondLastPage(answer, page))
      return { outcome: "found", records: [], nextPage: 0 };
    if (answer.outcome !== "success") return unavailable(answer);
    const read = readPage(answer.response);
    const records = read && translate(read.list);
    return read && records
      ? { outcome: "found", records, nextPage: read.next }
      : { outcome: "unavailable", why: "unreadable record" };
  },

  async fetchPayments(impUids) {
    if (impUids.length === 0) return { outcome: "found", records: [] };
    const query = impUids.map((impUid) => `imp_uid[]=${encodeURIComponent(impUid)}`).join("&");
    const answer = await ask(caller, `/payments?${query}`);
    if (answer.outcome === "not_found") return { outcome: "found", records: [] };
    if (answer.outcome !== "success") return unavailable(answer);
    const records = Array.isArray(answer.response) ? translate(answer.response) : null;
    return records ? { outcome: "found", records } : { outcome: "unavailable", why: "unreadable record" };
  },
});

function translate(list: readonly unknown[]): readonly PaymentRecord[] | null {
  const records = list.map(toPaymentRecord);
  return records.every((record) => record !== null) ? records : null;
}
