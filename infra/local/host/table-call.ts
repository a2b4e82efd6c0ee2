// One call to the table on its way: asked what it costs, and what item it leaves where that tells the shop something;
// answered to the function as the function asked for it.
import type { CallRecord, Capacity } from "./call-record.ts";
import type { OutgoingCall } from "./outgoing-call.ts";

/** An item, in DynamoDB's own JSON. */
export type TableImage = Readonly<Record<string, unknown>>;
type Fields = Readonly<Record<string, unknown>>;

export interface TableCall {
  readonly body: Buffer;
  /** For its capacity. */
  readonly wasAsked: boolean;
  /** Of the one item it is about. */
  readonly pk: string | null;
  /** How an item with an event in it is told, if the call writes one: by the call itself, or by the answer to it. */
  readonly written: { readonly item: TableImage } | "in_answer" | null;
}

interface Answered {
  readonly status: number;
  readonly body: Buffer;
}

export function askTable(body: Buffer): TableCall {
  const fields = JSON.parse(body.toString("utf8")) as Fields;
  const keyed = (fields["Key"] ?? fields["Item"]) as { readonly pk?: { readonly S?: string } } | undefined;
  const pk = keyed?.pk?.S ?? null;
  const written = writtenBy(fields);
  const wasAsked = fields["ReturnConsumedCapacity"] !== undefined;
  if (fields["ReturnConsumedCapacity"] === "INDEXES" && written === null)
    return { body, wasAsked, pk, written };
  const asking = {
    ...fields,
    ReturnConsumedCapacity: "INDEXES",
    ...(written === "in_answer" && { ReturnValues: "ALL_NEW" }),
  };
  return { body: Buffer.from(JSON.stringify(asking)), wasAsked, pk, written };
}

/** An update says only what differs, so that its item is asked for; no function of ours asks for it. */
function writtenBy(fields: Fields): TableCall["written"] {
  const {
    Item: item,
    UpdateExpression: update,
    ExpressionAttributeNames: names,
    ReturnValues: wanted,
  } = fields;
  if (typeof item === "object" && item !== null) return "event" in item ? { item: { ...item } } : null;
  if (typeof update !== "string" || (wanted !== undefined && wanted !== "NONE")) return null;
  const aliases = Object.entries((names ?? {}) as Fields).flatMap(([alias, name]) =>
    name === "event" ? [alias] : [],
  );
  const set = /\bSET\b(.*?)(?:\b(?:REMOVE|ADD|DELETE)\b|$)/s.exec(update)?.[1] ?? "";
  const targets = set.split(",").map((clause) => clause.split("=")[0]?.trim() ?? "");
  return ["event", ...aliases].some((name) => targets.includes(name)) ? "in_answer" : null;
}

/** The item that the call left in the table; null when it wrote no event, or the write did not get through. */
export function imageAfter({ written }: TableCall, { status, body }: Answered): TableImage | null {
  if (written === null || status !== 200) return null;
  if (written !== "in_answer") return written.item;
  const { Attributes: image } = JSON.parse(body.toString("utf8")) as { readonly Attributes?: TableImage };
  return image ?? null;
}

interface ConsumedCapacity {
  readonly CapacityUnits?: number;
  readonly Table?: { readonly CapacityUnits?: number };
  readonly GlobalSecondaryIndexes?: Readonly<Record<string, { readonly CapacityUnits?: number }>>;
}

/** Charges the call and gives the answer as the function asked for it. */
export function chargeTable(
  call: OutgoingCall,
  { status, body }: Answered,
  { wasAsked, pk, written }: TableCall,
  record: CallRecord,
): Buffer {
  const text = body.toString("utf8");
  if (status !== 200) {
    // A write whose condition failed is charged like the write it would have been.
    if (text.includes("ConditionalCheckFailedException")) record.charge(call, { table: 1, indexes: 0 }, pk);
    return body;
  }
  const fields = JSON.parse(text) as Fields;
  const consumed = [fields["ConsumedCapacity"] ?? []].flat() as ConsumedCapacity[];
  for (const capacity of consumed) record.charge(call, toCapacity(capacity), pk);
  if (wasAsked && written !== "in_answer") return body;
  const { ConsumedCapacity: capacity, Attributes: attributes, ...others } = fields;
  return Buffer.from(
    JSON.stringify({
      ...others,
      ...(wasAsked && { ConsumedCapacity: capacity }),
      ...(written !== "in_answer" && attributes !== undefined && { Attributes: attributes }),
    }),
  );
}

function toCapacity({ CapacityUnits = 0, Table, GlobalSecondaryIndexes = {} }: ConsumedCapacity): Capacity {
  const indexes = Object.values(GlobalSecondaryIndexes).reduce(
    (sum, index) => sum + (index.CapacityUnits ?? 0),
    0,
  );
  return { table: Table?.CapacityUnits ?? CapacityUnits - indexes, indexes };
}
