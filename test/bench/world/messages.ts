// What a measured process is asked, and what it tells.
export type Event = Readonly<Record<string, unknown>>;

export type Asked =
  | { readonly load: string }
  | { readonly invoke: readonly Event[]; readonly timeoutMs: number }
  | { readonly usage: true };

export interface Loaded {
  readonly tookMs: number;
  readonly cpuMs: number;
  /** Which of undici's modules Node has loaded. */
  readonly undici: readonly string[];
  /** Where a server listens; null of a function. */
  readonly url: string | null;
}

export interface Invoked {
  readonly eachMs: readonly number[];
  readonly statuses: readonly number[];
  readonly cpuMs: number;
  readonly rssMb: number;
  readonly undici: readonly string[];
}

export interface Usage {
  readonly cpuMs: number;
  readonly rssMb: number;
}

export type Told = Loaded | Invoked | Usage | { readonly failure: string };
