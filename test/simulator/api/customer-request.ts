// Reads the issue of a billing key and says why KSNET would not make one: R-KS-17 (number, expiry, birth and the
// first two digits of the password), R-KS-38 (a contract). A card that cannot be reached fails here already.
import { isGoodThrough, readCard } from "../key-in-card.ts";
import { findChannelRefusal } from "../ksnet/channel.ts";
import type { StoredCustomer } from "../state.ts";
import type { ApiCall } from "./endpoint.ts";
import { textField } from "./fields.ts";

type CustomerRead =
  | {
      readonly outcome: "sound";
      readonly customer: Omit<StoredCustomer, "insertedAtMs" | "updatedAtMs">;
    }
  | { readonly outcome: "refused"; readonly message: string; readonly code: number };

const failed = "카드정보 인증 및 빌키 발급에 실패하였습니다.";
const byPortOne = (message: string): CustomerRead => ({ outcome: "refused", message, code: 1 });
const byCard = (detail: string): CustomerRead => ({
  outcome: "refused",
  message: `${failed} ${detail}`,
  code: -1,
});

export function readCustomer({ path, body, simulator }: ApiCall): CustomerRead {
  const customerUid = path["customer_uid"] ?? "";
  if ([...customerUid].length > 80)
    return byPortOne("고객 고유번호(customer_uid)는 80자를 넘을 수 없습니다.");
  const noChannel = findChannelRefusal(
    textField(body, "channel_key"),
    textField(body, "pg"),
    simulator.settings,
  );
  if (noChannel !== null) return byPortOne(noChannel);
  if (!simulator.settings.contracts.includes("billing")) return byCard("정기결제가 계약되어 있지 않습니다.");
  const card = readCard(textField(body, "card_number"));
  if (!card) return byCard("카드번호(card_number)를 확인하세요.");
  const isGood = isGoodThrough(textField(body, "expiry"), simulator.clock.nowMs());
  if (isGood === null) return byCard("유효기간(expiry)을 확인하세요.");
  if (!isGood) return byCard("유효기간이 지난 카드입니다.");
  if (!/^(\d{6}|\d{10})$/.test(textField(body, "birth") ?? ""))
    return byCard("생년월일(birth)을 확인하세요.");
  if (!/^\d{2}$/.test(textField(body, "pwd_2digit") ?? ""))
    return byCard("비밀번호 앞 두 자리(pwd_2digit)를 확인하세요.");
  if (card.fate === "unreachable") return byCard("카드사 응답이 없습니다.");
  return {
    outcome: "sound",
    customer: {
      customerUid,
      card,
      name: textField(body, "customer_name"),
      tel: textField(body, "customer_tel"),
      email: textField(body, "customer_email"),
      addr: textField(body, "customer_addr"),
      postcode: textField(body, "customer_postcode"),
    },
  };
}
