// What the simulator tells of PortOne's side, on this laptop only. It never sees the key.

/** What PortOne sent to the shop, and what was answered. */
export interface Signal {
  readonly kind: "confirm" | "notice";
  readonly imp_uid: string;
  readonly merchant_uid: string;
  readonly attempt: number;
  /** Null while nothing has been answered, or nothing came. */
  readonly status: number | null;
  readonly error: string | null;
  readonly ms: number | null;
  readonly at: string;
}

/** What the functions asked of PortOne. */
export interface Call {
  readonly n: number;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly status: number | null;
  readonly code: number | null;
  readonly ms: number | null;
  readonly fault: string | null;
}

export interface Simulator {
  /** Its clock, which may have been moved, and the functions' with it. */
  nowMs(): Promise<number>;
  signalsOf(merchantUid: string): Promise<readonly Signal[]>;
  /** Those that name one of the payments in their path. */
  callsOf(impUids: readonly string[]): Promise<readonly Call[]>;
}

/** The simulator did not answer as it does. */
export class SimulatorError extends Error {
  override readonly name = "SimulatorError";
}

export function createSimulator(url: string): Simulator {
  const told = async <Answer>(path: string): Promise<Answer> => {
    const response = await fetch(`${url}/_control${path}`, { redirect: "error" }).catch((cause: unknown) => {
      throw new SimulatorError(`the simulator does not answer to ${path}`, { cause });
    });
    if (!response.ok) throw new SimulatorError(`the simulator answers ${response.status} to ${path}`);
    return (await response.json()) as Answer;
  };
  return {
    nowMs: async () => Date.parse((await told<{ readonly now: string }>("/clock")).now),
    signalsOf: async (merchantUid) => {
      const { deliveries } = await told<{ readonly deliveries: readonly Signal[] }>("/deliveries");
      return deliveries.filter(({ merchant_uid }) => merchant_uid === merchantUid);
    },
    callsOf: async (impUids) => {
      const { calls } = await told<{ readonly calls: readonly Call[] }>("/calls");
      return calls.filter(({ path }) =>
        path.split(/[/?=&,]/).some((part) => impUids.includes(decodeURIComponent(part))),
      );
    },
  };
}
