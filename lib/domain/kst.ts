// Korean time (UTC+9, no daylight saving since 1988) as pure arithmetic on epoch milliseconds.
// KSNET's days and due times are read as KST (assumption: PortOne documents no zone).

const offsetMs = 9 * 3_600_000;

/** The KST calendar day of an instant, `YYYY-MM-DD`. */
export const kstDay = (atMs: number): string => new Date(atMs + offsetMs).toISOString().slice(0, 10);

export const isKstDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && kstInstant(text, "00:00:00") !== null;

/** The first instant of a KST calendar day. Throws for what is no day. */
export function kstDayStartMs(day: string): number {
  const atMs = kstInstant(day, "00:00:00");
  if (atMs === null) throw new Error(`not a day: ${day}`);
  return atMs;
}

const dueForms = [
  /^(\d{4})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2}):(\d{2}))?$/,
  /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2}))?$/,
];

/**
 * Reads the four forms of `vbank_due` the window takes (`YYYY-MM-DD`, `YYYYMMDD`, each with an optional
 * time) as epoch milliseconds; a bare day lasts until its last second. Null for any other text.
 */
export function parseVbankDue(text: string): number | null {
  for (const form of dueForms) {
    const match = form.exec(text);
    if (!match) continue;
    const [, year, month, day, hour = "23", minute = "59", second = "59"] = match;
    return kstInstant(`${year}-${month}-${day}`, `${hour}:${minute}:${second}`);
  }
  return null;
}

function kstInstant(day: string, time: string): number | null {
  const atMs = Date.parse(`${day}T${time}+09:00`);
  // Date.parse rolls 31 February over into March; such a day does not exist and is refused.
  return Number.isNaN(atMs) || kstDay(atMs) !== day ? null : atMs;
}

/** The KST calendar month as `YYYY-MM`. */
export const kstMonth = (atMs: number): string => kstDay(atMs).slice(0, 7);

const dayMs = 86_400_000;

/** How much of its KST day has passed at an instant. */
export const kstTimeOfDayMs = (atMs: number): number => (atMs + offsetMs) % dayMs;

/** The first instant after the KST day that lies so many calendar months later; the last of a month stays within it. */
export function afterKstMonthsMs(atMs: number, months: number): number {
  const [year = 0, month = 0, day = 0] = kstDay(atMs).split("-").map(Number);
  const daysInMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return Date.UTC(year, month - 1 + months, Math.min(day, daysInMonth)) + dayMs - offsetMs;
}
