// What is done about receipts beside the shop's doors: marks that an operator clears, and receipts at PortOne that another
// program changes, of which nobody tells the shop.
import { readItems, readProvider } from "./records.ts";
import { forAll, type Stage } from "./stage.ts";
import { isLive, numberOf, ordersIn, type Payment, type Receipt, remaining, tookMoney } from "./world.ts";

const atOnce = 8;
const mostTries = 4;

/** The window's own can only be mended at KSNET, so that their marks stay; how many were cleared. */
export async function clearReceiptMarks(stage: Stage): Promise<number> {
  const { payments } = await readProvider(stage);
  const ofWindow = new Set(payments.filter((one) => one.cash_receipt_issued).map((one) => one.merchant_uid));
  const marked = ordersIn(await readItems(stage))
    .filter((order) => order["review_reason"] === "receipt_refused")
    .map(numberOf)
    .filter((merchantUid) => !ofWindow.has(merchantUid));
  await forAll(marked, atOnce, async (merchantUid) => {
    const body = { action: "clear", note: "현금영수증을 다시 발행해 봅니다" };
    for (let tries = 1; tries <= mostTries; tries += 1) {
      const { status } = await stage.merchant("POST", `/orders/${merchantUid}/resolve`, body);
      if (status === 200 || status === 409) return;
    }
    throw new Error(`nobody could clear ${merchantUid}`);
  });
  return marked.length;
}

/** PortOne's own API, asked by somebody who has the shop's keys. */
export async function askPortOne(stage: Stage) {
  const call = async (method: string, path: string, body: object | null, token: string) => {
    const response = await fetch(`${stage.stack.simulatorUrl}${path}`, {
      method,
      headers: {
        ...(body && { "content-type": "application/json" }),
        ...(token && { authorization: token }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const { code, response: record } = (await response.json()) as {
      readonly code: number;
      readonly response: Readonly<Record<string, unknown>>;
    };
    if (response.status !== 200 || code !== 0) throw new Error(`${method} ${path}: ${response.status}`);
    return record;
  };
  const secretOf = (wanted: string) =>
    [...stage.stack.secrets].find(([, name]) => name === wanted)?.[0] ?? "";
  const login = { imp_key: secretOf("imp_key"), imp_secret: secretOf("imp_secret") };
  const { access_token: token } = await call("POST", "/users/getToken", login, "");
  return (method: string, path: string, body: object | null = null) =>
    call(method, path, body, String(token));
}

/** The tax office's own number, for whoever named none. */
const recipient = { identifier: "0100001234", type: "person", product_type: "real", buyer_name: "홍길동" };

/** By turns revoked, revoked and issued anew, and issued where the shop wants none. Throws where there are too few. */
export async function plantReceipts(stage: Stage, count: number): Promise<void> {
  if (count === 0) return;
  const { payments, receipts } = await readProvider(stage);
  const portone = await askPortOne(stage);
  const live = new Set(receipts.filter(isLive).map(({ imp_uid: impUid }) => impUid));
  const isFree = (payment: Payment) => !live.has(payment.imp_uid) && !payment.cash_receipt_issued;
  const isCashLike = ({ pay_method: method }: Payment) => method === "trans" || method === "vbank";
  const held = payments.filter((one) => tookMoney(one) && remaining(one) > 0 && isCashLike(one));
  const withOne = held.filter(({ imp_uid: impUid }) => live.has(impUid));
  const withNone = held.filter(isFree);
  for (let planted = 0; planted < count; planted += 1) {
    const none = planted % 3 === 2 ? withNone.shift() : undefined;
    const { imp_uid: impUid } = none ?? withOne.shift() ?? tooFew();
    const path = `/receipts/${impUid}`;
    if (!none) await portone("DELETE", path);
    const was = receipts.findLast((receipt: Receipt) => receipt.imp_uid === impUid);
    if (none || planted % 3 === 1)
      await portone("POST", path, { ...recipient, tax_free: was?.tax_free ?? 0 });
  }
}

const tooFew = (): never => {
  throw new Error("there are not as many receipts");
};
