// How a delivery to the shop is signed: Standard Webhooks, so that the shop verifies it by a library it need not write.
import { createHmac } from "node:crypto";

export interface SignedDelivery {
  /** The same for every attempt: the shop drops what it has seen. */
  readonly id: string;
  readonly body: string;
}

const version = "v1";

/** One signature a key, so that the shop may know either. Throws where there is no key. */
export function signDelivery(
  { id, body }: SignedDelivery,
  keys: readonly Buffer[],
  nowMs: number,
): Readonly<Record<string, string>> {
  if (keys.length === 0) throw new Error("no key to sign deliveries with");
  const timestamp = String(Math.floor(nowMs / 1000));
  const signatures = keys.map((key) => {
    const mac = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`, "utf8").digest("base64");
    return `${version},${mac}`;
  });
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures.join(" ") };
}
