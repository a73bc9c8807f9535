/** When what waits is tried again by itself: soon at first, daily in the end. */

const hour = 3_600_000;

/**
 * Asked once an hour with the age of what waits, milliseconds: true after 1, 2, 4, 8 and 16 hours, then every day. No count of
 * tries has to be kept; a reason that changes starts anew.
 */
export function isRetryDue(ageMs: number): boolean {
  const hours = Math.floor(ageMs / hour);
  if (hours < 1) return false;
  return hours < 24 ? Number.isInteger(Math.log2(hours)) : hours % 24 === 0;
}
