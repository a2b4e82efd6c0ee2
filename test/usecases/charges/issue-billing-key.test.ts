// A billing key for a card: the earlier one goes first, and what is not known is looked up.
import { describe, expect, it } from "vitest";
import { CardSecret } from "../../../lib/domain/card-secret.ts";
import { issueBillingKey } from "../../../lib/usecases/charges/issue-billing-key.ts";
import {
  billingKey,
  billingPorts,
  chargeFacts,
  lost,
  refusedWith,
  testCard,
} from "../../support/billing-doubles.ts";
import { silence } from "../../support/doubles.ts";

const facts = chargeFacts({
  calls: ["billing_key"],
  card: testCard,
  productType: null,
  buyerName: null,
  amount: null,
  taxFree: null,
});
const request = {
  customerUid: "cust-7",
  card: testCard,
  holder: { name: "홍길동", tel: null, email: null },
  facts,
};
const issued = { outcome: "done", value: billingKey() } as const;
const oldKey = billingKey({
  cardNumber: "400000******0002",
  updatedAtMs: Date.parse("2026-01-02T10:00:00+09:00"),
});

describe("issuing a billing key", () => {
  it("issues the first one", async () => {
    const ports = await billingPorts();
    ports.keys.issues.push(issued);
    expect(await issueBillingKey(request, ports)).toEqual({
      outcome: "issued",
      key: billingKey(),
      replaced: false,
    });
    expect(ports.keys.called).toEqual(["issue cust-7"]);
  });

  it("takes the place of the customer's earlier one in one step: a charge in flight always finds a key", async () => {
    const ports = await billingPorts();
    ports.keys.record = oldKey;
    ports.keys.issues.push(issued);
    expect(await issueBillingKey(request, ports)).toEqual({
      outcome: "issued",
      key: billingKey(),
      replaced: true,
    });
    expect(ports.keys.called).toEqual(["issue cust-7"]);
  });

  it("refused leaves the customer's earlier one", async () => {
    const ports = await billingPorts();
    ports.keys.record = oldKey;
    ports.keys.issues.push(refusedWith("한도 초과"));
    expect(await issueBillingKey(request, ports)).toMatchObject({ outcome: "provider_refused" });
    expect(ports.keys.record).toEqual(oldKey);
  });

  it("twice at once leaves one, whoever comes first", async () => {
    const ports = await billingPorts();
    ports.keys.record = oldKey;
    ports.keys.issues.push(issued, refusedWith("카드번호 오류"));
    const both = await Promise.all([issueBillingKey(request, ports), issueBillingKey(request, ports)]);
    expect(both.map(({ outcome }) => outcome)).toEqual(["issued", "provider_refused"]);
    expect([ports.keys.record, ports.keys.called]).toEqual([billingKey(), ["issue cust-7", "issue cust-7"]]);
  });

  it("is told PortOne's no", async () => {
    const ports = await billingPorts();
    ports.keys.issues.push(refusedWith("카드번호 오류"));
    expect(await issueBillingKey(request, ports)).toEqual({
      outcome: "provider_refused",
      message: "카드번호 오류",
    });
  });

  it.each([
    ["a contract that is missing", { contracts: new Set<never>() }, testCard, "contract_missing"],
    [
      "a card without the password's digits (R-KS-17)",
      {},
      new CardSecret({ ...testCard.reveal(), pwd2Digit: null }),
      "pwd_2digit_invalid",
    ],
    [
      "a card that has expired",
      {},
      new CardSecret({ ...testCard.reveal(), expiry: "2026-07" }),
      "expiry_past",
    ],
  ])("asks nobody with %s", async (_, more, card, code) => {
    const ports = { ...(await billingPorts()), ...more };
    ports.keys.answers.push(silence);
    const result = await issueBillingKey({ ...request, card, facts: { ...facts, card } }, ports);
    expect(result).toMatchObject({ outcome: "rules_broken", broken: [{ code }] });
    expect(ports.keys.called).toEqual([]);
  });

  it("starts nothing while PortOne does not say which key there is", async () => {
    const ports = await billingPorts();
    ports.keys.answers.push(silence);
    expect(await issueBillingKey(request, ports)).toEqual(silence);
    expect(ports.keys.called).toEqual([]);
  });
});

describe("an answer that was lost", () => {
  async function afterLosing(found: ReturnType<typeof billingKey> | null) {
    const ports = await billingPorts();
    const issueKey = ports.keys.issueKey.bind(ports.keys);
    ports.keys.issueKey = (customerUid) => {
      ports.keys.record = found;
      return issueKey(customerUid);
    };
    ports.keys.issues.push(lost);
    return issueBillingKey(request, ports);
  }
  const startedAtMs = Date.parse("2026-08-05T12:03:00+09:00");

  it.each([0, 60_000])(
    "is a key of this card, made since, PortOne's clock %i ms behind",
    async (behindMs) => {
      expect(await afterLosing(billingKey({ updatedAtMs: startedAtMs - behindMs }))).toMatchObject({
        outcome: "issued",
      });
    },
  );

  it.each([
    ["there is none", null],
    ["it is older", billingKey({ updatedAtMs: startedAtMs - 60_001 })],
    ["it is another card's", billingKey({ cardNumber: "400000******0002" })],
  ])("stays unknown when %s", async (_, found) => {
    expect(await afterLosing(found)).toEqual({ outcome: "unavailable", why: "timeout" });
  });
});
