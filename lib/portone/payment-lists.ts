// Many of PortOne's records at once, for the audit.

import type { ListPage, PaymentLists, Unavailable } from "../ports/portone.ts";
import { ask, isBeyondLastPage, unavailable } from "./ask.ts";
import type { AuthorizedCaller } from "./authorized-caller.ts";
import { pathTo, withQuery } from "./path.ts";
import { pageSize } from "./policy.ts";
import { readPage, toPaymentRecords } from "./translate.ts";

const seconds = (atMs: number): number => Math.floor(atMs / 1000);

export const createPaymentLists = (caller: AuthorizedCaller): PaymentLists => ({
  async listPayments(status, { fromMs, toMs }, page): Promise<ListPage | Unavailable> {
    const query = `page=${page}&limit=${pageSize}&from=${seconds(fromMs)}&to=${seconds(toMs)}&sorting=paid`;
    const answer = await ask(caller, withQuery(pathTo`/payments/status/${status}`, query));
    if (answer.outcome === "not_found" || isBeyondLastPage(answer, page))
      return { outcome: "found", records: [], unreadable: [], nextPage: 0 };
    if (answer.outcome !== "success") return unavailable(answer);
    const read = readPage(answer.response);
    return read
      ? { outcome: "found", ...toPaymentRecords(read.list), nextPage: read.next }
      : { outcome: "unavailable", why: "unreadable page" };
  },

  async fetchPayments(impUids) {
    if (impUids.length === 0) return { outcome: "found", records: [], unreadable: [] };
    const query = impUids.map((impUid) => `imp_uid[]=${encodeURIComponent(impUid)}`).join("&");
    const answer = await ask(caller, withQuery(pathTo`/payments`, query));
    if (answer.outcome === "not_found") return { outcome: "found", records: [], unreadable: [] };
    if (answer.outcome !== "success") return unavailable(answer);
    return Array.isArray(answer.response)
      ? { outcome: "found", ...toPaymentRecords(answer.response) }
      : { outcome: "unavailable", why: "unreadable list" };
  },
});
