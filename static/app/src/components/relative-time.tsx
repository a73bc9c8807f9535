/** A time as people say it, the full time on hover. */
const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];
const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

export function relativeTime(at: number, now = Date.now()): string {
  for (const [unit, length] of steps) {
    if (Math.abs(at - now) >= length) return format.format(Math.round((at - now) / length), unit);
  }
  return 'just now';
}

export function RelativeTime({ at }: { at: number }) {
  const date = new Date(at);
  return (
    <time dateTime={date.toISOString()} title={date.toLocaleString()}>
      {relativeTime(at)}
    </time>
  );
}
