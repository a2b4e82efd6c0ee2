// The call that gives money back, and the one that closes an account. Nothing is filled in for a field that is not
// wanted: an amount of 0 or none at all would mean everything (PortOne's cancel page).
import { toWire } from "../domain/money.ts";
import type { PaymentRecord } from "../domain/payment-record.ts";
import type { CallResult, CancelRequest, Login, MoneyGateway } from "../ports/portone.ts";
import type { AuthorizedCaller } from "./authorized-caller.ts";
import { toCallResult } from "./change-call.ts";
import { callLimitMs, changeLimitMs } from "./policy.ts";
import { toPaymentRecord } from "./translate.ts";

export class PortOneCancels implements MoneyGateway {
  readonly #caller: AuthorizedCaller;

  constructor(caller: AuthorizedCaller) {
    this.#caller = caller;
  }

  login(): Promise<Login> {
    return this.#caller.login();
  }

  async cancel(request: CancelRequest): Promise<CallResult<PaymentRecord>> {
    if (!(request.amount > 0)) throw new Error("a cancel without an amount would cancel everything");
    const { account, currency } = request;
    const answer = await this.#caller.call({
      method: "POST",
      path: "/payments/cancel",
      limitMs: changeLimitMs,
      onFreshConnection: true,
      body: {
        imp_uid: request.impUid,
        amount: toWire(request.amount, currency),
        ...(request.taxFree === null ? {} : { tax_free: toWire(request.taxFree, currency) }),
        checksum: toWire(request.checksum, currency),
        reason: request.reason,
        ...(request.requester && { extra: { requester: request.requester } }),
        ...(account && {
          refund_holder: account.holder,
          refund_bank: account.bank,
          refund_account: account.number,
        }),
      },
    });
    // Documented are 200 and 401 only, so a 5xx is not the provider's word that nothing happened.
    return toCallResult(answer, toPaymentRecord, { isServerErrorFinal: false });
  }

  async revokeAccount(impUid: string): Promise<CallResult<PaymentRecord>> {
    const path = `/vbanks/${encodeURIComponent(impUid)}`;
    const answer = await this.#caller.call({ method: "DELETE", path, limitMs: callLimitMs });
    return toCallResult(answer, toPaymentRecord, { isServerErrorFinal: false });
  }
}
