// One life among patched records: the buyer pays, the shop and PortOne's desk do what they do, and whatever is answered is
// judged. A call that is refused is not made again.
import { atDesk } from "../desk.ts";
import { readProvider } from "../records.ts";
import type { Reply, Stage } from "../stage.ts";
import type { Json } from "../world.ts";
import { type Finding, heldAtPortOne, judgeBrowser, judgeReply } from "./checks.ts";
import { type Fields, patchHistory } from "./draw-patch.ts";
import { always, type PlannedLife } from "./plan.ts";

export interface Life {
  readonly plan: PlannedLife;
  readonly stage: Stage;
  readonly findings: Finding[];
  /** The record as PortOne holds it, when it was last heard of. */
  payment: Payment | null;
}

interface Payment {
  readonly imp_uid: string;
  readonly status: string;
  readonly amount: number;
  readonly cancel_amount: number;
  readonly cancel_history: readonly Fields[];
}

export const sharedCustomer = "rec-customer";
const amount = 109_000;
const buyer = { buyer_name: "홍길동", buyer_email: "buyer@example.com", buyer_tel: "010-1234-5678" };
export const card = {
  card_number: "4518-4200-0000-0015",
  expiry: "2031-12",
  birth: "820213",
  pwd_2digit: "00",
};
export const debt = { name: "정기구독 8월분", amount, buyer_name: "홍길동", product_type: "digital" };
const receipt = {
  identifier: "010-1234-5678",
  identifier_type: "phone",
  type: "person",
  product_type: "real",
};
const account = { pay_method: "vbank", tax_free: 0, vbank_due: "2031-12-31" };

export const orderBody = (merchantUid: string, more: Json = {}): Json => ({
  merchant_uid: merchantUid,
  name: "나이키 와플 트레이너 2 SD",
  amount,
  tax_free: 3_000,
  pay_method: "card",
  ...buyer,
  ...more,
});

/** PortOne's notices of this number are lost. */
export const silence = (stage: Stage, merchantUid: string): Promise<Json> =>
  stage.control("POST", "/faults", {
    name: "notice_never",
    call: "notice",
    merchant_uid: merchantUid,
    count: always,
  });

/** A shop asks again while the table or PortOne is too busy; it names the same order. */
const mostAsks = 5;

async function createOrder(stage: Stage, body: Json): Promise<Json> {
  for (let ask = 1; ; ask += 1) {
    const { status, json } = await stage.merchant("POST", "/orders", body);
    if (status < 300) return json;
    if (status !== 503 || ask === mostAsks)
      throw new Error(`POST /orders: ${status} ${JSON.stringify(json)}`);
  }
}

/** The shop opens the order and the buyer pays it; null when it was refused. */
export async function payOrder(stage: Stage, body: Json): Promise<Payment | null> {
  const json = await createOrder(stage, body);
  const paid = await stage.control("POST", "/pay", { request_pay: json["request_pay"] });
  return (paid["payment"] ?? null) as Payment | null;
}

/** There may be nothing left to do. */
async function deskOf({ stage, payment }: Life, action: "cancel" | "deposit", body: Json = {}) {
  const done = payment && (await atDesk(stage, payment.imp_uid, action, body));
  return done ? (done as unknown as Payment) : payment;
}

async function ask(life: Life, method: string, path: string, body?: Json, headers?: Record<string, string>) {
  const reply = await life.stage.merchant(method, path, body, headers);
  return judged(life, `${method} ${path}`, reply);
}

function judged(life: Life, door: string, reply: Reply): Reply {
  life.findings.push(...judgeReply(life.plan.merchantUid, door, reply.status, reply.json));
  return reply;
}

async function layPatch({ plan, stage, payment }: Life): Promise<void> {
  const { call, part, fields, entry, count } = plan.patch;
  const history = entry && { cancel_history: patchHistory(payment?.cancel_history ?? [], entry) };
  await stage.control("POST", "/faults", {
    name: "record_patched",
    call,
    merchant_uid: plan.merchantUid,
    count,
    ...(part === "envelope" && { part }),
    patch: history ?? fields,
  });
}

/** What reads as another shop's money says nothing of this order's. */
const foreign = ["status", "merchant_uid", "imp_uid", "sandbox", "pg_id", "started_at"];
const readsForeign = ({ patch }: PlannedLife): boolean => foreign.some((name) => name in patch.fields);

