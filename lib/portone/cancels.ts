// The call that gives money back, and the one that closes an account. Nothing is filled in for a field that is not
// wanted: an amount of 0 or none at all would mean everything (PortOne's cancel page).
import { toWire } from "../domain/money.ts";
import type { MoneyGateway } from "../ports/portone.ts";
import type { AuthorizedCaller } from "./authorized-caller.ts";
import { change, changeQuickly } from "./change-call.ts";
import { pathTo } from "./path.ts";
import { toPaymentRecord } from "./translate.ts";

export const createCancels = (caller: AuthorizedCaller): MoneyGateway => ({
  login: () => caller.login(),

  async cancel(request) {
    if (!(request.amount > 0)) throw new Error("a cancel without an amount would cancel everything");
    const { account, currency } = request;
    const body = {
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
    };
    return change(caller, { method: "POST", path: pathTo`/payments/cancel`, body }, toPaymentRecord);
  },

  revokeAccount(impUid) {
    const path = pathTo`/vbanks/${impUid}`;
    return changeQuickly(caller, { method: "DELETE", path }, toPaymentRecord);
  },
});
