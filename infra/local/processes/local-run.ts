// What is known of a run once everything answers: the line a person or a script reads to find it.

export interface Ready {
  readonly gateway: string;
  readonly simulator: string;
  readonly dynamodb: string;
  /** Where a person can buy, and where one can look at orders, once and for some minutes; absent when not started. */
  readonly shop?: string;
  readonly console?: string;
  readonly table: string;
  /** Has every scope, unless PAY_MERCHANT_KEYS in the environment left it out. */
  readonly merchantKey: string;
  /** Of Node, which also runs the functions. */
  readonly node: string;
  /** `dynamodb` is null when one of somebody else's is used. */
  readonly pids: { readonly host: number; readonly simulator: number; readonly dynamodb: number | null };
}

export interface LocalRun {
  readonly ready: Ready;
  /** Opens PortOne's API at the simulator. */
  readonly impKey: string;
  readonly impSecret: string;
  /** Null is stderr. */
  readonly logsFile: string | null;
}

/** The processes' numbers last: whoever reads the line waits for its end. */
export function readyLine({ ready: { pids, ...others } }: LocalRun): string {
  return `READY ${JSON.stringify({ ...others, pids })}`;
}
