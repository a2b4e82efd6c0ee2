// A give-back says PortOne's own split of the payment, or as nearly as we know, and the same each time it is sent.
import { expect, it } from "vitest";
import { quietMs } from "../../../lib/domain/operation.ts";
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import { giveBackWanted } from "../../../lib/usecases/syncing/give-back.ts";
import { syncOrder } from "../../../lib/usecases/syncing/sync.ts";
import { impUid, sender, wanting } from "../../support/give-backs.ts";
import { cancelEntry, cancelledRecord, paymentRecord, won } from "../../support/orders.ts";
import { call, storedOrder, syncingPorts } from "../../support/syncing-ports.ts";

const another = { amount: won(108_000) };
const withRecord = (record: PaymentRecord) => syncingPorts(wanting(record), [record]);

it("is sent as PortOne tells it, and as it was sent first", async () => {
  const ports = await withRecord(paymentRecord({ ...another, taxFree: won(893) }));
  await giveBackWanted(await storedOrder(ports), sender, call, ports);
  expect(await storedOrder(ports)).toMatchObject({ cancel: { state: "unknown", taxFree: 893 } });
  ports.gateway.records = [paymentRecord(another)];
  ports.clock.advance(quietMs);
  const request = {
    merchantUid: "ord-20260805-000142",
    impUid: null,
    by: "sweep",
    mayMoveMoney: true,
  } as const;
  await syncOrder(request, call, ports);
  const sent = { impUid, amount: 108_000, taxFree: 893 };
  expect(ports.money.sent).toMatchObject([sent, sent]);
});

it("nothing is said of the whole of another amount that PortOne does not split", async () => {
  const ports = await withRecord(paymentRecord(another));
  await giveBackWanted(await storedOrder(ports), sender, call, ports);
  expect(ports.money.sent).toMatchObject([{ amount: 108_000, taxFree: 0 }]);
});

it("the rest of it says what the window was opened with", async () => {
  const ports = await withRecord(cancelledRecord([cancelEntry("c-1", 9_000)], another));
  await giveBackWanted(await storedOrder(ports), sender, call, ports);
  expect(ports.money.sent).toMatchObject([{ amount: 99_000, checksum: 99_000, taxFree: 3_000 }]);
});

it("the rest of it is a person's where PortOne refuses what it says", async () => {
  const ports = await withRecord(cancelledRecord([cancelEntry("c-1", 9_000)], another));
  ports.money.cancels.push({ outcome: "refused", message: "tax_free" });
  await giveBackWanted(await storedOrder(ports), sender, call, ports);
  expect(await storedOrder(ports)).toMatchObject({
    cancel: null,
    reviewReason: "manual_refund",
    attempts: [{ state: "paid", giveBack: null }],
  });
});
