// What one instance of a function remembers of the minute, so that an honest payment costs no write: how often PortOne
// was asked about an order, whether those let in on trust deserved it, and which payments PortOne did not know.

const minuteMs = 60_000;
/** Anybody with an account at PortOne can have it tell us of an order. */
const mostOnPortOnesWord = 30;
const mostOnTrust = 2;
const mostOnTrustInAll = 20;
const mostUnknown = 1_000;

export type Allowance = ReturnType<typeof createAllowance>;

export function createAllowance() {
  let minute = -1;
  let isTrusting = true;
  let onTrust = 0;
  const asked = new Map<string, number>();
  const unknownSinceMs = new Map<string, number>();

  function askedAbout(merchantUid: string, nowMs: number): number {
    const thisMinute = Math.floor(nowMs / minuteMs);
    if (thisMinute !== minute) {
      minute = thisMinute;
      isTrusting = true;
      onTrust = 0;
      asked.clear();
    }
    return asked.get(merchantUid) ?? 0;
  }

  return {
    /** On the word of PortOne's own addresses. */
    takeFromPortOne(merchantUid: string, nowMs: number): boolean {
      const times = askedAbout(merchantUid, nowMs);
      if (times >= mostOnPortOnesWord) return false;
      asked.set(merchantUid, times + 1);
      return true;
    },

    takeOnTrust(merchantUid: string, nowMs: number): boolean {
      const times = askedAbout(merchantUid, nowMs);
      if (!isTrusting || times >= mostOnTrust || onTrust >= mostOnTrustInAll) return false;
      onTrust += 1;
      asked.set(merchantUid, times + 1);
      return true;
    },

    /** It told what was known: whoever says so again this minute pays for it. */
    learnedNothing(merchantUid: string): void {
      asked.set(merchantUid, Math.max(asked.get(merchantUid) ?? 0, mostOnTrust));
    },

    /** There was no payment behind it. Many instances trust at once, so that each does only once a minute. */
    wasLiedTo(): void {
      isTrusting = false;
    },

    rememberUnknown(impUid: string, nowMs: number): void {
      unknownSinceMs.delete(impUid);
      unknownSinceMs.set(impUid, nowMs);
      const [oldest] = unknownSinceMs.keys();
      if (oldest !== undefined && unknownSinceMs.size > mostUnknown) unknownSinceMs.delete(oldest);
    },

    isUnknown(impUid: string, nowMs: number): boolean {
      const sinceMs = unknownSinceMs.get(impUid);
      return sinceMs !== undefined && nowMs - sinceMs < minuteMs;
    },
  };
}
