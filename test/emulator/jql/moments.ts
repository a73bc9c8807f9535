/** Moments as JQL writes them: dates, periods relative to now, and the functions which give moments. */
import { momentOf, type WallTime, wallTimeOf } from './zone';

export interface DateContext {
  now: number;
  timeZone: string;
}

const PERIOD_MS: Record<string, number> = { w: 604_800_000, d: 86_400_000, h: 3_600_000, m: 60_000 };

/** Milliseconds since the epoch of `2026-01-31`, `2026/01/31 10:00`, `-5d`, `4w 2d`; undefined when it is none of these. */
export function readMoment(written: string, { now, timeZone }: DateContext): number | undefined {
  const text = written.trim();
  const date = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:\s+(\d{1,2}):(\d{2}))?$/.exec(text);
  if (date !== null) {
    const [year, month, day, hour = 0, minute = 0] = date.slice(1).map((part) => Number(part ?? 0));
    return momentOfDate({ year, month, day, hour, minute } as WallTime, timeZone);
  }
  const period = /^([+-]?)((?:\d+[wdhm]\s*)+)$/.exec(text);
  if (period === null) return undefined;
  let ms = 0;
  for (const [, count, unit] of (period[2] as string).matchAll(/(\d+)([wdhm])/g))
    ms += Number(count) * (PERIOD_MS[unit as string] as number);
  return now + (period[1] === '-' ? -ms : ms);
}

/** Refuses dates that the calendar does not have, such as 31 February. */
function momentOfDate(wall: WallTime, timeZone: string): number | undefined {
  const check = new Date(Date.UTC(wall.year, wall.month - 1, wall.day));
  if (check.getUTCMonth() !== wall.month - 1 || check.getUTCDate() !== wall.day) return undefined;
  if (wall.hour > 23 || wall.minute > 59) return undefined;
  return momentOf(wall, timeZone);
}

const FUNCTION = /^(now|(startOf|endOf)(Day|Week|Month|Year))$/i;

/** True for now(), startOfDay() and their like. */
export function isMomentFunction(name: string): boolean {
  return FUNCTION.test(name);
}

/** The moment a function gives; undefined when its argument is wrong. `name` satisfies `isMomentFunction`. */
export function momentOfFunction(
  name: string,
  args: readonly string[],
  { now, timeZone }: DateContext,
): number | undefined {
  const lower = name.toLowerCase();
  if (lower === 'now') return args.length === 0 ? now : undefined;
  if (args.length > 1) return undefined;
  const end = lower.startsWith('endof');
  const unit = lower.replace(/^(startof|endof)/, '');
  const offset = args[0] === undefined ? {} : readIncrement(args[0], unit);
  if (offset === undefined) return undefined;
  // Rounded first, moved afterwards: startOfMonth("+14d") is the 15th.
  const start = shifted(startOf(unit, wallTimeOf(now, timeZone)), offset);
  if (!end) return momentOf(start, timeZone);
  return momentOf(shifted(start, oneOf(unit)), timeZone) - 1;
}

type Increment = Partial<WallTime>;

/** `-1`, `"+1M"`, `-2w`: a bare number counts in the function's own unit. */
function readIncrement(written: string, unit: string): Increment | undefined {
  const match = /^([+-]?\d+)([yMwdhm]?)$/.exec(written.trim());
  if (match === null) return undefined;
  const count = Number(match[1]);
  switch (match[2] || unit) {
    case 'y':
    case 'year':
      return { year: count };
    case 'M':
    case 'month':
      return { month: count };
    case 'w':
    case 'week':
      return { day: 7 * count };
    case 'd':
    case 'day':
      return { day: count };
    case 'h':
      return { hour: count };
    default:
      return { minute: count };
  }
}

function oneOf(unit: string): Increment {
  return unit === 'week' ? { day: 7 } : { [unit]: 1 };
}

/** The parts are put in range again, as a calendar does. */
function shifted(wall: WallTime, by: Increment): WallTime {
  const at = new Date(
    Date.UTC(
      wall.year + (by.year ?? 0),
      wall.month - 1 + (by.month ?? 0),
      wall.day + (by.day ?? 0),
      wall.hour + (by.hour ?? 0),
      wall.minute + (by.minute ?? 0),
    ),
  );
  return {
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    day: at.getUTCDate(),
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
  };
}

function startOf(unit: string, wall: WallTime): WallTime {
  const midnight = { ...wall, hour: 0, minute: 0 };
  switch (unit) {
    case 'year':
      return { ...midnight, month: 1, day: 1 };
    case 'month':
      return { ...midnight, day: 1 };
    case 'week':
      // Weeks begin on Sunday in Jira's default locale.
      return shifted(midnight, { day: -new Date(Date.UTC(wall.year, wall.month - 1, wall.day)).getUTCDay() });
    default:
      return midnight;
  }
}
