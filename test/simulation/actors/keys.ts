// Shops that keep billing keys: issued twice at once, put in another's place while a charge with it is on its way, and
// deleted with whatever is reserved on them.
import { CardSecret } from "../../../lib/domain/card-secret.ts";
import { deleteBillingKey } from "../../../lib/usecases/charges/delete-billing-key.ts";
import { issueBillingKey } from "../../../lib/usecases/charges/issue-billing-key.ts";
import type { Stage } from "../stage.ts";
import { heard, isOpen, type Status } from "./hearing.ts";
import { insist } from "./reserving.ts";

const holder = { name: "홍길동", tel: null, email: null };

async function issue(stage: Stage, customerUid: string, cardNumber: string): Promise<Status> {
  const card = new CardSecret({ cardNumber, expiry: "2031-12", birth: "900101", pwd2Digit: "12" });
  const facts = {
    calls: ["billing_key" as const],
    card,
    productType: null,
    buyerName: null,
    amount: null,
    taxFree: null,
    currency: "KRW",
    cardQuota: null,
    dueAtMs: null,
    asksBillingKey: false,
  };
  const ending = await stage.shop.invoke("issue_key", "merchant", (ports) =>
    issueBillingKey({ customerUid, card, holder, facts }, ports),
  );
  const { status } = heard(ending);
  stage.shop.world.tell(() => `the shop hears ${status} about a key for ${customerUid}`);
  if (status === 201) stage.reserved.toldKey(customerUid);
  return status;
}

const cards = ["4518-4200-0000-0015", "5413-3300-0000-9994"] as const;

/** A key, and in some shops two at once. */
export async function keepKey(stage: Stage, customerUid: string): Promise<void> {
  stage.act("issues_key", () => customerUid);
  const isTwin = stage.chance(0.3);
  const first = issue(stage, customerUid, cards[0]);
  if (isTwin) {
    await stage.sleep(stage.between(0, 0.3));
    stage.act("issues_two_keys_at_once", () => customerUid);
    await issue(stage, customerUid, cards[stage.chance(0.5) ? 0 : 1]);
  }
  let status = await first;
  for (let time = 0; time < 3 && isOpen(status); time += 1) {
    await stage.sleep(stage.between(1, 20));
    status = await issue(stage, customerUid, cards[0]);
  }
}

export async function replaceKey(stage: Stage, customerUid: string): Promise<void> {
  stage.act("replaces_key", () => customerUid);
  await insist(stage, "issues_key", () => issue(stage, customerUid, cards[1]));
}

export async function dropKey(stage: Stage, customerUid: string): Promise<void> {
  stage.reserved.asksToDelete(customerUid);
  await insist(stage, "deletes_key", async () => {
    const ending = await stage.shop.invoke("delete_key", "merchant", (ports, call) =>
      deleteBillingKey({ customerUid, reason: "해지" }, call, ports),
    );
    const { status } = heard(ending);
    stage.shop.world.tell(() => `the shop hears ${status} about deleting the key of ${customerUid}`);
    if (ending.ended === "answered" && ending.value.outcome === "deleted")
      stage.reserved.toldRevoked(ending.value.unscheduled, []);
    return status;
  });
}
