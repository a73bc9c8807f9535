/** Automatic retries: seldom enough to cost nothing, often enough to be noticed. */
import { isRetryDue } from '#core/reconcile/is-retry-due';

const hour = 3_600_000;

test('after 1, 2, 4, 8, 16 hours, then daily', () => {
  const due = Array.from({ length: 73 }, (_, hours) => hours).filter((hours) =>
    isRetryDue(hours * hour + 60_000),
  );
  expect(due).toEqual([1, 2, 4, 8, 16, 24, 48, 72]);
});
