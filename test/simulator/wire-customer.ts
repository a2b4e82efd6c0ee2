// A stored billing key as PortOne sends it: never the whole card number. Facts: customer schema of the V1 API.
import type { Settings } from "./settings.ts";
import type { StoredCustomer } from "./state.ts";

const seconds = (ms: number): number => Math.floor(ms / 1000);

export function toWireCustomer(customer: StoredCustomer, { mid, sandbox }: Settings) {
  const { card } = customer;
  return {
    customer_uid: customer.customerUid,
    pg_provider: "ksnet",
    pg_id: mid,
    sandbox,
    customer_id: null,
    card_name: card.name,
    card_code: card.code,
    card_issuer_code: card.code,
    card_issuer_name: card.name,
    card_publisher_code: card.code,
    card_publisher_name: card.name,
    card_number: card.number,
    card_type: card.type,
    customer_name: customer.name,
    customer_tel: customer.tel,
    customer_email: customer.email,
    customer_addr: customer.addr,
    customer_postcode: customer.postcode,
    inserted: seconds(customer.insertedAtMs),
    updated: seconds(customer.updatedAtMs),
  };
}
