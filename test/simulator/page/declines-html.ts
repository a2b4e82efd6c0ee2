// Why a payment is declined, for a tester to pick from, in the words of card companies, banks and carriers. The texts
// are ours: none of KSNET's are published.
import { isEasyPay } from "../ksnet-codes.ts";

const ofCards = [
  "한도초과",
  "잔액부족",
  "유효기간 만료 카드",
  "분실·도난 신고된 카드",
  "비밀번호 오류",
  "거래정지 카드",
];
const ofBanks = ["한도초과", "잔액부족", "비밀번호 오류", "은행 점검 시간"];
const ofPhones = ["한도초과", "소액결제 차단", "미납 요금 있음"];

function reasonsOf(payMethod: string): readonly string[] {
  if (payMethod === "card" || isEasyPay(payMethod)) return ofCards;
  return payMethod === "phone" ? ofPhones : ofBanks;
}

/** The first is picked already. */
export const declinesHtml = (payMethod: string): string => {
  const rows = reasonsOf(payMethod).map((reason) => `<option>${reason}</option>`);
  return `<label class="field">사유 <select name="reason">${rows.join("")}</select></label>`;
};
