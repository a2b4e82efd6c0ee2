// Shops that open an account without a window, side by side, and take it back; buyers who pay into it or do not.
import { moneyFromMinorUnits } from "../../../lib/domain/money.ts";
import { issueAccount } from "../../../lib/usecases/charges/issue-account.ts";
import type { Stage } from "../stage.ts";
import { heard, type Status } from "./hearing.ts";
import { insist } from "./reserving.ts";

const hourMs = 3_600_000;

export async function openByApi(stage: Stage, merchantUid: string, amount: number): Promise<void> {
  const dueAtMs = stage.scheduler.nowMs() + (2 + stage.dice.below(30)) * hourMs;
  const facts = {
    calls: ["virtual_account" as const],
    card: null,
    productType: "real",
    buyerName: "홍길동",
    amount: moneyFromMinorUnits(amount),
    taxFree: moneyFromMinorUnits(0),
    currency: "KRW",
    cardQuota: null,
    dueAtMs,
    asksBillingKey: false,
  };
  const name = `account ${merchantUid}`;
  const send = async (): Promise<Status> => {
    stage.repeats.set(name, send);
    const hears = stage.told.asks("account", merchantUid, name);
    const ending = await stage.shop.invoke("account", "merchant", (ports, call) =>
      issueAccount({ merchantUid, bankCode: "088", dueAtMs, productType: "real", facts }, call, ports),
    );
    const told = heard(ending);
    stage.shop.world.tell(() => `the shop hears ${told.status} about ${name}`);
    hears({ ...told, body: "", atMs: stage.scheduler.nowMs() });
    return told.status;
  };
  await insist(stage, "opens_account_by_api", send);
}

/** A buyer pays into one of the order's accounts. */
export function payIntoAccount(stage: Stage, merchantUid: string): void {
  const open = stage.portone
    .paymentsOf(merchantUid)
    .find(({ record }) => stage.portone.isAccountOpen(record.impUid));
  if (open && stage.portone.take(open.record.impUid)) stage.act("deposits", () => open.record.impUid);
}
