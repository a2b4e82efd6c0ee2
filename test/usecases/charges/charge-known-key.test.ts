// A key is asked for before the charge's number is claimed: a number once declined stays declined.
import { describe, expect, it } from "vitest";
import { type ChargeOrder, chargeOrder } from "../../../lib/usecases/charges/charge-order.ts";
import {
  billingKey,
  billingPorts,
  chargedOrder,
  chargedRecord,
  chargeFacts,
  keyedPorts,
} from "../../support/billing-doubles.ts";
import { silence } from "../../support/doubles.ts";
import { call } from "../../support/syncing-ports.ts";

const request: ChargeOrder = {
  order: chargedOrder(),
  charge: { customerUid: "cust-7", cardQuota: null, productType: "digital" },
  card: null,
  replaces: null,
  keyToKnowOf: "cust-7",
  facts: chargeFacts(),
};
const { merchantUid } = request.order;
const paid = { outcome: "done", value: chargedRecord() } as const;

describe("a key that is to be known", () => {
  it("and is not, uses up no number and sends nothing", async () => {
    const ports = await billingPorts();
    expect(await chargeOrder(request, call, ports)).toEqual({ outcome: "billing_key_not_found" });
    expect([await ports.store.read(merchantUid), ports.charges.sent]).toEqual([null, []]);
    ports.keys.record = billingKey();
    ports.charges.answers.push(paid);
    expect(await chargeOrder(request, call, ports)).toMatchObject({ outcome: "finished" });
  });

  it("and cannot be asked for, starts nothing", async () => {
    const ports = await billingPorts();
    ports.keys.answers.push(silence);
    expect(await chargeOrder(request, call, ports)).toEqual(silence);
    expect([await ports.store.read(merchantUid), ports.charges.sent]).toEqual([null, []]);
  });

  it("and was deleted since, still tells what became of its charge", async () => {
    const ports = await keyedPorts();
    ports.charges.answers.push(paid);
    const first = await chargeOrder(request, call, ports);
    ports.keys.record = null;
    expect(await chargeOrder(request, call, ports)).toMatchObject({ outcome: first.outcome });
  });
});
