// Reading PortOne's records of payments.
import type { PaymentRecord } from "../domain/payment-record.ts";
import type { ListPage, PaymentGateway, Unavailable, UnreadableRow } from "../ports/portone.ts";
import { ask, unavailable, unreadable } from "./ask.ts";
import type { AuthorizedCaller } from "./authorized-caller.ts";
import { type ApiPath, pathTo, withQuery } from "./path.ts";
import { mostPages, pageSize, questionLimitMs } from "./policy.ts";
import { readPage, toPaymentRecord, toPaymentRecords, toUnreadableRow } from "./translate.ts";

/** Asking never changes anything. With `acceptsSandbox` false PortOne hides test-channel payments. */
export const createPayments = (caller: AuthorizedCaller, acceptsSandbox: boolean): PaymentGateway => ({
  async fetchPayment(impUid, options = {}) {
    // Without the parameter PortOne hides test-channel payments here, which is what production wants.
    const one = pathTo`/payments/${impUid}`;
    const path = acceptsSandbox ? withQuery(one, "include_sandbox=true") : one;
    const answer = await ask(caller, path, options);
    if (answer.outcome === "not_found") return { outcome: "absent" };
    if (answer.outcome !== "success") return unavailable(answer);
    const record = toPaymentRecord(answer.response);
    if (record) return { outcome: "found", record };
    return { ...unreadable("unreadable record"), row: toUnreadableRow(answer.response) };
  },

  async findPayments(merchantUid) {
    const signal = AbortSignal.timeout(questionLimitMs);
    const all = pathTo`/payments/findAll/${merchantUid}`;
    const first = await readList(caller, all, { from: 1, pages: 1, signal });
    if (first.outcome !== "found") return first;
    if (first.nextPage === 0)
      return { outcome: "found", records: first.records, unreadable: first.unreadable };
    // Nobody opens so many without a purpose: what took money must not stand behind them.
    const found = new Map(first.records.map((record) => [record.impUid, record]));
    const passedOver = [...first.unreadable];
    for (const status of ["paid", "cancelled"]) {
      const path = pathTo`/payments/findAll/${merchantUid}/${status}`;
      const read = await readList(caller, path, { from: 1, pages: mostPages, signal });
      if (read.outcome !== "found") return read;
      if (read.nextPage !== 0) return unreadable("too many payments");
      for (const record of read.records) found.set(record.impUid, record);
      passedOver.push(...read.unreadable);
    }
    const rest = await readList(caller, all, { from: first.nextPage, pages: mostPages - 1, signal });
    if (rest.outcome !== "found")
      return { outcome: "found", records: [...found.values()], isPartial: true, unreadable: passedOver };
    // The list of the paid was read later than the first page, and has the last word.
    for (const record of rest.records) if (!found.has(record.impUid)) found.set(record.impUid, record);
    passedOver.push(...rest.unreadable);
    return {
      outcome: "found",
      records: [...found.values()],
      isPartial: rest.nextPage !== 0,
      unreadable: passedOver,
    };
  },
});

/** Some pages of a list; `nextPage` is 0 when there are no more. */
async function readList(
  caller: AuthorizedCaller,
  path: ApiPath,
  { from, pages, signal }: { readonly from: number; readonly pages: number; readonly signal: AbortSignal },
): Promise<ListPage | Unavailable> {
  const records: PaymentRecord[] = [];
  const passedOver: UnreadableRow[] = [];
  const end = { outcome: "found", records, unreadable: passedOver } as const;
  let page = from;
  for (let count = 0; page > 0 && count < pages; count += 1) {
    const answer = await ask(caller, withQuery(path, `page=${page}&limit=${pageSize}&sorting=started`), {
      signal,
    });
    if (answer.outcome === "not_found") return { ...end, nextPage: 0 };
    if (answer.outcome !== "success") return unavailable(answer);
    const list = readPage(answer.response);
    if (!list) return unreadable("unreadable page");
    const read = toPaymentRecords(list.list);
    records.push(...read.records);
    passedOver.push(...read.unreadable);
    page = list.next;
  }
  return { ...end, nextPage: page };
}
