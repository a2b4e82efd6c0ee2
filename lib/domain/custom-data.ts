// What a shop hands on with an order for itself. Never read here; kept as it came, so that its end of the line finds it.

/** An object of a window's order, a text of a charge's. */
export type CustomData = string | Readonly<Record<string, unknown>>;

/** An order has no more room for it beside everything that may happen to an order. */
export const mostCustomDataBytes = 200;

/** What a window is handed once may be of any size; more than there is room for is not kept, because half of it is none. */
export const keptData = (data: CustomData | undefined): CustomData | null =>
  data !== undefined && hasRoomForData(data) ? data : null;

export const hasRoomForData = (data: CustomData): boolean =>
  new TextEncoder().encode(JSON.stringify(data)).length <= mostCustomDataBytes;
