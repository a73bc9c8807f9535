/** The rate of changes: what counts, when an hour ends, what is usual, and where the limit is. */
import { type ChangeRate, isCounted, isOverRate, mostOrdinary, noteRate } from '#core/brake/change-rate';

const hour = 3_600_000;
const now = 1_000 * hour;
const facts = { now, startedAt: now - 100 * hour, forgivenAt: undefined };

const rows: [string, { op: string; at?: unknown }, object, boolean][] = [
  ['an edit made just now', { op: 'issue.update', at: now - 5 }, {}, true],
  ['a comment', { op: 'comment.put', at: now - 5 }, {}, true],
  ['a new issue', { op: 'issue.create', at: now - 5 }, {}, true],
  ['an edit of yesterday that waited', { op: 'issue.update', at: now - 24 * hour }, {}, false],
  [
    'an issue from before the first start',
    { op: 'issue.create', at: now - 5 },
    { startedAt: now - 1 },
    false,
  ],
  ['an edit that an admin let through', { op: 'issue.update', at: now - 5 }, { forgivenAt: now - 1 }, false],
  ['an answer', { op: 'issue.twin' }, {}, false],
  ['an exchange of states', { op: 'issue.state', at: now }, {}, false],
];

test.each(rows)('%s', (_name, operation, more, expected) => {
  expect(isCounted(operation, { ...facts, ...more })).toBe(expected);
});

function after(count: number, rate?: ChangeRate, at = now): ChangeRate {
  let current = rate;
  for (let step = 0; step < count; step += 1) current = noteRate(current, 'out', { ...facts, now: at });
  return current as ChangeRate;
}

test('five hundred an hour need no question, and one more does', () => {
  expect(isOverRate(undefined, 'out', facts)).toBe(false);
  expect(isOverRate(after(499), 'out', facts)).toBe(false);
  expect(isOverRate(after(500), 'out', facts)).toBe(true);
  expect(isOverRate(after(500), 'in', facts)).toBe(false);
});

test('the next hour counts anew, and so does an answer', () => {
  const rate = after(500);
  expect(isOverRate(rate, 'out', { ...facts, now: now + hour })).toBe(false);
  expect(isOverRate(rate, 'out', { ...facts, now: now + 5, forgivenAt: now + 5 })).toBe(false);
});

test('a busy site has a higher limit; quiet hours do not lower it', () => {
  let rate = after(100);
  for (const wait of [1, 2, 60]) rate = after(100, rate, rate.from + wait * hour);
  expect(rate.out).toEqual({ now: 100, usual: 100 });
  expect(mostOrdinary(100)).toBe(2_000);
  expect(after(50, rate, rate.from + hour).out?.usual).toBe(100);
  expect(after(1, after(50, rate, rate.from + hour), rate.from + 2 * hour).out?.usual).toBe(95);
});
