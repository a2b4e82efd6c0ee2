// What clients asked of PortOne's API: counts per operation, connections used, and the latest calls.
// In memory only; control calls and pages are not counted.

export interface LoggedCall {
  readonly n: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  /** The order it is about, as far as the call says so. */
  readonly merchant_uid: string | null;
  /** HTTP status and envelope code; null when the caller got no answer. */
  status: number | null;
  code: number | null;
  ms: number | null;
  fault: string | null;
}

interface StartedCall {
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  readonly merchantUid: string | null;
  readonly socket: object;
}

const mostCalls = 20_000;

export class CallLog {
  readonly #nowMs: () => number;
  #n = 0;
  #calls: LoggedCall[] = [];
  #counts = new Map<string, number>();
  #connections = 0;
  #sockets = new WeakSet<object>();

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /** Starts an entry, to be completed when the answer is known. */
  start({ method, path, operation, merchantUid, socket }: StartedCall): LoggedCall {
    this.#n += 1;
    const at = new Date(this.#nowMs()).toISOString();
    const call: LoggedCall = {
      n: this.#n,
      at,
      method,
      path,
      merchant_uid: merchantUid,
      status: null,
      code: null,
      ms: null,
      fault: null,
    };
    this.#calls.push(call);
    // A soak makes more calls than anybody reads; the counts go on.
    if (this.#calls.length > mostCalls) this.#calls = this.#calls.slice(mostCalls / 2);
    this.#counts.set(operation, (this.#counts.get(operation) ?? 0) + 1);
    if (!this.#sockets.has(socket)) {
      this.#sockets.add(socket);
      this.#connections += 1;
    }
    return call;
  }

  /** The calls of one order, or all; the counts are of all. */
  view(merchantUid?: string): {
    counts: Record<string, number>;
    connections: number;
    calls: readonly LoggedCall[];
  } {
    const calls =
      merchantUid === undefined
        ? this.#calls
        : this.#calls.filter(({ merchant_uid }) => merchant_uid === merchantUid);
    return { counts: Object.fromEntries(this.#counts), connections: this.#connections, calls };
  }

  clear(): void {
    this.#n = 0;
    this.#calls = [];
    this.#counts = new Map();
    this.#connections = 0;
    this.#sockets = new WeakSet();
  }
}
