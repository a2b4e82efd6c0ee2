// The shop's result page, where a phone comes back to after the payment window, until the shop has one of its
// own. It reads the order as the shop's server would, by direct invocation; the address alone proves nothing.
import type { HttpAnswer } from "./api-gateway-result.ts";
import { isObject } from "./intrinsics.ts";
import type { SandboxPool } from "./sandbox-pool.ts";

export const resultPath = "/_local/result";

interface Outcome {
  readonly title: string;
  readonly text: string;
  /** The page looks again by itself. */
  readonly isOpen?: true;
}

const unpaid = "결제되지 않았습니다";
const outcomes: Readonly<Record<string, Outcome>> = {
  paid: { title: "결제가 완료되었습니다", text: "주문해 주셔서 감사합니다." },
  awaiting_deposit: { title: "입금을 기다리고 있습니다", text: "아래 계좌로 입금해 주세요." },
  partially_refunded: { title: "일부 환불된 주문입니다", text: "남은 금액은 결제된 그대로입니다." },
  refunded: { title: "환불된 주문입니다", text: "결제한 금액을 모두 돌려드렸습니다." },
  failed: { title: unpaid, text: "다시 결제하실 수 있습니다." },
  expired: { title: unpaid, text: "주문 시간이 지났습니다. 다시 주문해 주세요." },
  voided: { title: unpaid, text: "취소된 주문입니다." },
};
const open: Outcome = {
  title: "결제를 확인하고 있습니다",
  text: "확인되면 이 화면이 바뀝니다. 다시 결제하지 마세요.",
  isOpen: true,
};

/** Every answer is 200 and a page: nobody is left in front of an error after paying. */
export async function answerResultPage(
  query: URLSearchParams,
  orders: SandboxPool | undefined,
): Promise<HttpAnswer> {
  const merchantUid = query.get("merchant_uid") ?? "";
  const order = await readOrder(merchantUid, orders);
  const outcome = outcomes[String(order["state"] ?? query.get("state"))] ?? open;
  const rows = [["주문번호", merchantUid], ...orderRows(order), ["오류 코드", query.get("error_code")]];
  return {
    status: 200,
    headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
    body: Buffer.from(pageHtml(outcome, rows)),
  };
}

/** Empty when there is no such order. */
async function readOrder(
  merchantUid: string,
  orders: SandboxPool | undefined,
): Promise<Readonly<Record<string, unknown>>> {
  const invocation = await orders?.invoke(JSON.stringify({ action: "order.get", merchant_uid: merchantUid }));
  if (invocation?.outcome !== "succeeded") return {};
  const result: unknown = JSON.parse(invocation.payload);
  return isObject(result) && result["status"] === 200 && isObject(result["body"]) ? result["body"] : {};
}

type Row = readonly unknown[];

function orderRows({ name, amount, currency, vbank }: Readonly<Record<string, unknown>>): readonly Row[] {
  const unit = currency === "KRW" ? "원" : ` ${currency}`;
  return [
    ["상품", name],
    ["금액", typeof amount === "number" ? `${amount.toLocaleString("ko-KR")}${unit}` : null],
    ...(isObject(vbank)
      ? [
          ["은행", vbank["vbank_name"]],
          ["계좌번호", vbank["vbank_num"]],
          ["예금주", vbank["vbank_holder"]],
          ["입금 기한", koreanTime(String(vbank["vbank_due_at"]))],
        ]
      : []),
  ];
}

const koreanTime = (at: string): string =>
  new Date(at).toLocaleString("ko-KR", { timeZone: "Asia/Seoul", dateStyle: "long", timeStyle: "short" });

const escapeHtml = (value: unknown): string =>
  String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const pageHtml = ({ title, text, isOpen }: Outcome, rows: readonly Row[]): string => `<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${isOpen ? '<meta http-equiv="refresh" content="3">' : ""}
<title>${title}</title>
<style>
* { box-sizing: border-box }
body { font-family: sans-serif; line-height: 1.5; max-width: 480px; margin: 0 auto; padding: 24px 16px }
h1 { font-size: 20px }
dl { display: grid; grid-template-columns: 5.5em minmax(0, 1fr); gap: 8px }
dd { margin: 0; overflow-wrap: anywhere }
</style>
</head>
<body>
<h1>${title}</h1>
<p>${text}</p>
<dl>
${rows.flatMap(([name, value]) => (value ? [`<dt>${name}</dt><dd>${escapeHtml(value)}</dd>`] : [])).join("\n")}
</dl>
</body>
</html>
`;
