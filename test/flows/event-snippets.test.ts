// docs/snippets/verify.* as they stand, each in its language: a delivery of the built function is taken for genuine, and
// nothing that was changed, signed by another or kept for too long is.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { signDelivery } from "../../lib/signing/webhook.ts";
import { eventsKey } from "../support/events-shop.ts";
import { projectDir } from "../support/house/sources.ts";

const languages = [
  { language: "PHP", program: "php", file: "verify.php" },
  { language: "Java", program: "java", file: "Verify.java" },
  { language: "Python", program: "python3", file: "verify.py" },
  { language: "Node", program: process.execPath, file: "verify.mjs" },
] as const;

const isHere = (program: string): boolean => spawnSync(program, ["--version"]).error === undefined;
const keyBytes = Buffer.from(eventsKey.replace("whsec_", ""), "base64");
const other = Buffer.from("newer--key-of-32-bytes-012345678");
const body = JSON.stringify({ type: "order.paid", data: { merchant_uid: "ord-1", memo: "홍길동" } });
const signed = (keys: readonly Buffer[], ageS = 0) =>
  signDelivery({ id: "ord-1#7", body }, keys, Date.now() - ageS * 1_000);

describe.each(languages)("$language", ({ program, file }) => {
  const skipped = isHere(program) ? "" : ` (skipped: there is no ${program})`;
  const verify = (headers: Readonly<Record<string, string>>, sent = body): string => {
    const args = ["webhook-id", "webhook-timestamp", "webhook-signature"].map((name) => headers[name] ?? "");
    const { stdout, stderr } = spawnSync(program, [join(projectDir, "docs/snippets", file), ...args], {
      input: sent,
      encoding: "utf8",
      env: { ...process.env, PAY_EVENTS_KEY: eventsKey },
    });
    expect(stderr.replaceAll(/^Picked up .*$/gm, "").trim()).toBe("");
    return stdout.trim();
  };

  it.skipIf(skipped !== "")(
    `believes what was signed, and nothing else${skipped}`,
    { timeout: 60_000 },
    () => {
      expect(verify(signed([keyBytes]))).toBe("genuine");
      expect(verify(signed([other, keyBytes]))).toBe("genuine");
      expect(verify(signed([other]))).toBe("forged");
      expect(verify(signed([keyBytes]), body.replace("ord-1", "ord-2"))).toBe("forged");
      expect(verify({ ...signed([keyBytes]), "webhook-id": "ord-1#8" })).toBe("forged");
      expect(verify(signed([keyBytes], 600))).toBe("forged");
      expect(verify({ ...signed([keyBytes]), "webhook-timestamp": "now" })).toBe("forged");
    },
  );
});
