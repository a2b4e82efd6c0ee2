// Writes docs/review-reasons.md from the reasons an order waits for a person: `npx node infra/build/review-reasons-page.ts`.
// That none is missing is checked by the compiler.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isForeign, isOfPayment, type ReviewReason, reviewReasons } from "../../lib/domain/review.ts";
import { giveBackCauses } from "../../lib/domain/verification.ts";
import { pageHead } from "./page-head.ts";
import { mayBeAccepted, reviewReasonTexts } from "./review-reason-texts.ts";

const accepts = { yes: "예 · yes", later: "`PAY_MID`에 더한 뒤 · once in `PAY_MID`", no: "-" } as const;

const aboutOf = (reason: ReviewReason): string => {
  if (isForeign(reason)) return "우리 것인지 모르는 돈 · money not certainly ours";
  return isOfPayment(reason) ? "결제 · a payment" : "요청 · a call";
};

const introduction = `${pageHead(
  { ko: "확인이 필요한 이유", en: "Review reasons" },
  "infra/build/review-reasons-page.ts",
  ["lib/domain/review.ts"],
)}
주문의 \`review_reason\`이 null이 아니면 사람이 확인해야 합니다. 주문은 계속 포트원의 기록을 따르지만, 표시가 있는 동안에는
**배송하지 마세요**. 확인한 뒤 \`POST /orders/{merchant_uid}/resolve\`(권한 \`admin\`)로 정합니다: \`sync\` 다시 조회, \`accept\` 주문의
결제로 인정, \`give_back\` 돌려줌, \`clear\` 표시만 지움. ${giveBackCauses.map((cause) => `\`${cause}\``).join(", ")}는 \`PAY_GIVE_BACK\`에 있으면 사람을
부르지 않고 돌려줍니다.

An order whose \`review_reason\` is not null waits for a person. It still follows PortOne's record, but **ship nothing** while
it is marked. Decide with \`POST /orders/{merchant_uid}/resolve\` (scope \`admin\`): \`sync\` looks again, \`accept\` takes the payment as
the order's own, \`give_back\` gives it back, \`clear\` takes the mark off. What \`PAY_GIVE_BACK\` names goes back without asking.

| \`review_reason\` | 대상 · about | 왜 · why | 할 일 · what to do | \`accept\` |
|---|---|---|---|---|`;

export const reviewReasonsPage = (): string =>
  [
    introduction,
    ...reviewReasons.map((reason) => {
      const { why, remedy } = reviewReasonTexts[reason];
      const cells = [
        `<a id="${reason}"></a>\`${reason}\``,
        aboutOf(reason),
        `${why.ko}<br>${why.en}`,
        `${remedy.ko}<br>${remedy.en}`,
        accepts[mayBeAccepted(reason)],
      ];
      return `| ${cells.join(" | ")} |`;
    }),
    "",
  ].join("\n");

if (process.argv[1] === import.meta.filename)
  writeFileSync(join(import.meta.dirname, "../../docs/review-reasons.md"), reviewReasonsPage());
