// The command that makes a merchant's key: what it prints opens a door and nothing else does.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { join } from "node:path";
import { expect, it } from "vitest";
import { asMerchantKey } from "../../lib/domain/merchant-key.ts";

const projectDir = join(import.meta.dirname, "../..");

function makeKey(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(projectDir, "infra/build/merchant-key.ts"), ...args],
    { encoding: "utf8" },
  );
  return { status, stdout, stderr };
}

it("prints a key once, its hash, its entry, and how to append that", () => {
  const { status, stdout } = makeKey("--name", "shop-2026", "--scopes", "refunds, orders");
  expect(status).toBe(0);
  const [, key = ""] = /^key {6}([\w-]{43})$/m.exec(stdout) ?? [];
  expect(stdout.split(key)).toHaveLength(2);
  const sha256 = createHash("sha256").update(key).digest("hex");
  expect(stdout).toContain(`sha256   ${sha256}\n`);
  const [, entry = ""] = /^entry {4}(.+)$/m.exec(stdout) ?? [];
  expect(JSON.parse(entry)).toEqual({ name: "shop-2026", sha256, scopes: ["orders", "refunds"] });
  expect(asMerchantKey(JSON.parse(entry))).toEqual(JSON.parse(entry));
  expect(stdout).toContain(
    `aws ssm put-parameter --overwrite --type SecureString --name /portone-ksnet/STAGE/PAY_MERCHANT_KEYS --value '[${entry}]'`,
  );
});

it("makes another key each time", () => {
  const [first, second] = [1, 2].map(() => makeKey("--name", "a", "--scopes", "read").stdout.split("\n")[0]);
  expect(first).not.toBe(second);
});

it.each([
  [["--scopes", "orders"], "--name wants"],
  [["--name", "it's", "--scopes", "orders"], "--name wants"],
  [["--name", "shop"], "--scopes wants known ones, not ''"],
  [["--name", "shop", "--scopes", "orders,order"], "--scopes wants known ones, not 'order'"],
])("%j: %s", (args, message) => {
  const { status, stdout, stderr } = makeKey(...args);
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toContain(message);
});
