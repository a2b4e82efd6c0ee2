// What shops, buyers and operators do in a soak, each as a person would: a call that fails is made again or
// given up, never looked into.
import type { LoudStory, PlannedOrder, QuietStory } from "./payments-plan.ts";
import type { Json, Reply, Stage } from "./stage.ts";

export interface RefundAsked {
  readonly merchantUid: string;
  readonly key: string;
  /** What the shop was told last. */
  readonly status: number;
}

const buyer = { buyer_name: "홍길동", buyer_email: "buyer@example.com", buyer_tel: "010-1234-5678" };
/** What no log line may carry. */
export const buyerSecrets: readonly string[] = Object.values(buyer);

const orderBody = ({ merchantUid, amount, payMethod }: PlannedOrder<string>): Json => ({
  merchant_uid: merchantUid,
  name: "나이키 와플 트레이너 2 SD",
  amount,
  tax_free: payMethod === "vbank" ? 0 : Math.floor(amount / 20),
  pay_method: payMethod,
  ...buyer,
  ...(payMethod === "vbank" ? { vbank_due: "2031-12-31" } : {}),
});

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
  const reply = await untilAnswered(
    () => stage.merchant("POST", "/orders", orderBody(order)),
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
const approve = (stage: Stage, window: string): Promise<Json> =>
  stage.control("POST", `/window/${window}/approve`, {});

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

export async function playLoudStory(
  stage: Stage,
  order: PlannedOrder<LoudStory>,
): Promise<RefundAsked | null> {
  const requestPay = await createOrder(stage, order);
  switch (order.story) {
    case "forge":
      await pay(stage, withoutConfirm({ ...requestPay, amount: order.amount - 500, tax_free: 0 }));
      return null;
    case "second_payment":
      await payTwice(stage, withoutConfirm(requestPay));
      return null;
    case "void_then_pay":
      await voidThenPay(stage, order, withoutConfirm(requestPay));
      return null;
    case "decline": {
      const window = await open(stage, requestPay);
      if (window !== null) await stage.control("POST", `/window/${window}/decline`, { reason: "한도초과" });
      return null;
    }
    case "pay":
      await browserReturns(stage, order, await pay(stage, requestPay));
      return null;
    case "burst":
      await burst(stage, order, requestPay, await pay(stage, requestPay));
      return null;
    case "console_cancel":
      await consoleCancel(stage, order, await pay(stage, requestPay));
      return null;
    case "refund":
      return refund(stage, order, await pay(stage, requestPay));
  }
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

async function voidThenPay(
  stage: Stage,
  { merchantUid }: PlannedOrder<string>,
  requestPay: Json,
): Promise<void> {
  const window = await open(stage, requestPay);
  await untilAnswered(
    () => stage.merchant("POST", `/orders/${merchantUid}/void`, {}),
    ({ status }) => status === 200 || status === 409,
  );
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
      reason: "관리자페이지취소",
    });
  if (amount % 2 === 0 || payMethod === "phone")
    await stage.control("POST", `/payments/${impUid}/cancel`, {});
}

async function refund(
  stage: Stage,
  order: PlannedOrder<string>,
  impUid: string | null,
): Promise<RefundAsked | null> {
  if (impUid === null) return null;
  await complete(stage, order.merchantUid, impUid);
  return askRefund(stage, order, `key-${order.merchantUid}`);
}

/** The same key as often as a shop would, until there is a word that stands. */
export async function askRefund(
  stage: Stage,
  order: PlannedOrder<string>,
  key: string,
): Promise<RefundAsked> {
  const { merchantUid, amount, payMethod } = order;
  const body = payMethod === "phone" ? {} : { amount: Math.ceil(amount / 4), reason: "단순 변심" };
  const reply = await untilAnswered(
    () => stage.merchant("POST", `/orders/${merchantUid}/refunds`, body, { "idempotency-key": key }),
    ({ status }) => status === 200 || status === 202 || status === 409 || status === 422,
  );
  return { merchantUid, key, status: reply.status };
}
