// Payments that the simulator took, each by an order of its own.
import type { PaymentRecord } from "../../../lib/domain/payment-record.ts";
import { toPaymentRecord } from "../../../lib/portone/translate.ts";
import type { KeptConnections } from "../kept-connections.ts";

type Json = Readonly<Record<string, unknown>>;

export const paymentsAtOnce = 16;

export async function makePayments(
  simulator: KeptConnections,
  count: number,
  onPaid: (made: number) => void,
): Promise<readonly PaymentRecord[]> {
  const records: PaymentRecord[] = [];
  const left = Array.from({ length: count }, (_, index) => `ord-bench-${String(index).padStart(6, "0")}`);
  const worker = async () => {
    for (let merchantUid = left.shift(); merchantUid !== undefined; merchantUid = left.shift()) {
      const body = { request_pay: { ...requestPay, merchant_uid: merchantUid } };
      const paid = JSON.parse(await simulator.send("POST", "/_control/pay", body, null)) as Json;
      const record = toPaymentRecord(paid["payment"]);
      if (!record) throw new Error(`not paid: ${JSON.stringify(paid)}`);
      records.push(record);
      onPaid(records.length);
    }
  };
  await Promise.all(Array.from({ length: paymentsAtOnce }, worker));
  return records;
}

const requestPay = {
  pay_method: "card",
  name: "나이키 와플 트레이너 2 SD",
  amount: 109_000,
  tax_free: 3_000,
  buyer_name: "홍길동",
};
