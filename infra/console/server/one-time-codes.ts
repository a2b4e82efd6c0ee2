// Codes that let a browser in: printed in the terminal, good once and for some minutes.
import { createHash, timingSafeEqual } from "node:crypto";

const lifeMs = 10 * 60_000;
const codeBytes = 24;

export interface CodePorts {
  readonly nowMs: () => number;
  readonly randomBytes: (count: number) => Buffer;
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();

export class OneTimeCodes {
  readonly #ports: CodePorts;
  #hash: Buffer = Buffer.alloc(0);
  #endMs = 0;

  constructor(ports: CodePorts) {
    this.#ports = ports;
  }

  /** Only the newest one opens. */
  make(): string {
    const code = this.#ports.randomBytes(codeBytes).toString("base64url");
    this.#hash = digest(code);
    this.#endMs = this.#ports.nowMs() + lifeMs;
    return code;
  }

  /** `late`: it was the right one, once. Whatever the answer to the right one, it opens nothing any more. */
  use(code: string): "open" | "late" | "unknown" {
    const given = digest(code);
    if (given.length !== this.#hash.length || !timingSafeEqual(given, this.#hash)) return "unknown";
    this.#hash = Buffer.alloc(0);
    return this.#ports.nowMs() < this.#endMs ? "open" : "late";
  }
}
