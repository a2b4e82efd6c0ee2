// Orders beside the patched ones, of which nothing is patched: nobody tells of them, so that only a sweep and an audit that
// get through find out.
import type { Stage } from "../stage.ts";
import type { Expected } from "./checks.ts";
import { debt, inMinutes, orderBody, payOrder, sharedCustomer, silence } from "./play.ts";

const account = { pay_method: "vbank", tax_free: 0, vbank_due: "2031-12-31" };
const cancelled = 20_000;

export const others: readonly Expected[] = [
  { merchantUid: "other-paid", state: "paid", cancelAmount: 0 },
  { merchantUid: "other-cancelled", state: "partially_refunded", cancelAmount: cancelled },
  { merchantUid: "other-unpaid", state: "expired", cancelAmount: 0 },
  { merchantUid: "other-deposit", state: "paid", cancelAmount: 0 },
  { merchantUid: "other-scheduled", state: "paid", cancelAmount: 0 },
];

export interface OthersBegun {
  /** What happens to them behind the shop's back, once everything rests. */
  readonly goOn: () => Promise<void>;
}

export async function beginOthers(stage: Stage): Promise<OthersBegun> {
  for (const { merchantUid } of others) await silence(stage, merchantUid);
  await payOrder(stage, orderBody("other-paid"));
  const toCancel = await payOrder(stage, orderBody("other-cancelled"));
  await stage.merchant("POST", "/orders", orderBody("other-unpaid"));
  const toDeposit = await payOrder(stage, orderBody("other-deposit", account));
  const schedules = [{ merchant_uid: "other-scheduled", schedule_at: await inMinutes(stage, 15), ...debt }];
  await stage.merchant("POST", `/customers/${sharedCustomer}/schedules`, { schedules });
  return {
    goOn: async () => {
      await stage.control("POST", `/payments/${toDeposit?.imp_uid}/deposit`, {});
      await stage.control("POST", `/payments/${toCancel?.imp_uid}/cancel`, {
        amount: cancelled,
        tax_free: 0,
      });
    },
  };
}
