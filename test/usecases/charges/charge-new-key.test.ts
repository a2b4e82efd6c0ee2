// A key issued and charged in two safe steps: a repeat issues nothing, and no step follows one that failed.
import { describe, expect, it } from "vitest";
import { chargeNewKey } from "../../../lib/usecases/charges/charge-new-key.ts";
import {
  billingKey,
  billingPorts,
  chargedOrder,
  chargedRecord,
  chargeFacts,
  refusedWith,
  testCard,
} from "../../support/billing-doubles.ts";
import { silence } from "../../support/doubles.ts";
import { call, storedOrder } from "../../support/syncing-ports.ts";

const request = {
  order: chargedOrder(),
  charge: { customerUid: "cust-7", cardQuota: null, productType: "digital" as const },
  customerUid: "cust-7",
  card: testCard,
  replaces: null,
  keyToKnowOf: null,
  facts: chargeFacts({ calls: ["billing_key", "key_charge"], card: testCard }),
};
const issued = { outcome: "done", value: billingKey() } as const;
const paid = { outcome: "done", value: chargedRecord() } as const;

describe("charging a new key", () => {
  it("issues the key, charges the key and not the card, and tells both", async () => {
    const ports = await billingPorts();
    ports.keys.issues.push(issued);
    ports.charges.answers.push(paid);
    expect(await chargeNewKey(request, call, ports)).toMatchObject({
      charge: { outcome: "finished", order: { state: "paid" } },
      key: { customerUid: "cust-7", cardNumber: "541333******9994" },
    });
    expect(ports.keys.called).toEqual(["issue cust-7"]);
    expect(ports.charges.sent).toMatchObject([{ call: "key", customerUid: "cust-7" }]);
  });

  it("issues nothing for an order that exists, and tells what became of it", async () => {
    const ports = await billingPorts();
    ports.keys.issues.push(issued);
    ports.charges.answers.push(paid);
    await chargeNewKey(request, call, ports);
    expect(await chargeNewKey(request, call, ports)).toMatchObject({
      charge: { outcome: "finished" },
      key: { customerUid: "cust-7" },
    });
    expect([ports.keys.called, ports.charges.sent.length]).toEqual([["issue cust-7"], 1]);
  });

  it("keeps the key when the charge is not known yet", async () => {
    const ports = await billingPorts();
    ports.keys.issues.push(issued);
    expect(await chargeNewKey(request, call, ports)).toMatchObject({
      charge: { outcome: "pending" },
      key: { customerUid: "cust-7" },
    });
    expect(await storedOrder(ports)).toMatchObject({ charge: { via: "again", state: "unknown" } });
  });

  it.each([
    ["a contract that is missing", request],
    ["no card", { ...request, card: null }],
  ])("asks nobody with %s", async (_, broken) => {
    const ports = { ...(await billingPorts()), contracts: new Set<never>() };
    ports.store.fail("read");
    expect(await chargeNewKey(broken, call, ports)).toMatchObject({
      charge: { outcome: "rules_broken" },
      key: null,
    });
    expect([ports.keys.called, ports.charges.sent]).toEqual([[], []]);
  });

  it.each([
    ["refused", refusedWith("카드사 점검"), { outcome: "provider_refused", message: "카드사 점검" }],
    [
      "not known",
      { outcome: "unknown", why: "timeout" } as const,
      { outcome: "unavailable", why: "timeout" },
    ],
  ])("charges nothing when the key is %s", async (_, answer, charge) => {
    const ports = await billingPorts();
    ports.keys.issues.push(answer);
    expect(await chargeNewKey(request, call, ports)).toEqual({ charge, key: null });
    expect([await ports.store.read("ord-20260805-000142"), ports.charges.sent]).toEqual([null, []]);
  });

  it("tells the charge though the key cannot be read after it", async () => {
    const ports = await billingPorts();
    ports.charges.answers.push(paid);
    const chargeKey = ports.charges.chargeKey.bind(ports.charges);
    ports.charges.chargeKey = (...asked) => {
      ports.keys.answers.push(silence);
      return chargeKey(...asked);
    };
    ports.keys.issues.push(issued);
    expect(await chargeNewKey(request, call, ports)).toMatchObject({
      charge: { outcome: "finished" },
      key: null,
    });
  });
});
