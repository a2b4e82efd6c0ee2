// SHA-256 as the SDK's signer wants it made. Node takes longer to look at a key that is bytes than to hash with it, and the
// signer comes with the same bytes for every call: they are made a key once.
import { createHash, createHmac, createSecretKey, type Hash, type Hmac, type KeyObject } from "node:crypto";

type Secret = string | ArrayBuffer | ArrayBufferView;

const keys = new WeakMap<object, KeyObject>();

/** The signer keeps what it derives, so that the same bytes are the same object. */
function keyOf(secret: Secret): string | KeyObject {
  if (typeof secret === "string") return secret;
  const kept = keys.get(secret);
  if (kept) return kept;
  const key = createSecretKey(bytesOf(secret));
  keys.set(secret, key);
  return key;
}

const bytesOf = (secret: ArrayBuffer | ArrayBufferView): Uint8Array =>
  ArrayBuffer.isView(secret)
    ? new Uint8Array(secret.buffer, secret.byteOffset, secret.byteLength)
    : new Uint8Array(secret);

export class SignerHash {
  readonly #secret: Secret | undefined;
  #hash: Hash | Hmac;

  constructor(secret?: Secret) {
    this.#secret = secret;
    this.#hash = begin(secret);
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    this.#hash = begin(this.#secret);
  }
}

const begin = (secret: Secret | undefined): Hash | Hmac =>
  secret === undefined ? createHash("sha256") : createHmac("sha256", keyOf(secret));
