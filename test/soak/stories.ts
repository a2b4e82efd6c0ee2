// What shops, buyers and operators do in a soak, each as a person would: a call that fails is made again or
// given up, never looked into.
import { atDesk } from "./desk.ts";
import type { LoudStory, QuietStory } from "./payments-plan.ts";
import type { PlannedOrder } from "./planned.ts";
import { nowMs } from "./records.ts";
import type { PlannedRefund } from "./refund-plan.ts";
import { playRefund } from "./refund-stories.ts";
import type { Reply, Stage } from "./stage.ts";
import { consoleReason, type Json } from "./world.ts";

const buyer = { buyer_name: "홍길동", buyer_email: "buyer@example.com", buyer_tel: "010-1234-5678" };
const receipt = {
  identifier: "01098765432",
  identifier_type: "phone",
  type: "person",
  product_type: "real",
};
/** What no log line may carry. */
export const buyerSecrets: readonly string[] = [...Object.values(buyer), receipt.identifier];

const farDue = "2031-12-31";
const dayMs = 24 * 3_600_000;
const kstOffsetMs = 9 * 3_600_000;

/** As KSNET takes it, in Korea's time. */
const dueTomorrow = async (stage: Stage): Promise<string> =>
  new Date((await nowMs(stage)) + dayMs + kstOffsetMs).toISOString().slice(0, 19).replace("T", " ");

const usualTaxFree = ({ amount, payMethod }: PlannedOrder<string>): number =>
  payMethod === "vbank" ? 0 : Math.floor(amount / 20);

const orderBody = (order: PlannedOrder<string>, vbankDue: string): Json => {
  const { merchantUid, amount, payMethod, taxFree = usualTaxFree(order) } = order;
  return {
    merchant_uid: merchantUid,
    name: "나이키 와플 트레이너 2 SD",
    amount,
    tax_free: taxFree,
    pay_method: payMethod,
    ...buyer,
    ...(payMethod === "vbank" ? { vbank_due: vbankDue } : {}),
  };
};

const mostTries = 8;

/** A shop whose server repeats what did not come through. */
async function untilAnswered(
  call: () => Promise<Reply>,
  isAnswer: (reply: Reply) => boolean,
): Promise<Reply> {
  let reply = await call();
  for (let tries = 1; tries < mostTries && !isAnswer(reply); tries += 1) reply = await call();
  return reply;
}

async function createOrder(stage: Stage, order: PlannedOrder<string>): Promise<Json> {
  const body = orderBody(order, order.story === "account_left" ? await dueTomorrow(stage) : farDue);
  const reply = await untilAnswered(
    () => stage.merchant("POST", "/orders", body),
    ({ status }) => status === 200 || status === 201,
  );
  const requestPay = reply.json["request_pay"];
  if (!requestPay)
    throw new Error(`no order ${order.merchantUid}: ${reply.status} ${JSON.stringify(reply.json)}`);
  return requestPay as Json;
}

/** The window may be refused or end in any way; what matters is what the records say afterwards. */
async function open(stage: Stage, requestPay: Json): Promise<string | null> {
  const opened = await stage.control("POST", "/window", { request_pay: requestPay });
  return opened["window"] as string | null;
}
const approve = (stage: Stage, window: string, choice: Json = {}): Promise<Json> =>
  stage.control("POST", `/window/${window}/approve`, choice);

const impUidOf = (answer: Json): string =>
  String((answer["payment"] as Json | undefined)?.["imp_uid"] ?? answer["imp_uid"]);

export async function playQuietStory(stage: Stage, order: PlannedOrder<QuietStory>): Promise<void> {
  const requestPay = await createOrder(stage, order);
  if (order.story === "unopened") return;
  const window = await open(stage, requestPay);
  if (window === null) throw new Error(`no window for ${order.merchantUid}`);
  if (order.story === "decline")
    await stage.control("POST", `/window/${window}/decline`, { reason: "한도초과" });
  else if (order.story === "abandon") await stage.control("POST", `/window/${window}/abandon`, {});
  else {
    const approved = await approve(stage, window);
    if (order.story === "deposit") await stage.control("POST", `/payments/${impUidOf(approved)}/deposit`, {});
  }
}

/** A buyer who begins again where the shop's confirm came too late; where it is paid, as PortOne names it. */
export async function payInTheEnd(stage: Stage, order: PlannedOrder<string>): Promise<string> {
  const requestPay = await createOrder(stage, order);
  const choice = order.cashReceipt === undefined ? {} : { cash_receipt: order.cashReceipt };
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const window = await open(stage, requestPay);
    const answer = window === null ? {} : await approve(stage, window, choice);
    const status = (answer["payment"] as Json | undefined)?.["status"];
    if (status === "ready" && (await atDesk(stage, impUidOf(answer), "deposit"))) return impUidOf(answer);
    if (status === "paid") return impUidOf(answer);
  }
  throw new Error(`nobody could pay ${order.merchantUid}`);
}

