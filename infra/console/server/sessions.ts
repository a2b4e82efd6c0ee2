// Browsers that were let in, each known by a cookie of which the hash alone is kept.
import { createHash } from "node:crypto";
import type { CodePorts } from "./one-time-codes.ts";

const lifeMs = 12 * 3_600_000;
const tokenBytes = 32;

const digest = (token: string): string => createHash("sha256").update(token).digest("hex");

export class Sessions {
  readonly #ports: CodePorts;
  readonly #endsMs = new Map<string, number>();

  constructor(ports: CodePorts) {
    this.#ports = ports;
  }

  begin(): string {
    const token = this.#ports.randomBytes(tokenBytes).toString("base64url");
    this.#endsMs.set(digest(token), this.#ports.nowMs() + lifeMs);
    return token;
  }

  has(token: string | undefined): boolean {
    return token !== undefined && (this.#endsMs.get(digest(token)) ?? 0) > this.#ports.nowMs();
  }
}
