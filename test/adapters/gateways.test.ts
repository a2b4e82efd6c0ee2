// The ports to PortOne over a socket, and their doubles, by one contract each.
import { afterAll, beforeAll } from "vitest";
import { CardSecret } from "../../lib/domain/card-secret.ts";
import { AuthorizedCaller } from "../../lib/portone/authorized-caller.ts";
import { createBillingKeys } from "../../lib/portone/billing-keys.ts";
import { createCancels } from "../../lib/portone/cancels.ts";
import { createCharges } from "../../lib/portone/charges.ts";
import { createDeliveries } from "../../lib/portone/deliveries.ts";
import { createPayments } from "../../lib/portone/payments.ts";
import { createReceipts } from "../../lib/portone/receipts.ts";
import { createSchedules } from "../../lib/portone/schedules.ts";
import type { CallResult } from "../../lib/ports/portone.ts";
import {
  billingKey,
  lost,
  ScriptedCharges,
  ScriptedKeys,
  ScriptedSchedules,
  scheduleRecord,
} from "../support/billing-doubles.ts";
import { RecordedPayments, ScriptedMoney, silence } from "../support/doubles.ts";
import { loginKeys } from "../support/login-keys.ts";
import { paymentRecord, won } from "../support/orders.ts";
import { recipient, ScriptedParcels, ScriptedReceipts } from "../support/receipt-doubles.ts";
import {
  changingCallContract,
  type Ending,
  type Knowing,
  loginContract,
  paymentGatewayContract,
  questionContract,
  refusal,
} from "./gateways.contract.ts";
import {
  hangUp,
  json,
  type ScriptedPortOne,
  startScriptedPortOne,
  success,
  type Turn,
  wirePayment,
} from "./scripted-portone.ts";

let portone: ScriptedPortOne;
beforeAll(async () => {
  portone = await startScriptedPortOne();
});
afterAll(() => portone.close());

const nowMs = Date.parse("2026-08-05T12:25:00+09:00");
const callerOf = (url = portone.url) =>
  new AuthorizedCaller({ url, keys: loginKeys }, { nowMs: () => nowMs });
const notFound = json(404, { code: -1, message: "존재하지 않습니다.", response: null });

/** PortOne as it ends a changing call. */
function ending(how: Ending, done: unknown): AuthorizedCaller {
  const refused = json(200, { code: 1, message: refusal, response: null });
  portone.turns = [how === "done" ? success(done) : how === "refused" ? refused : hangUp];
  return callerOf();
}
function knowing(what: Knowing, record: unknown): AuthorizedCaller {
  portone.turns = [what === "known" ? success(record) : what === "nothing" ? notFound : hangUp];
  return callerOf();
}
/** The same of a double that answers by script. */
const scripted = <Value>(how: Ending, value: Value): CallResult<Value> =>
  how === "done"
    ? { outcome: "done", value }
    : how === "refused"
      ? { outcome: "refused", message: refusal }
      : lost;

const money = { amount: won(8_900), taxFree: won(0), currency: "KRW" } as const;
const cancel = {
  ...money,
  impUid: "imp_1",
  checksum: won(8_900),
  reason: "#k7q2m5xwa",
  requester: null,
  account: null,
};
const named = { merchantUid: "sub-1", name: "정기구독 8월분", buyerName: "홍길동", productType: "real" };
const noticeUrl = "https://pay.shop.example/portone/notice/t";
const charge = { ...named, ...money, cardQuota: null, customData: null, noticeUrl };
const card = new CardSecret({
  cardNumber: "4518-4200-0000-0015",
  expiry: "2031-12",
  birth: null,
  pwd2Digit: null,
});
const holder = { name: null, tel: null, email: null };
const draft = { ...named, ...money, noticeUrl, scheduledAtMs: nowMs };
const parcel = { isChange: false, sender: {}, receiver: {}, company: "CJGLS", invoice: "1", sentAtMs: nowMs };
const target = { kind: "payment", impUid: "imp_1" } as const;
const receipt = {
  target,
  draft: {
    type: "person",
    identifierMasked: "010****5678",
    amount: won(8_900),
    taxFree: won(0),
    bodyHash: "hash",
  },
  recipient,
  buyerName: "홍길동",
} as const;

const wireKey = { customer_uid: "cust-7", inserted: 1_785_900_000, updated: 1_785_900_000 };
const wireSchedule = {
  merchant_uid: "sub-1",
  schedule_at: 1_785_900_000,
  amount: 8_900,
  schedule_status: "scheduled",
};
const wireReceipt = { apply_num: "123456789", amount: 8_900, vat: 809, applied_at: 1_785_900_000 };
const wireDelivery = { company: "CJGLS", invoice: "1", sent_at: 1_785_900_000, applied_at: 1_785_900_000 };
const receiptRecord = {
  applyNum: "123456789",
  amount: won(8_900),
  vat: won(809),
  receiptTid: null,
  receiptUrl: null,
  appliedAtMs: nowMs,
  cancelledAtMs: null,
};
const deliveryRecord = { company: "CJGLS", invoice: "1", sentAtMs: nowMs, appliedAtMs: nowMs };

