/** Numbers and durations in plain words. */

/** "1 change", "3 changes". */
export function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago, roughly: "just now", "5 minutes ago". `ms`: milliseconds. */
export function ago(ms: number): string {
  if (ms < minute) return 'just now';
  if (ms < hour) return `${counted(Math.floor(ms / minute), 'minute', 'minutes')} ago`;
  if (ms < 2 * day) return `${counted(Math.floor(ms / hour), 'hour', 'hours')} ago`;
  return `${Math.floor(ms / day)} days ago`;
}
