// 이벤트가 정말 결제 서버에서 왔는지 확인합니다 · Is a delivery really from the payment server? Node 18
// PAY_EVENTS_KEY=whsec_… node verify.mjs <webhook-id> <webhook-timestamp> <webhook-signature> < body
import { createHmac, timingSafeEqual } from "node:crypto";
import { readFileSync } from "node:fs";

const tolerance = 300;

/** `body`: 받은 그대로의 바이트 · the bytes as they came, before anything parses them. */
export function isGenuine({ id, timestamp, signature }, body, keys, now = Date.now() / 1000) {
  if (!(Math.abs(now - Number(timestamp)) <= tolerance)) return false;
  const content = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  return keys.some((key) => {
    const mac = createHmac("sha256", Buffer.from(key.replace(/^whsec_/, ""), "base64"))
      .update(content)
      .digest();
    return signature.split(" ").some((entry) => {
      const [version, given = ""] = entry.split(",");
      const bytes = Buffer.from(given, "base64");
      return version === "v1" && bytes.length === mac.length && timingSafeEqual(bytes, mac);
    });
  });
}

const [id = "", timestamp = "", signature = ""] = process.argv.slice(2);
const keys = [process.env.PAY_EVENTS_KEY ?? ""];
console.log(isGenuine({ id, timestamp, signature }, readFileSync(0), keys) ? "genuine" : "forged");
