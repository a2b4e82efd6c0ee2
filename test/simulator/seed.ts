// A seed as people type it. Any whole number is one; what is longer than a number holds keeps its last 53 bits.

/** Null for what is no whole number. */
export const parseSeed = (text: string): number | null =>
  /^\d+$/.test(text) ? Number(BigInt.asUintN(53, BigInt(text))) : null;
