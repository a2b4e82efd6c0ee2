// What PortOne is being told to do later, or no longer, as the order holds it.
import type { Operation } from "../../../lib/domain/operation.ts";
import type { Order } from "../../../lib/domain/order.ts";

/** Null while there is none. */
export const instructionOf = (order: Order & { readonly instruction?: Operation | null }): Operation | null =>
  order.instruction ?? null;
