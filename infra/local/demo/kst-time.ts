// Korean time for people: shown and put into names, never decided upon.

const kstOffsetMs = 9 * 3_600_000;

/** `2026-08-05T12:00:00.123`, without an offset. */
export const kstTime = (nowMs: number): string => new Date(nowMs + kstOffsetMs).toISOString().slice(0, -1);
