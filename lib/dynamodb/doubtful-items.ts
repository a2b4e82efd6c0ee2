// What has calls in doubt, whatever it is: an order, a sale outside PortOne, a parcel.
import { doubtOfDelivery, doubtOfSale, doubtsOf } from "../domain/doubt.ts";
import type { Doubtful, DueItem } from "../ports/table.ts";
import { decodeDelivery } from "./delivery-store.ts";
import { decodeSale } from "./external-sale-store.ts";
import type { Item } from "./item.ts";
import { dueItemOfKey } from "./keys.ts";
import { decodeOrder } from "./order-item.ts";
import { readItems } from "./read-items.ts";
import type { TableAccess } from "./versioned-item.ts";

/** In the order of the keys. One that cannot be read hides no other, and has the sweep's alarm. */
export async function readDoubtful(
  access: TableAccess,
  keys: readonly string[],
): Promise<readonly Doubtful[]> {
  const items = await readItems(access, keys, { isConsistent: true });
  const found = new Map(items.map((item) => [item["pk"]?.S, item]));
  return keys.flatMap((pk) => {
    const item = found.get(pk);
    const known = dueItemOfKey(pk);
    try {
      return item && known ? [{ ...known, ...decoders[known.kind](item, known.merchantUid) }] : [];
    } catch {
      return [];
    }
  });
}

type Decode = (item: Item, merchantUid: string) => Pick<Doubtful, "doubts" | "reviewReason">;

const decoders: Readonly<Record<DueItem["kind"], Decode>> = {
  order: (item) => {
    const order = decodeOrder(item);
    return { doubts: doubtsOf(order), reviewReason: order.reviewReason };
  },
  external_sale: (item, merchantUid) => {
    const sale = decodeSale(merchantUid, item);
    return { doubts: [doubtOfSale(sale) ?? []].flat(), reviewReason: sale.reviewReason };
  },
  delivery: (item, merchantUid) => {
    const delivery = decodeDelivery(merchantUid, item);
    return { doubts: [doubtOfDelivery(delivery) ?? []].flat(), reviewReason: delivery.reviewReason };
  },
};
