// An order as the backend knows it now, for a page that somebody waits for.
import type { Client, Order } from "../../../lib/client/index.ts";

/** How long a page waits for the backend; it says that it is checking after that. */
const readMs = 3_000;

/** Null when there is none, or when nobody can tell just now. */
export async function readOrder(pay: Client, number: string): Promise<Order | null> {
  // Whatever else stands in the address is no order number of anybody.
  if (!/^[A-Za-z0-9._~:-]{1,40}$/.test(number) || /^\.+$/.test(number)) return null;
  try {
    return await pay.getOrder(number, { signal: AbortSignal.timeout(readMs) });
  } catch {
    // A buyer who has just paid is not left in front of an error: the page says that it is checking, and looks again.
    return null;
  }
}
