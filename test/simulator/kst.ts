// Korean time for the provider's rules: calendar months, night hours, deposit deadlines. KST is UTC+9 all
// year. It reads no clock.

const offsetMs = 9 * 3_600_000;
const dayMs = 86_400_000;

export interface KstTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
}

export function toKst(atMs: number): KstTime {
  const shifted = new Date(atMs + offsetMs);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
  };
}

/** The last millisecond of the KST day that lies `months` calendar months after `atMs`; 31 May + 1 is 30 June. */
export function endOfDayMonthsLater(atMs: number, months: number): number {
  const { year, month, day } = toKst(atMs);
  const daysInTarget = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  const startMs = Date.UTC(year, month - 1 + months, Math.min(day, daysInTarget));
  return startMs + dayMs - 1 - offsetMs;
}

const dueForms = /^(\d{4})-?(\d{2})-?(\d{2})(?: ?(\d{2}):?(\d{2}):?(\d{2}))?$/;

/**
 * A deposit deadline as `IMP.request_pay` takes it (`YYYY-MM-DD`, `YYYYMMDD`, `YYYY-MM-DD HH:mm:ss`,
 * `YYYYMMDDHHmmss`), read as KST; a day alone lasts until 23:59:59. Null when it is none of these.
 */
export function parseVbankDue(text: string): number | null {
  const [, year, month, day, hour = "23", minute = "59", second = "59"] = dueForms.exec(text) ?? [];
  if (year === undefined || month === undefined || day === undefined) return null;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const atMs = Date.parse(iso);
  // Date.parse refuses month 13 but rolls 31 February over; the round trip does not.
  if (Number.isNaN(atMs) || new Date(atMs).toISOString() !== iso) return null;
  return atMs - offsetMs;
}
