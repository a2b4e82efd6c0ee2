// Billing keys at PortOne. The card's number is masked there already.
import * as z from "zod/mini";
import { type CardSecret, groupedNumber } from "../domain/card-secret.ts";
import type { BillingKeyGateway, BillingKeyRecord } from "../ports/billing.ts";
import { askForOne } from "./ask.ts";
import type { AuthorizedCaller } from "./authorized-caller.ts";
import { change, changeQuickly, withoutNull } from "./change-call.ts";
import { pathTo, withQuery } from "./path.ts";
import { maskCardNumber } from "./translate.ts";
import { codeBytes, nameBytes, words } from "./words.ts";

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

const wireKey = z.object({
  customer_uid: z.string(),
  card_name: words(nameBytes),
  card_code: words(codeBytes),
  card_number: words(codeBytes),
  card_type: z.nullish(z.number()),
  pg_id: words(codeBytes),
  inserted: z.number(),
  updated: z.number(),
});

function toBillingKey(response: unknown): BillingKeyRecord | null {
  const parsed = wireKey.safeParse(response);
  if (!parsed.success) return null;
  const wire = parsed.data;
  return {
    customerUid: wire.customer_uid,
    cardName: wire.card_name ?? null,
    cardCode: wire.card_code ?? null,
    cardNumber: wire.card_number ? maskCardNumber(wire.card_number) : null,
    cardType: wire.card_type ?? null,
    pgId: wire.pg_id ?? null,
    insertedAtMs: wire.inserted * 1000,
    updatedAtMs: wire.updated * 1000,
  };
}