export async function playLoudStory(stage: Stage, order: PlannedOrder<LoudStory>): Promise<void> {
  const requestPay = await createOrder(stage, order);
  switch (order.story) {
    case "forge":
      await pay(stage, withoutConfirm({ ...requestPay, amount: order.amount - 500, tax_free: 0 }));
      return;
    case "second_payment":
      return payTwice(stage, withoutConfirm(requestPay));
    case "void_then_pay":
      return voidThenPay(stage, order, withoutConfirm(requestPay));
    case "decline": {
      const window = await open(stage, requestPay);
      if (window !== null) await stage.control("POST", `/window/${window}/decline`, { reason: "한도초과" });
      return;
    }
    case "pay":
      return browserReturns(stage, order, await pay(stage, requestPay));
    case "burst":
      return burst(stage, order, requestPay, await pay(stage, requestPay));
    case "console_cancel":
      return consoleCancel(stage, order, await pay(stage, requestPay));
    case "refund":
      return refund(stage, order, await pay(stage, requestPay));
    case "receipt":
      return issueReceipt(stage, order, await pay(stage, requestPay));
    case "account_left":
    case "account_waits":
      await openAccount(stage, requestPay);
      return;
    case "account_void":
      await openAccount(stage, requestPay);
      await voidOrder(stage, order);
      return;
    case "account_and_card": {
      await openAccount(stage, requestPay);
      await pay(stage, { ...requestPay, pay_method: "card" });
      return;
    }
  }
}

/** Whether confirm lets the buyer have one is chance. */
async function openAccount(stage: Stage, requestPay: Json): Promise<void> {
  const window = await open(stage, requestPay);
  if (window !== null) await approve(stage, window);
}

/** A buyer who removed the confirm address from the page. */
function withoutConfirm({ confirm_url: _, ...requestPay }: Json): Json {
  return requestPay;
}

/** The imp_uid, or null when the shop (or a fault) said no. */
async function pay(stage: Stage, requestPay: Json): Promise<string | null> {
  const window = await open(stage, requestPay);
  if (window === null) return null;
  const answer = await approve(stage, window);
  const status = (answer["payment"] as Json | undefined)?.["status"];
  return status === "paid" ? impUidOf(answer) : null;
}

async function payTwice(stage: Stage, requestPay: Json): Promise<void> {
  const [one, two] = [await open(stage, requestPay), await open(stage, requestPay)];
  if (one !== null) await approve(stage, one);
  if (two !== null) await approve(stage, two);
}

const voidOrder = (stage: Stage, { merchantUid }: PlannedOrder<string>): Promise<Reply> =>
  untilAnswered(
    () => stage.merchant("POST", `/orders/${merchantUid}/void`, {}),
    ({ status }) => status === 200 || status === 202 || status === 409,
  );

async function voidThenPay(stage: Stage, order: PlannedOrder<string>, requestPay: Json): Promise<void> {
  const window = await open(stage, requestPay);
  await voidOrder(stage, order);
  if (window !== null) await approve(stage, window);
}

const complete = (stage: Stage, merchantUid: string, impUid: string) =>
  stage.anybody("POST", "/payments/complete", { merchant_uid: merchantUid, imp_uid: impUid });

async function browserReturns(
  stage: Stage,
  { merchantUid }: PlannedOrder<string>,
  impUid: string | null,
): Promise<void> {
  if (impUid !== null) await complete(stage, merchantUid, impUid);
}

const copies = 10;

async function burst(
  stage: Stage,
  { merchantUid }: PlannedOrder<string>,
  requestPay: Json,
  impUid: string | null,
): Promise<void> {
  if (impUid === null) return;
  const path = new URL(String(requestPay["notice_url"])).pathname;
  const notice = { imp_uid: impUid, merchant_uid: merchantUid, status: "paid" };
  const ids = `imp_uid=${impUid}&merchant_uid=${merchantUid}`;
  await Promise.all([
    ...Array.from({ length: copies }, () => stage.anybody("POST", path, notice)),
    ...Array.from({ length: copies }, () => complete(stage, merchantUid, impUid)),
    ...Array.from({ length: copies }, () => stage.anybody("GET", `/payments/redirect?${ids}`)),
    stage.sweep(),
  ]);
}

/** Part of it, then all the rest, in PortOne's console. */
async function consoleCancel(
  stage: Stage,
  { amount, payMethod }: PlannedOrder<string>,
  impUid: string | null,
): Promise<void> {
  if (impUid === null) return;
  const part = Math.floor(amount / 3);
  if (payMethod !== "phone")
    await stage.control("POST", `/payments/${impUid}/cancel`, {
      amount: part,
      tax_free: 0,
      reason: consoleReason,
    });
  if (amount % 2 === 0 || payMethod === "phone")
    await stage.control("POST", `/payments/${impUid}/cancel`, {});
}

async function refund(stage: Stage, order: PlannedOrder<string>, impUid: string | null): Promise<void> {
  if (impUid === null) return;
  await complete(stage, order.merchantUid, impUid);
  await playRefund(stage, refundOf(order));
}

/** What a shop asks for in the story of a refund. */
export const refundOf = (order: PlannedOrder<string>): PlannedRefund => ({
  order,
  asks: [
    {
      key: `key-${order.merchantUid}`,
      amount: order.payMethod === "phone" ? null : Math.ceil(order.amount / 4),
      copies: 1,
    },
  ],
  isAtOnce: false,
});

async function issueReceipt(
  stage: Stage,
  { merchantUid }: PlannedOrder<string>,
  impUid: string | null,
): Promise<void> {
  if (impUid === null) return;
  await complete(stage, merchantUid, impUid);
  await untilAnswered(
    () => stage.merchant("POST", `/orders/${merchantUid}/receipt`, receipt),
    ({ status }) => status !== 0 && status < 500,
  );
}
