// Billing keys at PortOne. The card's number is masked there already.
import { type CardSecret, groupedNumber } from "../domain/card-secret.ts";
import type { BillingKeyGateway, BillingKeyRecord } from "../ports/billing.ts";
import { askForOne } from "./ask.ts";
import type { AuthorizedCaller } from "./authorized-caller.ts";
import { change, changeQuickly, withoutNull } from "./change-call.ts";
import { asWire, numberIn, timeIn } from "./fields.ts";
import { pathTo, withQuery } from "./path.ts";
import { maskedNumberIn } from "./translate.ts";
import { codeBytes, nameBytes, wordsIn } from "./words.ts";

const pathOf = (customerUid: string) => pathTo`/subscribe/customers/${customerUid}`;

export const createBillingKeys = (
  caller: AuthorizedCaller,
  channelKey: string | null,
): BillingKeyGateway => ({
  login: () => caller.login(),

  issueKey(customerUid, card, holder) {
    const body = withoutNull({
      channel_key: channelKey,
      ...keyFields(card),
      customer_name: holder.name,
      customer_tel: holder.tel,
      customer_email: holder.email,
    });
    return change(caller, { method: "POST", path: pathOf(customerUid), body }, toBillingKey);
  },

  fetchKey: (customerUid) => askForOne(caller, pathOf(customerUid), toBillingKey),

  deleteKey(customerUid, reason) {
    const all = pathOf(customerUid);
    const path = reason === null ? all : withQuery(all, `reason=${encodeURIComponent(reason)}`);
    return changeQuickly(caller, { method: "DELETE", path }, toBillingKey);
  },
});

function keyFields(secret: CardSecret): Readonly<Record<string, unknown>> {
  const { cardNumber, expiry, birth, pwd2Digit } = secret.reveal();
  return { card_number: groupedNumber(cardNumber), expiry, birth, pwd_2digit: pwd2Digit };
}

function toBillingKey(response: unknown): BillingKeyRecord | null {
  const wire = asWire(response);
  const customerUid = wire?.["customer_uid"];
  if (!wire || typeof customerUid !== "string") return null;
  return {
    customerUid,
    cardName: wordsIn(wire["card_name"], nameBytes),
    cardCode: wordsIn(wire["card_code"], codeBytes),
    cardNumber: maskedNumberIn(wire["card_number"]),
    cardType: numberIn(wire["card_type"]),
    pgId: wordsIn(wire["pg_id"], codeBytes),
    insertedAtMs: timeIn(wire["inserted"]),
    updatedAtMs: timeIn(wire["updated"]),
  };
}
