// The moves the simulator's own doors never ask for, because they check first.
import { expect, it } from "vitest";
import { cancelPayment, depositPayment, failPayment, issueAccount } from "./payment.ts";
import { startSimulator } from "./start-simulator.ts";
import type { StoredPayment } from "./state.ts";
import { toWire } from "./wire.ts";

const paid: StoredPayment = {
  impUid: "imp_730112845061",
  n: 1,
  merchantUid: "ord-20260805-000142",
  payMethod: "card",
  channel: "pc",
  embPgProvider: null,
  pgId: "2009300001",
  sandbox: false,
  escrow: false,
  pgTid: "173210000142",
  applyNum: "30012345",
  bank: null,
  card: { code: "366", name: "신한카드", number: "451842******0015", type: 0 },
  cardQuota: 3,
  interestFree: false,
  escrowConfirmedAtMs: null,
  customerUid: null,
  isScheduled: false,
  account: null,
  name: "나이키 와플 트레이너 2 SD",
  amount: 109000,
  taxFree: 3000,
  currency: "KRW",
  buyerName: "홍길동",
  buyerEmail: null,
  buyerTel: null,
  buyerAddr: null,
  buyerPostcode: null,
  customData: null,
  status: "paid",
  startedAtMs: Date.parse("2026-08-05T03:00:00.400Z"),
  paidAtMs: Date.parse("2026-08-05T03:01:02.900Z"),
  failedAtMs: null,
  cancelledAtMs: null,
  failReason: null,
  cancelReason: null,
  receiptUrl: null,
  cancels: [],
  cashReceiptIssued: false,
  noticeUrl: null,
  noticeSentTo: null,
};
const atMs = Date.parse("2026-08-06T03:00:00Z");
const cancel = { cancellationId: "c-1", taxFree: 0, atMs, reason: "단순 변심", receiptUrl: null };

it.each<[string, () => unknown]>([
  ["fail", () => failPayment(paid, "한도초과", atMs)],
  ["be deposited without an account", () => depositPayment({ ...paid, status: "ready" }, atMs)],
  ["be cancelled beyond its amount", () => cancelPayment(paid, { ...cancel, amount: 109001 }, "cancelled")],
  ["be cancelled by nothing", () => cancelPayment(paid, { ...cancel, amount: 0 }, "cancelled")],
  [
    "be cancelled unpaid",
    () => cancelPayment({ ...paid, paidAtMs: null }, { ...cancel, amount: 1 }, "cancelled"),
  ],
  [
    "get an account when paid",
    () =>
      issueAccount(
        paid,
        {
          code: "088",
          name: "신한은행",
          number: "1",
          holder: "상점",
          dueAtMs: atMs,
          issuedAtMs: atMs,
          wantsReceipt: false,
        },
        "173210000143",
      ),
  ],
])("a payment cannot %s", (_move, move) => {
  expect(move).toThrow("imp_730112845061");
});

it("is sent in whole seconds, with empty values where nothing happened", () => {
  expect(toWire(paid)).toMatchObject({
    started_at: 1785898800,
    paid_at: 1785898862,
    failed_at: 0,
    vbank_date: 0,
    cancel_history: [],
    card_issuer_code: "366",
    buyer_email: null,
  });
});

it("starts and stops without leaving anything open", async () => {
  const running = await startSimulator();
  await running.close();
  await expect(fetch(running.url)).rejects.toThrow();
});
