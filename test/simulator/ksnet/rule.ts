// What every rule of KSNET's needs: the circumstances it is judged in, and a way to say no. Korean texts are
// ours, because none are published.
import type { Settings } from "../settings.ts";

export interface Circumstances {
  readonly nowMs: number;
  readonly settings: Settings;
}

/** The refusal when the rule is broken, null when it is kept. */
export const when = (isBroken: boolean, message: string): string | null => (isBroken ? message : null);
