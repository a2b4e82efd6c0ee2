// What is sealed opens for its own order and nowhere else, with a local key and with KMS's.
import { randomBytes } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createDataCipher, SealedValueError } from "../../lib/aws/data-key.ts";
import type { AwsAccess } from "../../lib/aws/signed-call.ts";
import { asDataKey, type DataKey } from "../../lib/domain/data-key.ts";
import { StorageUnavailableError } from "../../lib/ports/table.ts";

const arn = "arn:aws:kms:ap-northeast-2:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const keyOf = (text: string): DataKey => {
  const key = asDataKey(text);
  if (!key) throw new Error(`${text} is no data key`);
  return key;
};
const local = keyOf(`local:${Buffer.alloc(32, 1).toString("base64")}`);
const newer = keyOf(`local:${Buffer.alloc(32, 2).toString("base64")}`);
const kms = keyOf(`kms:${arn}`);
const text = '{"holder":"홍길동","bank":"004","account":"110123456789"}';

/** KMS: wrapped keys are those it has made, by a name nobody can guess. */
const made = new Map<string, Buffer>();
const asked: string[] = [];
let isThrottled = false;
const server = http.createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Readonly<Record<string, string>>;
  asked.push(String(request.headers["x-amz-target"]));
  const answer = isThrottled ? { __type: "ThrottlingException" } : answerKms(body);
  response.writeHead("__type" in answer ? 400 : 200).end(JSON.stringify(answer));
});

function answerKms(body: Readonly<Record<string, string>>): object {
  if (body["KeyId"] !== arn) return { __type: "NotFoundException" };
  if (body["KeySpec"] === "AES_256") {
    const wrapped = randomBytes(40).toString("base64");
    made.set(wrapped, randomBytes(32));
    return { KeyId: arn, CiphertextBlob: wrapped, Plaintext: made.get(wrapped)?.toString("base64") };
  }
  const key = made.get(body["CiphertextBlob"] ?? "");
  return key ? { KeyId: arn, Plaintext: key.toString("base64") } : { __type: "InvalidCiphertextException" };
}

let access: AwsAccess;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  access = {
    region: "ap-northeast-2",
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: () => ({ accessKeyId: "refund-1", secretAccessKey: "local" }),
  };
});
afterAll(() => server.close());

describe.each([
  ["a local key", local],
  ["a key of KMS's", kms],
])("with %s", (_, key) => {
  it("a text comes back for its own order, and looks different each time", async () => {
    const cipher = createDataCipher([key], access);
    const [first, second] = [await cipher.seal(text, "ord-1"), await cipher.seal(text, "ord-1")];
    expect(first).not.toBe(second);
    for (const sealed of [first, second]) {
      expect(sealed).not.toContain("110123456789");
      expect(await cipher.open(sealed, "ord-1")).toBe(text);
    }
  });

  it("it opens for no other order, and not once anything of it was changed", async () => {
    const cipher = createDataCipher([key], access);
    const sealed = await cipher.seal(text, "ord-1");
    await expect(cipher.open(sealed, "ord-2")).rejects.toThrow(SealedValueError);
    const changed = sealed.slice(0, -2) + (sealed.endsWith("AA") ? "BB" : "AA");
    await expect(cipher.open(changed, "ord-1")).rejects.toThrow(SealedValueError);
    for (const nothing of ["", "1", "2.a.b.c.d", sealed.replace(/^1\.[^.]+/, "1.AAAAAAAA")])
      await expect(cipher.open(nothing, "ord-1")).rejects.toThrow(SealedValueError);
  });
});

it("a new key is put in front; what an old one sealed opens until it is taken away", async () => {
  const sealed = await createDataCipher([local], access).seal(text, "ord-1");
  expect(await createDataCipher([newer, local], access).open(sealed, "ord-1")).toBe(text);
  const both = await createDataCipher([newer, local], access).seal(text, "ord-1");
  expect(await createDataCipher([newer], access).open(both, "ord-1")).toBe(text);
  await expect(createDataCipher([newer], access).open(sealed, "ord-1")).rejects.toThrow(SealedValueError);
});

it("KMS makes one key a value and opens it; a local key asks nobody", async () => {
  asked.length = 0;
  const cipher = createDataCipher([kms], access);
  await cipher.open(await cipher.seal(text, "ord-1"), "ord-1");
  await createDataCipher([local], access).seal(text, "ord-1");
  expect(asked).toEqual(["TrentService.GenerateDataKey", "TrentService.Decrypt"]);
});

it("KMS in trouble is trouble that may pass, and nothing is stored in clear instead", async () => {
  isThrottled = true;
  const sealing = createDataCipher([kms], access).seal(text, "ord-1");
  await expect(sealing).rejects.toThrow(StorageUnavailableError);
  isThrottled = false;
});

it("no key at all is a deployment that is wrong", () => {
  expect(() => createDataCipher([], access)).toThrow("no data key");
});

it.each(["local:c2hvcnQ=", "local:", `kms:${arn.replace("key/", "alias/")}`, "kms:", arn, "plain:x"])(
  "%j is no data key",
  (wrong) => expect(asDataKey(wrong)).toBeNull(),
);
