// What a shop hands on with an order for itself. Never read here; kept as it came, so that its end of the line finds it.

/** An object of a window's order, a text of a charge's. */
export type CustomData = string | Readonly<Record<string, unknown>>;

/** An order has no more room for it beside everything that may happen to an order. */
export const mostCustomDataBytes = 200;

export const hasRoomForData = (data: CustomData): boolean =>
  new TextEncoder().encode(JSON.stringify(data)).length <= mostCustomDataBytes;
