// The buyer's account, and whom a receipt is for, as they stand in the table: told to nobody, opened in its own order only, and by a key at hand.
import { describe, expect, it } from "vitest";
import type { DataCipher } from "../../lib/aws/data-key.ts";
import { createSealedAccounts } from "../../lib/aws/sealings.ts";
import { identifierTypes } from "../../lib/domain/receipt-identifier.ts";
import type { ReceiptRecipient } from "../../lib/domain/receipt-recipient.ts";
import { StorageUnavailableError } from "../../lib/ports/table.ts";
import {
  sealedAccounts,
  sealedAccountsBy,
  sealedRecipients,
  sealedRecipientsBy,
} from "../support/sealings.ts";

const account = { holder: "홍길동 🙂", bank: "088", number: "110123456789" };
const merchantUid = "ord-20260805-000142";

describe("a sealed account", () => {
  it("is opened as it was, in its own order", async () => {
    const sealed = await sealedAccounts.seal(account, merchantUid);
    expect(await sealedAccounts.open(sealed, merchantUid)).toEqual(account);
    expect(sealed).not.toMatch(/110123456789|088|홍길동/);
  });

  it("looks different each time", async () => {
    const [one, two] = [
      await sealedAccounts.seal(account, merchantUid),
      await sealedAccounts.seal(account, merchantUid),
    ];
    expect(one).not.toBe(two);
  });

  it.each<[string, () => Promise<unknown>]>([
    [
      "another order",
      async () => sealedAccounts.open(await sealedAccounts.seal(account, merchantUid), "ord-2"),
    ],
    [
      "another key",
      async () => sealedAccounts.open(await sealedAccountsBy(9).seal(account, merchantUid), merchantUid),
    ],
    ["what nobody sealed", () => sealedAccounts.open("110123456789", merchantUid)],
    ["nothing", () => sealedAccounts.open("", merchantUid)],
  ])("is none for %s", async (_, open) => {
    expect(await open()).toBeNull();
  });
});

describe("a key that cannot be had", () => {
  const silent: DataCipher = {
    seal: () => Promise.reject(new StorageUnavailableError("kms GenerateDataKey: no answer")),
    open: () => Promise.reject(new StorageUnavailableError("kms Decrypt: no answer")),
  };

  it("is trouble, and never an account that is gone", async () => {
    const accounts = createSealedAccounts(() => silent);
    await expect(accounts.seal(account, merchantUid)).rejects.toThrow(StorageUnavailableError);
    await expect(accounts.open("1.a..b.c", merchantUid)).rejects.toThrow(StorageUnavailableError);
  });

  it("is asked for anew each time, because keys are changed", async () => {
    let asked = 0;
    const accounts = createSealedAccounts(() => {
      asked += 1;
      return silent;
    });
    await accounts.open("1.a..b.c", merchantUid).catch(() => {});
    await accounts.seal(account, merchantUid).catch(() => {});
    expect(asked).toBe(2);
  });
});

describe("a sealed recipient", () => {
  const recipient: ReceiptRecipient = {
    identifier: "01012345678",
    identifierType: "phone",
    type: "person",
    productType: "real",
    buyerName: null,
    buyerEmail: null,
    buyerTel: null,
    saleName: null,
  };
  const told: readonly Partial<ReceiptRecipient>[] = [
    {},
    ...identifierTypes.map((identifierType) => ({ identifierType })),
    { identifierType: null, type: "company", productType: "digital" },
    { buyerTel: "010-1234-5678" },
    { buyerName: "홍길동 🙂", buyerEmail: "buyer@example.com", saleName: "무통장 입금 주문" },
  ];

  it.each(told)("is opened as it was: %o", async (more) => {
    const whole = { ...recipient, ...more };
    const sealed = await sealedRecipients.seal(whole, merchantUid);
    expect(await sealedRecipients.open(sealed, merchantUid)).toEqual(whole);
    expect(sealed).not.toContain("12345678");
  });

  it("is none for what was sealed as an account, and an account none for what was sealed as a recipient", async () => {
    const asAccount = await sealedAccounts.seal(account, merchantUid);
    expect(await sealedRecipients.open(asAccount, merchantUid)).toBeNull();
    expect(
      await sealedRecipients.open(await sealedRecipients.seal(recipient, "ord-2"), merchantUid),
    ).toBeNull();
    expect(
      await sealedRecipients.open(await sealedRecipientsBy(9).seal(recipient, merchantUid), merchantUid),
    ).toBeNull();
    expect(
      await sealedAccounts.open(await sealedRecipients.seal(recipient, merchantUid), merchantUid),
    ).toBeNull();
  });
});