async function browserComesBack(life: Life): Promise<void> {
  const { merchantUid } = life.plan;
  const body = { merchant_uid: merchantUid, imp_uid: life.payment?.imp_uid ?? null };
  const reply = judged(life, "complete", await life.stage.anybody("POST", "/payments/complete", body));
  if (readsForeign(life.plan)) return;
  // Money that went back in the meantime is not held any more, so PortOne is asked after the answer.
  const own = (await readProvider(life.stage)).payments.filter(
    (payment) => payment.merchant_uid === merchantUid,
  );
  life.findings.push(...judgeBrowser(merchantUid, reply.json["state"], heldAtPortOne(own)));
}

/** The first act: the payment is made, or what will make it. */
export async function begin(life: Life): Promise<void> {
  const { plan, stage } = life;
  const { merchantUid, kind } = plan;
  if (!plan.isTold) await silence(stage, merchantUid);
  if (plan.patch.when === "early") await layPatch(life);
  switch (kind) {
    case "paid":
    case "part_cancelled":
      life.payment = await payOrder(stage, orderBody(merchantUid));
      break;
    case "receipt":
      life.payment = await payOrder(stage, orderBody(merchantUid, { pay_method: "trans" }));
      break;
    case "account":
      life.payment = await payOrder(stage, orderBody(merchantUid, account));
      break;
    case "charged":
      await ask(life, "POST", "/payments/onetime", { merchant_uid: merchantUid, ...debt, ...card });
      break;
    case "scheduled": {
      const schedules = [{ merchant_uid: merchantUid, schedule_at: await inMinutes(stage, 15), ...debt }];
      await ask(life, "POST", `/customers/${sharedCustomer}/schedules`, { schedules });
      break;
    }
    case "sale": {
      const body = {
        ...receipt,
        buyer_name: "홍길동",
        name: "무통장 입금 주문",
        amount: 55_000,
        tax_free: 0,
      };
      await ask(life, "POST", `/receipts/external/${merchantUid}`, body);
    }
  }
  if (plan.comesBack && life.payment) await browserComesBack(life);
}

/** The second: time has passed, the money moves on, and the record may read otherwise from here. */
export async function goOn(life: Life): Promise<void> {
  const { plan } = life;
  const { merchantUid, kind, patch } = plan;
  const order = `/orders/${merchantUid}`;
  if (kind === "part_cancelled") {
    await cancelInConsole(life, 10_000);
    await cancelInConsole(life, 5_000);
  }
  if (kind === "receipt") await ask(life, "POST", `${order}/receipt`, receipt);
  if (patch.when === "late") await layPatch(life);
  if (kind === "account" && life.payment) life.payment = await deskOf(life, "deposit");
  // A patched history is that of one moment: a cancel after it would be hidden by us and by nobody else.
  if (kind === "part_cancelled" && patch.entry === null) await cancelInConsole(life, 7_000);
  if (plan.comesBack && life.payment) await browserComesBack(life);
  if (kind === "receipt") await ask(life, "DELETE", `${order}/receipt`);
  if (kind === "sale") await ask(life, "GET", `/receipts/external/${merchantUid}`);
  if (plan.refunds && kind !== "sale" && kind !== "scheduled") {
    const key = { "idempotency-key": `${merchantUid}-refund` };
    await ask(life, "POST", `${order}/refunds`, { amount: 3_000, reason: "단순 변심" }, key);
  }
}

/** The third, when all is judged: a shop that looks at everything it has. */
export async function lookBack(life: Life): Promise<void> {
  const { merchantUid, kind } = life.plan;
  const order = `/orders/${merchantUid}`;
  if (kind === "sale") {
    await ask(life, "DELETE", `/receipts/external/${merchantUid}`);
    return;
  }
  await ask(life, "GET", order);
  await ask(life, "POST", `${order}/sync`, {});
  await ask(life, "GET", `${order}/refunds`);
  await ask(life, "GET", `${order}/receipt`);
  if (life.payment) await browserComesBack(life);
}

async function cancelInConsole(life: Life, sum: number): Promise<void> {
  if (life.payment?.status !== "paid" && life.payment?.status !== "cancelled") return;
  life.payment = await deskOf(life, "cancel", { amount: sum, tax_free: 0, reason: "고객센터" });
}

/** Whole seconds, which is what PortOne counts in. */
export async function inMinutes(stage: Stage, minutes: number): Promise<string> {
  const { now } = (await stage.local("GET", "/clock")) as { now: string };
  return new Date(Math.ceil(Date.parse(now) / 1_000) * 1_000 + minutes * 60_000).toISOString();
}
