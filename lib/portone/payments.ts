// Reading PortOne's records of payments.
import type { PaymentGateway } from "../ports/portone.ts";
import { ask, unavailable } from "./ask.ts";
import type { AuthorizedCaller } from "./authorized-caller.ts";
import { mostPages, pageSize, questionLimitMs } from "./policy.ts";
import { readPage, toPaymentRecord } from "./translate.ts";

/** Asking never changes anything. With `acceptsSandbox` false PortOne hides test-channel payments. */
export const createPayments = (caller: AuthorizedCaller, acceptsSandbox: boolean): PaymentGateway => ({
  async fetchPayment(impUid, options = {}) {
    // Without the parameter PortOne hides test-channel payments here, which is what production wants.
    const query = acceptsSandbox ? "?include_sandbox=true" : "";
    const answer = await ask(caller, `/payments/${encodeURIComponent(impUid)}${query}`, options);
    if (answer.outcome === "not_found") return { outcome: "absent" };
    if (answer.outcome !== "success") return unavailable(answer);
    const record = toPaymentRecord(answer.response);
    return record ? { outcome: "found", record } : { outcome: "unavailable", why: "unreadable record" };
  },

  async findPayments(merchantUid) {
    const signal = AbortSignal.timeout(questionLimitMs);
    const records = [];
    const path = `/payments/findAll/${encodeURIComponent(merchantUid)}`;
    for (let page = 1, pages = 0; page > 0; pages += 1) {
      if (pages >= mostPages) return { outcome: "unavailable", why: "too many attempts" };
      const query = `page=${page}&limit=${pageSize}&sorting=started`;
      const answer = await ask(caller, `${path}?${query}`, { signal });
      if (answer.outcome === "not_found") break;
      if (answer.outcome !== "success") return unavailable(answer);
      const read = readPage(answer.response);
      const translated = read?.list.map(toPaymentRecord);
      if (!read || !translated?.every((record) => record !== null))
        return { outcome: "unavailable", why: "unreadable record" };
      records.push(...translated);
      page = read.next;
    }
    return { outcome: "found", records };
  },
});
