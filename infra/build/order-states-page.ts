// Writes docs/order-states.md, its diagram from the table of moves: `npx node infra/build/order-states-page.ts`. That no state
// is missing is checked by the compiler.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  type AttemptState,
  attemptStates,
  hasEnded,
  holdsMoney,
  isOpen,
  type OrderState,
  orderStates,
} from "../../lib/domain/order.ts";
import { moves } from "../../lib/domain/order-change.ts";
import { pageHead, type Text } from "./page-head.ts";

const stateTexts: Readonly<Record<OrderState, Text & { readonly shop: Text }>> = {
  created: {
    ko: "주문을 만들었고 결제되지 않았습니다",
    en: "Made, not paid",
    shop: { ko: "결제창을 여세요", en: "Open the window" },
  },
  approved: {
    ko: "승인해도 된다고 답했고 포트원의 결과를 기다립니다",
    en: "The payment was let through; PortOne's word is waited for",
    shop: { ko: "기다리세요. 아직 결제가 아닙니다", en: "Wait: it is not paid yet" },
  },
  awaiting_deposit: {
    ko: "가상계좌가 입금을 기다립니다",
    en: "A virtual account waits for its deposit",
    shop: { ko: "`vbank`를 구매자에게 보이세요", en: "Show `vbank` to the buyer" },
  },
  paid: {
    ko: "결제되었고 모두 남아 있습니다",
    en: "Paid, all of it is here",
    shop: { ko: "`review_reason`이 null이면 배송하세요", en: "Ship it where `review_reason` is null" },
  },
  partially_refunded: {
    ko: "일부를 환불했습니다",
    en: "Part of it went back",
    shop: { ko: "`remaining`이 남은 금액입니다", en: "`remaining` is what is left" },
  },
  refunded: {
    ko: "모두 환불했습니다",
    en: "All of it went back",
    shop: { ko: "끝난 주문입니다", en: "It is over" },
  },
  failed: {
    ko: "승인한 결제가 실패했습니다",
    en: "A payment that was let through failed",
    shop: { ko: "결제창을 다시 열 수 있습니다", en: "The window may be opened again" },
  },
  expired: {
    ko: "`expires_at`까지 결제되지 않았습니다",
    en: "Not paid until `expires_at`",
    shop: { ko: "새 주문번호로 만드세요", en: "Make a new order" },
  },
  voided: {
    ko: "가맹점이 취소했습니다",
    en: "The merchant took it back",
    shop: { ko: "새 주문번호로 만드세요", en: "Make a new order" },
  },
};

const attemptTexts: Readonly<Record<AttemptState, Text>> = {
  approved: { ko: "승인했고 결과를 기다립니다", en: "Let through, not decided" },
  ready: { ko: "가상계좌가 열려 있습니다", en: "Its account is open" },
  paid: { ko: "돈을 받았습니다", en: "Money was taken" },
  failed: { ko: "실패했습니다", en: "It failed" },
  abandoned: { ko: "구매자가 떠났습니다", en: "The buyer went away" },
  given_back: { ko: "돈을 받아 자동으로 돌려주었습니다", en: "Money was taken and went back by itself" },
};

const meaningOf = (state: AttemptState): string => {
  if (isOpen({ state })) return "아직 낼 수 있음 · may still be paid";
  if (holdsMoney({ state })) return "돈이 들어왔음 · holds or held money";
  return hasEnded({ state }) ? "돈 없이 끝남 · ended without money" : "";
};

const diagram = (): string =>
  [
    "```mermaid",
    "stateDiagram-v2",
    "  [*] --> created",
    ...orderStates.flatMap((from) => moves[from].map((to) => `  ${from} --> ${to}`)),
    ...orderStates.filter((state) => moves[state].length === 0).map((state) => `  ${state} --> [*]`),
    "```",
  ].join("\n");

const introduction = `${pageHead(
  { ko: "주문 상태", en: "Order states" },
  "infra/build/order-states-page.ts",
  ["lib/domain/order-change.ts"],
)}
상태는 포트원의 기록에서 정해지며, 아래 화살표 밖으로는 움직이지 않습니다. 늦은 알림이나 뒤바뀐 알림도 같은 상태에 이릅니다.
확인이 필요하다는 표시(\`review_reason\`)는 상태와 따로 있습니다: [확인이 필요한 이유](review-reasons.md).

States follow PortOne's record and move along these arrows only; late and swapped notices lead to the same state. The mark for a
person, \`review_reason\`, stands beside the state: [review reasons](review-reasons.md).
`;

const table = (head: string, rows: readonly (readonly string[])[]): string =>
  [head, head.replaceAll(/[^|]+/g, "---"), ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");

export const orderStatesPage = (): string =>
  [
    introduction,
    diagram(),
    "",
    table(
      "| `state` | 뜻 · meaning | 쇼핑몰이 할 일 · the shop |",
      orderStates.map((state) => {
        const { ko, en, shop } = stateTexts[state];
        return [`\`${state}\``, `${ko}<br>${en}`, `${shop.ko}<br>${shop.en}`];
      }),
    ),
    "",
    "`pending`: 구매자에게만 보이는 상태. 구매자의 돈이 있지만 아직 주문의 결제가 아닙니다 · told to buyers only: their money is",
    "here and pays nothing yet.",
    "",
    "## 결제 시도 · Attempts",
    "",
    "주문의 `attempts`는 `imp_uid`마다 하나입니다 · one an `imp_uid`.",
    "",
    table(
      "| `attempts[].state` | 뜻 · meaning | 돈 · money |",
      attemptStates.map((state) => {
        const { ko, en } = attemptTexts[state];
        return [`\`${state}\``, `${ko}<br>${en}`, meaningOf(state)];
      }),
    ),
    "",
  ].join("\n");

if (process.argv[1] === import.meta.filename)
  writeFileSync(join(import.meta.dirname, "../../docs/order-states.md"), orderStatesPage());
