/** The day of a moment, reckoned without a clock: documents keep dates as milliseconds. */

/** `YYYY-MM-DD` of milliseconds since the epoch; what is no moment stays as it is. */
export function dayOf(timestamp: unknown): string {
  const days = Math.floor(Number(timestamp) / 86_400_000);
  // Civil calendar from days (H. Hinnant): core has no clock and no dates of its own.
  if (!Number.isFinite(days) || Math.abs(days) > 3_000_000) return String(timestamp ?? '');
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