const byPath: Turn = (response, request, body) => {
  const isKnown = /imp_730112845061|ord-20260805-000142/.test(request.url ?? "");
  const isList = request.url?.includes("findAll") === true;
  const known = isList ? { next: 0, list: [wirePayment()] } : wirePayment();
  return (isKnown ? success(known) : notFound)(response, request, body);
};
paymentGatewayContract("RecordedPayments", async (isSilent) => {
  const payments = new RecordedPayments();
  payments.records = [paymentRecord()];
  if (isSilent) payments.answers.push(silence, silence);
  return payments;
});
paymentGatewayContract("createPayments", async (isSilent) => {
  portone.turns = [isSilent ? hangUp : byPath];
  return createPayments(callerOf(), false);
});

loginContract("ScriptedMoney", (isReachable) =>
  Object.assign(new ScriptedMoney(), { isReady: isReachable }).login(),
);
loginContract("createCancels", (isReachable) =>
  createCancels(callerOf(isReachable ? portone.url : "http://127.0.0.1:9")).login(),
);

changingCallContract("ScriptedMoney.cancel", async (how) => {
  const double = new ScriptedMoney();
  double.cancels.push(scripted(how, paymentRecord()));
  return double.cancel(cancel);
});
changingCallContract("createCancels.cancel", (how) =>
  createCancels(ending(how, wirePayment())).cancel(cancel),
);
changingCallContract("ScriptedMoney.revokeAccount", async (how) => {
  const double = new ScriptedMoney();
  double.revokes.push(scripted(how, paymentRecord()));
  return double.revokeAccount("imp_1");
});
changingCallContract("createCancels.revokeAccount", (how) =>
  createCancels(ending(how, wirePayment())).revokeAccount("imp_1"),
);

changingCallContract("ScriptedCharges.chargeKey", async (how) => {
  const double = new ScriptedCharges();
  double.answers.push(scripted(how, paymentRecord()));
  return double.chargeKey(charge, "cust-7");
});
changingCallContract("createCharges.chargeKey", (how) =>
  createCharges(ending(how, wirePayment()), null).chargeKey(charge, "cust-7"),
);
changingCallContract("createCharges.chargeOnce", (how) =>
  createCharges(ending(how, wirePayment()), null).chargeOnce(charge, card),
);

changingCallContract("ScriptedKeys.issueKey", async (how) => {
  const double = new ScriptedKeys();
  double.issues.push(scripted(how, billingKey()));
  return double.issueKey("cust-7");
});
changingCallContract("createBillingKeys.issueKey", (how) =>
  createBillingKeys(ending(how, wireKey), null).issueKey("cust-7", card, holder),
);
questionContract("ScriptedKeys.fetchKey", async (what) => {
  const double = new ScriptedKeys();
  double.record = what === "known" ? billingKey() : null;
  if (what === "silence") double.answers.push(silence);
  return double.fetchKey();
});
questionContract("createBillingKeys.fetchKey", (what) =>
  createBillingKeys(knowing(what, wireKey), null).fetchKey("cust-7"),
);

changingCallContract("ScriptedSchedules.schedule", async (how) => {
  const double = new ScriptedSchedules();
  const failure = scripted(how, null);
  if (failure.outcome !== "done") double.failures.push(failure);
  return double.schedule("cust-7", [draft]);
});
changingCallContract("createSchedules.schedule", (how) =>
  createSchedules(ending(how, [wireSchedule])).schedule("cust-7", [draft]),
);
questionContract("ScriptedSchedules.fetchSchedule", async (what) => {
  const double = new ScriptedSchedules();
  if (what === "known") double.records.set("sub-1", scheduleRecord("sub-1"));
  if (what === "silence") double.answers.push(silence);
  return double.fetchSchedule("sub-1");
});
questionContract("createSchedules.fetchSchedule", (what) =>
  createSchedules(knowing(what, wireSchedule)).fetchSchedule("sub-1"),
);

changingCallContract("ScriptedReceipts.issueReceipt", async (how) => {
  const double = new ScriptedReceipts();
  double.issues.push(scripted(how, receiptRecord));
  return double.issueReceipt(receipt);
});
changingCallContract("createReceipts.issueReceipt", (how) =>
  createReceipts(ending(how, wireReceipt), null).issueReceipt(receipt),
);
questionContract("ScriptedReceipts.fetchReceipt", async (what) => {
  const double = new ScriptedReceipts();
  double.record = what === "known" ? receiptRecord : null;
  if (what === "silence") double.answers.push(silence);
  return double.fetchReceipt();
});
questionContract("createReceipts.fetchReceipt", (what) =>
  createReceipts(knowing(what, wireReceipt), null).fetchReceipt(target),
);

changingCallContract("ScriptedParcels.register", async (how) => {
  const double = new ScriptedParcels();
  double.registers.push(scripted(how, deliveryRecord));
  return double.register("imp_1", parcel);
});
changingCallContract("createDeliveries.register", (how) =>
  createDeliveries(ending(how, wireDelivery)).register("imp_1", parcel),
);
questionContract("ScriptedParcels.fetchDelivery", async (what) => {
  const double = new ScriptedParcels();
  double.record = what === "known" ? deliveryRecord : null;
  if (what === "silence") double.answers.push(silence);
  return double.fetchDelivery();
});
questionContract("createDeliveries.fetchDelivery", (what) =>
  createDeliveries(knowing(what, wireDelivery)).fetchDelivery("imp_1"),
);
