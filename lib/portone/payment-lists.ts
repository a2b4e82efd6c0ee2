// Many of PortOne's records at once, for the audit.

import type { PaymentRecord } from "../domain/payment-record.ts";
import type { ListPage, PaymentLists, Unavailable } from "../ports/portone.ts";
import { ask, isBeyondLastPage, unavailable } from "./ask.ts";
import type { AuthorizedCaller } from "./authorized-caller.ts";
import { pathTo, withQuery } from "./path.ts";
import { pageSize } from "./policy.ts";
import { readPage, toPaymentRecord } from "./translate.ts";

const seconds = (atMs: number): number => Math.floor(atMs / 1000);

export const createPaymentLists = (caller: AuthorizedCaller): PaymentLists => ({
  async listPayments(status, { fromMs, toMs }, page): Promise<ListPage | Unavailable> {
    const query = `page=${page}&limit=${pageSize}&from=${seconds(fromMs)}&to=${seconds(toMs)}&sorting=paid`;
    const answer = await ask(caller, withQuery(pathTo`/payments/status/${status}`, query));
    if (answer.outcome === "not_found" || isBeyondLastPage(answer, page))
      return { outcome: "found", records: [], unreadable: 0, nextPage: 0 };
    if (answer.outcome !== "success") return unavailable(answer);
    const read = readPage(answer.response);
    return read
      ? { outcome: "found", ...translate(read.list), nextPage: read.next }
      : { outcome: "unavailable", why: "unreadable page" };
  },

  async fetchPayments(impUids) {
    if (impUids.length === 0) return { outcome: "found", records: [], unreadable: 0 };
    const query = impUids.map((impUid) => `imp_uid[]=${encodeURIComponent(impUid)}`).join("&");
    const answer = await ask(caller, withQuery(pathTo`/payments`, query));
    if (answer.outcome === "not_found") return { outcome: "found", records: [], unreadable: 0 };
    if (answer.outcome !== "success") return unavailable(answer);
    return Array.isArray(answer.response)
      ? { outcome: "found", ...translate(answer.response) }
      : { outcome: "unavailable", why: "unreadable list" };
  },
});

/** One that cannot be read is counted and hides no other. */
function translate(list: readonly unknown[]) {
  const records = list.map(toPaymentRecord).filter((record): record is PaymentRecord => record !== null);
  return { records, unreadable: list.length - records.length };
}
