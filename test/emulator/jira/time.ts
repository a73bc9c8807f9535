/** Jira's ways of writing moments, dates and durations. */

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Epoch milliseconds as `2024-01-01T00:00:00.000+0000` in the reader's time zone, as recorded from real sites. */
export function formatMoment(at: number, timeZone: string): string {
  const offset = offsetMinutes(at, timeZone);
  const local = new Date(at + offset * 60_000).toISOString().slice(0, 23);
  const size = Math.abs(offset);
  const hours = String(Math.floor(size / 60)).padStart(2, '0');
  const minutes = String(size % 60).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${hours}${minutes}`;
}

/** Epoch milliseconds as a date of the time zone, `2024-01-01`. */
export function formatDay(at: number, timeZone: string): string {
  return formatMoment(at, timeZone).slice(0, 10);
}

function offsetMinutes(at: number, timeZone: string): number {
  if (timeZone === 'UTC' || timeZone === 'Etc/UTC') return 0;
  let formatter = formatters.get(timeZone);
  if (formatter === undefined) {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formatters.set(timeZone, formatter);
  }
  const parts = Object.fromEntries(
    formatter.formatToParts(at).map((part) => [part.type, Number(part.value)]),
  );
  const wall = Date.UTC(
    parts['year'] ?? 1970,
    (parts['month'] ?? 1) - 1,
    parts['day'] ?? 1,
    parts['hour'] ?? 0,
    parts['minute'] ?? 0,
    parts['second'] ?? 0,
  );
  return Math.round((wall - Math.floor(at / 1000) * 1000) / 60_000);
}

/** Epoch milliseconds of a moment in Jira's or in RFC 3339's form; undefined when it is neither. */
export function parseMoment(text: string): number | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:?\d\d)$/.exec(text);
  if (match === null) return undefined;
  const zone = match[2] === 'Z' ? 'Z' : String(match[2]).replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2');
  const at = Date.parse(`${match[1]}${zone}`);
  return Number.isNaN(at) ? undefined : at;
}

/** Whether the text is a real date in the form `2024-02-29`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** `2024-01-31` as `31/Jan/24`, Jira's default form in changelogs. */
export function formatDayInWords(day: string): string {
  const [year, month, date] = day.split('-');
  const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
  return `${date}/${names[Number(month) - 1]}/${String(year).slice(2)}`;
}

// A working day has 8 hours and a week 5 days, Jira's defaults which GET /configuration reports.
const UNIT_SECONDS: Record<string, number> = { w: 144_000, d: 28_800, h: 3_600, m: 60 };

/** Seconds of `1w 2d 3h 4m`, or of bare minutes; undefined when the text is no duration. */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Math.round(Number(trimmed) * 60);
  if (!/^(\d+(\.\d+)?[wdhm])(\s*\d+(\.\d+)?[wdhm])*$/.test(trimmed)) return undefined;
  let seconds = 0;
  for (const match of trimmed.matchAll(/(\d+(?:\.\d+)?)([wdhm])/g)) {
    seconds += Number(match[1]) * (UNIT_SECONDS[String(match[2])] ?? 0);
  }
  return Math.round(seconds);
}

/** Seconds in Jira's pretty form, `1d 1h 30m`; `0m` for none. */
export function formatDuration(seconds: number): string {
  let rest = Math.round(seconds / 60) * 60;
  const parts: string[] = [];
  for (const [unit, size] of Object.entries(UNIT_SECONDS)) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(`${count}${unit}`);
    rest -= count * size;
  }
  return parts.length === 0 ? '0m' : parts.join(' ');
}
