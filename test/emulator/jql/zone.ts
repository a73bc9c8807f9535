/** Wall clock times of a time zone, to and from milliseconds since the epoch. */

export interface WallTime {
  year: number;
  /** 1 to 12; like the other parts it may overflow when passed to `momentOf`. */
  month: number;
  day: number;
  hour: number;
  minute: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known !== undefined) return known;
  const formatter = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formatters.set(timeZone, formatter);
  return formatter;
}

/** What the clock on the wall shows, to the minute. */
export function wallTimeOf(at: number, timeZone: string): WallTime {
  const parts = new Map(
    formatterOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
  };
}

/** The moment at which the wall shows this time; parts may overflow (day 0 = last day of the month before). */
export function momentOf(wall: WallTime, timeZone: string): number {
  const asUtc = Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute);
  let at = asUtc;
  // Twice, because the offset found first may belong to the other side of a change of clocks.
  for (let pass = 0; pass < 2; pass += 1) {
    const seen = wallTimeOf(at, timeZone);
    at += asUtc - Date.UTC(seen.year, seen.month - 1, seen.day, seen.hour, seen.minute);
  }
  return at;
}

/** `2026-01-31` in the time zone. */
export function dayOf(at: number, timeZone: string): string {
  const { year, month, day } = wallTimeOf(at, timeZone);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
