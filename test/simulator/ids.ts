// Ids from a seed and a running number: the n-th id of a kind is the same in every run with that seed, and
// no two of a kind are equal. Forms as seen: `imp_` + 12 digits, 40-hex tokens, 12-digit PG numbers.
import { createHash } from "node:crypto";

export type IdKind = keyof typeof forms;

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Coprime with every power of ten, so that stepping by it visits each number once before repeating. */
const step = 618_033_988_751n;

function digits(seed: number, kind: string, n: number, length: number): string {
  const size = 10n ** BigInt(length);
  const start = BigInt(`0x${hash(`${seed}\n${kind}`).slice(0, 16)}`);
  return ((start + BigInt(n) * step) % size).toString().padStart(length, "0");
}

const forms = {
  impUid: (seed: number, n: number) => `imp_${digits(seed, "imp", n, 12)}`,
  impsUid: (seed: number, n: number) => `imps_${digits(seed, "imps", n, 12)}`,
  window: (_seed: number, n: number) => `w_${n}`,
  pgTid: (seed: number, n: number) => digits(seed, "tid", n, 12),
  applyNum: (seed: number, n: number) => digits(seed, "apply", n, 8),
  vbankNum: (seed: number, n: number) => digits(seed, "vbank", n, 14),
  receiptTid: (seed: number, n: number) => digits(seed, "receipt", n, 12),
  receiptNum: (seed: number, n: number) => digits(seed, "receipt number", n, 9),
  cancellationId: (seed: number, n: number) => `c-${hash(`${seed}\ncancel\n${n}`).slice(0, 12)}`,
  accessToken: (seed: number, n: number) => hash(`${seed}\ntoken\n${n}`).slice(0, 40),
  job: (_seed: number, n: number) => `j_${n}`,
  fault: (_seed: number, n: number) => `f_${n}`,
} as const;

/** The n-th id (from 1) of a kind. */
export function nthId(seed: number, kind: IdKind, n: number): string {
  return forms[kind](seed, n);
}

export interface Credentials {
  readonly impKey: string;
  readonly impSecret: string;
}

/** The REST API key pair a fresh simulator has. */
export function credentialsOf(seed: number): Credentials {
  return {
    impKey: digits(seed, "key", 1, 16),
    impSecret: hash(`${seed}\nsecret a`) + hash(`${seed}\nsecret b`).slice(0, 16),
  };
}
