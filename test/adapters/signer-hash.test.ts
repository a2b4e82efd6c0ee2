// The hash that signs calls to AWS: what Node's own says, however often a key comes and in whatever form.
import { createHash, createHmac } from "node:crypto";
import { expect, it } from "vitest";
import { SignerHash } from "../../lib/dynamodb/signer-hash.ts";

const data = Buffer.from("AWS4-HMAC-SHA256\n20260805T030000Z\n주문", "utf8");
const hashed = async (secret?: ConstructorParameters<typeof SignerHash>[0]) => {
  const hash = new SignerHash(secret);
  hash.update(data);
  return Buffer.from(await hash.digest()).toString("hex");
};
const keyed = (secret: string | Uint8Array) => createHmac("sha256", secret).update(data).digest("hex");

it("hashes without a key", async () => {
  expect(await hashed()).toBe(createHash("sha256").update(data).digest("hex"));
});

it("signs with a text, the same one again, and another", async () => {
  for (const secret of ["비밀-1", "비밀-1", "secret-2", "비밀-1"])
    expect(await hashed(secret)).toBe(keyed(secret));
});

it("signs with bytes: whole, a part of them, and as a buffer", async () => {
  const bytes = Buffer.from("a signing key of thirty-two bytes");
  for (const secret of [bytes, bytes, bytes.subarray(4), new Uint8Array(bytes)])
    expect(await hashed(secret)).toBe(keyed(secret));
  expect(await hashed(new Uint8Array(bytes).buffer)).toBe(keyed(bytes));
});

it("begins anew", async () => {
  const hash = new SignerHash("key");
  hash.update(Buffer.from("something else"));
  hash.reset();
  hash.update(data);
  expect(Buffer.from(await hash.digest()).toString("hex")).toBe(keyed("key"));
});
