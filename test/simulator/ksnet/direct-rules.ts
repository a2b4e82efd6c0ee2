// R-KS-31: what a direct call of a card company or of an easy pay must bring along, and what it must not. Facts:
// the tables of KSNET's page of the V1 SDK; which card companies are meant is in the codes file. Where KSNET's
// V1 and V2 pages disagree on instalment lists, the V1 page's prohibition is taken.
import { type DirectNeeds, directNeedsOf } from "../ksnet-codes.ts";
import { isTrue, objectOf, type RequestPay, textOf } from "../request-pay.ts";
import type { Device } from "../state.ts";

interface Needed {
  readonly label: string;
  readonly value: string | null;
}

const storeFields: Readonly<Record<string, string>> = {
  businessName: "상호",
  businessRegistrationNumber: "사업자등록번호",
  ceoFullName: "대표자명",
  address: "주소",
  phoneNumber: "전화번호",
};

/** By pay method: fields of `storeDetails`, then fields of the buyer. */
const easyPayNeeds: Readonly<Record<string, readonly [readonly string[], readonly string[]]>> = {
  naverpay: [["businessName"], []],
  kakaopay: [
    ["ceoFullName", "address", "phoneNumber"],
    ["buyer_email", "buyer_tel"],
  ],
  payco: [
    ["businessName", "businessRegistrationNumber"],
    ["buyer_email", "buyer_tel"],
  ],
  lpay: [[], []],
};

/** The Korean refusal, or null when nothing is missing or no direct call was made. */
export function findDirectRefusal(requestPay: RequestPay, device: Device): string | null {
  const direct = objectOf(requestPay, "card")["direct"];
  if (requestPay["pay_method"] === "card" && direct !== undefined && direct !== null)
    return findCardRefusal(requestPay, device);
  const bypass = objectOf(objectOf(requestPay, "bypass"), "ksnet");
  return isTrue(bypass["easyPayDirect"]) ? findEasyPayRefusal(requestPay) : null;
}

function findCardRefusal(requestPay: RequestPay, device: Device): string | null {
  const code = textOf(objectOf(objectOf(requestPay, "card"), "direct"), "code") ?? "";
  const needs = directNeedsOf(code);
  if (!needs) return "카드사 다이렉트 코드(card.direct.code)가 올바르지 않습니다.";
  if (needs.forbidsInstalmentList && hasInstalmentList(requestPay))
    return "해당 카드사는 다이렉트 결제에서 할부 목록(display.card_quota)을 지정할 수 없습니다.";
  return firstMissing(cardNeeds(requestPay, device, needs)) ?? findBadBusinessNumber(requestPay);
}

function cardNeeds(requestPay: RequestPay, device: Device, needs: DirectNeeds): Needed[] {
  const bypass = objectOf(objectOf(requestPay, "bypass"), "ksnet");
  const needed: Needed[] = [];
  if (needs.mobileBuyerTelAndCarrier && device === "mobile")
    needed.push(
      { label: "buyer_tel", value: textOf(requestPay, "buyer_tel") },
      { label: "bypass.ksnet.tcode", value: textOf(bypass, "tcode") },
    );
  if (needs.storeNameAndNumber)
    needed.push(...storeNeeds(requestPay, ["businessName", "businessRegistrationNumber"]));
  if (needs.siteUrl) needed.push({ label: "bypass.ksnet.url", value: textOf(bypass, "url") });
  return needed;
}

function findEasyPayRefusal(requestPay: RequestPay): string | null {
  const needs = easyPayNeeds[textOf(requestPay, "pay_method") ?? ""];
  if (!needs) return "간편결제 다이렉트를 지원하지 않는 결제수단입니다.";
  const [store, buyer] = needs;
  const needed = buyer.map((name) => ({ label: name, value: textOf(requestPay, name) }));
  return firstMissing([...storeNeeds(requestPay, store), ...needed]) ?? findBadBusinessNumber(requestPay);
}

function storeNeeds(requestPay: RequestPay, names: readonly string[]): Needed[] {
  const store = objectOf(requestPay, "storeDetails");
  return names.map((name) => ({
    label: `storeDetails.${name}(${storeFields[name] ?? name})`,
    value: textOf(store, name),
  }));
}

function firstMissing(needed: readonly Needed[]): string | null {
  const missing = needed.find(({ value }) => value === null);
  return missing ? `다이렉트 결제에는 ${missing.label} 값이 필요합니다.` : null;
}

function findBadBusinessNumber(requestPay: RequestPay): string | null {
  const number = textOf(objectOf(requestPay, "storeDetails"), "businessRegistrationNumber");
  return number === null || /^\d+$/.test(number) ? null : "사업자등록번호는 숫자만 입력할 수 있습니다.";
}

/** `[0]` asks for one sum, which is what a direct call does anyway. */
function hasInstalmentList(requestPay: RequestPay): boolean {
  const quotas: unknown = objectOf(requestPay, "display")["card_quota"];
  return Array.isArray(quotas) && quotas.some((quota) => Number(quota) >= 2);
}
